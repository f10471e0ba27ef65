"""What a letter says of the file that the file says otherwise by now: what can be corrected besides words that somebody typed.

What the page of one application, decision or licence shows."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from licensing.applications.models import Application
from licensing.applications.queries.applications import scheme_of
from licensing.letters.models import LetterCorrection
from licensing.letters.rules import GivenLetter, day_passed
from registry import signing
from registry.letters import queries as letter_queries
from registry.letters.models import Letter
from registry.licences.models import Licence
from registry.schemes import said


@dataclass(frozen=True, slots=True)
class LetterDifference:
    """One fact of a letter: what it is called, what the letter says, what the file says now. `key` is its place in the facts."""

    key: str
    title: str | Promise
    was: Any
    now: Any

    @property
    def in_words(self) -> tuple[str, str]:
        return _words(self.was), _words(self.now)


#: Of an appeal: the tribunal has decided, or it was taken back.
APPEAL_ENDED = ("ended", "closed")


TITLES: dict[str, str | Promise] = {
    "receiver.name": _("Recipient"),
    "receiver.address": _("Address"),
    "licence.number": _("Licence number"),
    "licence.valid_from": _("Valid from"),
    "licence.valid_until": _("Valid until the end of"),
    "licence.sectors": _("Sectors"),
    "sectors": _("Sectors"),
    "signed_name": _("Signed by"),
}


def differing(letter: Letter) -> tuple[LetterDifference, ...]:
    """The facts of a letter to an organisation that are otherwise in the file now. Never a day by which somebody must act."""
    if letter.organisation is None or not letter.sheet:
        return ()
    now = signing.plain(_now(letter))
    return tuple(
        LetterDifference(key, title, was, now[key])
        for key, title in TITLES.items()
        if key in now and (was := _at(letter.facts, key)) is not None and was != now[key]
    )


def given_of(letter: Letter, *, today: date, but: LetterCorrection | None = None) -> GivenLetter:
    """What surrounds a letter today, apart from a correction of it that is being countersigned."""
    waiting = letter.corrections.open()
    others = waiting.exclude(pk=but.pk) if but else waiting
    return GivenLetter(
        is_proposed=others.exists(),
        is_appealed=_is_appealed(letter),
        past=day_passed(letter.facts, today=today),
    )


def _is_appealed(letter: Letter) -> bool:
    """Whether an appeal against the decision that the letter tells has ended."""
    told = {"reference": letter.facts.get("decision"), "appeals__status__in": APPEAL_ENDED}
    about: tuple[Any, ...] = (
        Application.objects.filter(reference=letter.reference).first(),
        Licence.objects.filter(number=letter.reference).first(),
    )
    return any(one.decisions.filter(**told).exists() for one in about if one is not None and told["reference"])


def with_facts(facts: Mapping[str, Any], chosen: Iterable[LetterDifference]) -> dict[str, Any]:
    """The facts of the letter with these as the file has them now."""
    changed: dict[str, Any] = dict(facts)
    for one in chosen:
        whole, _dot, part = one.key.partition(".")
        changed[whole] = {**changed[whole], part: one.now} if part else one.now
    return changed


def _now(letter: Letter) -> dict[str, Any]:
    assert letter.organisation is not None
    receiver = letter_queries.addressee(letter.organisation, letter.organisation.legal_name)
    found: dict[str, Any] = {f"receiver.{key}": value for key, value in receiver.items()}
    application = Application.objects.filter(reference=letter.reference).select_related("organisation").first()
    licence = Licence.objects.filter(number=letter.reference).select_related("organisation").first()
    if application is not None and application.version is not None:
        found |= dict(_of_application(application, letter.language))
        licence = application.licence
    if licence is not None:
        found |= dict(_of_licence(licence, letter.language))
    return found


def _of_application(application: Application, language: str) -> Iterator[tuple[str, Any]]:
    scheme = scheme_of(application)
    yield "signed_name", application.signed_name
    yield "sectors", [said(scheme.sector(code).title, language) for code in application.facts.get("sectors", [])]


def _of_licence(licence: Licence, language: str) -> Iterator[tuple[str, Any]]:
    scheme = scheme_of(licence)
    for field in ("number", "valid_from", "valid_until"):
        yield f"licence.{field}", getattr(licence, field)
    yield "licence.sectors", [said(scheme.sector(code).title, language) for code in licence.sectors]


def _at(facts: Mapping[str, Any], key: str) -> Any:
    whole, _dot, part = key.partition(".")
    found = facts.get(whole)
    return found.get(part) if part and isinstance(found, Mapping) else None if part else found


def _words(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def letters_of(*subjects: Application | Licence) -> list[Letter]:
    """To the organisation: what went to one of its people besides says the same."""
    wanted = Letter.objects.filter(
        reference__in=[subject.reference for subject in subjects], organisation__isnull=False
    )
    return list(wanted.select_related("outbox").order_by("-at", "-pk"))
