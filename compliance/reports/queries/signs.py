"""Signs of forced labour and methods of offenders with their guidance: for who tags a report, and for other authorities."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from registry import schemes
from registry.schemes import Indicator, IntelligenceTerms, OffenderMethod, Text, said

Sign = Indicator | OffenderMethod


@dataclass(frozen=True, slots=True)
class SignInWords:
    """One sign or method: how it looks, what to do, and who to tell. Empty where the pack says nothing."""

    code: str
    title: str
    guidance: str
    act: str
    tell: str
    is_confirmed: bool

    @property
    def label(self) -> str:
        """Beside the box by which it is chosen."""
        act = _("Do: %(act)s") % {"act": self.act} if self.act else ""
        tell = _("Tell: %(tell)s") % {"tell": self.tell} if self.tell else ""
        title = f"{self.code} {self.title}" + ("." if self.guidance else "")
        return " ".join(filter(None, (title, self.guidance, act, tell)))


@dataclass(frozen=True, slots=True)
class SignList:
    rows: tuple[SignInWords, ...]

    @property
    def usual_act(self) -> str:
        """What to do about more than one of them: said once, above those that say something else."""
        return _usual(one.act for one in self.rows)

    @property
    def usual_tell(self) -> str:
        return _usual(one.tell for one in self.rows)

    @property
    def is_unconfirmed(self) -> bool:
        return bool(self.rows) and not any(one.is_confirmed for one in self.rows)


@dataclass(frozen=True, slots=True)
class SignsOfScheme:
    title: str
    signs: SignList
    methods: SignList


def in_words(terms: IntelligenceTerms, signs: Iterable[Sign]) -> Iterator[SignInWords]:
    for one in signs:
        yield SignInWords(
            code=one.code,
            title=said(one.title, get_language()),
            guidance=_said(one.guidance),
            act=_said(terms.act_of(one)),
            tell=_said(terms.tell_of(one)),
            is_confirmed=not one.needs_review,
        )


def choices(terms: IntelligenceTerms | None, signs: Iterable[Sign]) -> list[tuple[str, str]]:
    """To tag by, each with its guidance."""
    return [(one.code, one.label) for one in in_words(terms, signs)] if terms else []


def signs_of_schemes(on: date) -> list[SignsOfScheme]:
    """Of each scheme in force that has signs; a scheme that has those of another is not said twice."""
    found: dict[tuple[SignList, SignList], SignsOfScheme] = {}
    for scheme in schemes.all_in_force(on):
        if (terms := scheme.intelligence) is not None:
            signs, methods = (SignList(tuple(in_words(terms, rows))) for rows in (terms.indicators, terms.methods))
            found.setdefault((signs, methods), SignsOfScheme(said(scheme.title, get_language()), signs, methods))
    return list(found.values())


def _usual(texts: Iterable[str]) -> str:
    counted = Counter(filter(None, texts)).most_common(1)
    return counted[0][0] if counted and counted[0][1] > 1 else ""


def _said(text: Text | None) -> str:
    return said(text, get_language()) if text else ""
