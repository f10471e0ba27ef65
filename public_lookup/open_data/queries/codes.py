"""The code lists of the data files: every code that a row can hold, with its words in each language of the site."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from django.conf import settings
from django.db.models import TextChoices
from django.utils import translation

from registry import schemes
from registry.register.states import Outcome, Standing
from registry.schemes import Scheme, Text, said

CodeLists = dict[str, list[dict[str, str]]]


def code_lists(on: date) -> CodeLists:
    """The lists by name. A code of an earlier version of a scheme stays, because rows of past days hold it."""
    packs = [schemes.get(name, day) for name in schemes.names() for day in schemes.versions(name) if day <= on]
    return {
        "standing": _choices(Standing),
        "outcome": _choices(Outcome),
        "scheme": list({pack.name: {"code": pack.name, **_words(pack.title)} for pack in packs}.values()),
        "sectors": _of_packs(packs, lambda pack: ((one.code, one.title) for one in pack.sectors)),
        "nations": _of_packs(packs, lambda pack: ((one.code, one.title) for one in pack.nations)),
    }


def _languages() -> Iterator[tuple[str, str]]:
    return ((code.split("-")[0], code) for code in settings.SITE_LANGUAGES)


def _words(text: Text) -> dict[str, str]:
    return {short: said(text, code) for short, code in _languages()}


def _choices(states: type[TextChoices]) -> list[dict[str, str]]:
    return [{"code": one.value, **_labels(one)} for one in states]


def _labels(one: TextChoices) -> dict[str, str]:
    words = {}
    for short, code in _languages():
        with translation.override(code):
            words[short] = str(one.label)
    return words


def _of_packs(packs: Iterable[Scheme], codes: Callable[[Scheme], Iterable[tuple[str, Text]]]) -> list[dict[str, str]]:
    """The words of the newest version that has the code."""
    found = {
        (pack.name, code): {"scheme": pack.name, "code": code, **_words(title)}
        for pack in packs
        for code, title in codes(pack)
    }
    return list(found.values())
