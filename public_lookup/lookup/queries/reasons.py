"""Why something was decided or ended, as an entry says it, in the language of the reader; what several standards share is said once."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.utils.translation import get_language

from registry.register.rules import end_sentence
from registry.schemes import Scheme, said
from registry.schemes.terms import ReasonTerms


@dataclass(frozen=True, slots=True)
class StandardLink:
    code: str
    title: str


@dataclass(frozen=True, slots=True)
class SaidReason:
    """A sentence with the standards that it is about. `titles_follow`: it ends before the titles of several."""

    on: date
    sentence: str
    standards: tuple[StandardLink, ...]
    titles_follow: bool = False

    def __str__(self) -> str:
        return (
            f"{self.sentence} {'; '.join(one.title for one in self.standards)}."
            if self.titles_follow
            else self.sentence
        )


def reasons_in_words(reasons: Iterable[dict[str, Any]], scheme: Scheme) -> list[SaidReason]:
    """In the order given; those that follow each other and are of one day and sentence are one."""
    return [
        one
        for _key, group in groupby(reasons, lambda reason: _shared(reason, scheme))
        for one in _of(list(group), scheme)
    ]


def _shared(reason: Mapping[str, Any], scheme: Scheme) -> tuple[str, str, str]:
    """What reasons have in common that are said in one sentence."""
    several = _several(reason, scheme)
    return reason["kind"], reason["on"], several or reason_in_words(reason, scheme)


def _of(group: list[dict[str, Any]], scheme: Scheme) -> Iterator[SaidReason]:
    first, language = group[0], _language()
    standards = tuple(_link(one["standard"], scheme, language) for one in group if one["standard"])
    several = _several(first, scheme) if len(standards) > 1 else ""
    yield SaidReason(
        date.fromisoformat(first["on"]), several or reason_in_words(first, scheme), standards, bool(several)
    )


def _link(code: str, scheme: Scheme, language: str) -> StandardLink:
    return StandardLink(code, said(scheme.standard(code).title, language) if _has(scheme, code) else "")


def _several(reason: Mapping[str, Any], scheme: Scheme) -> str:
    """The words before the titles of several, where the sentence that was published is the one that the pack composes."""
    terms = scheme.public.reasons.under_standards(reason["kind"])
    if terms is None or terms.words_for_several is None or not _is_of_pack(reason, terms, scheme):
        return ""
    return said(terms.words_for_several, _language())


def _is_of_pack(reason: Mapping[str, Any], terms: ReasonTerms, scheme: Scheme) -> bool:
    if not reason["composed"] or not _has(scheme, reason["standard"]):
        return False
    return bool(reason["sentence"]["en"] == f"{terms.words['en']} {scheme.standard(reason['standard']).title['en']}.")


def _has(scheme: Scheme, code: str) -> bool:
    return any(one.code == code for one in scheme.standards)


def reason_in_words(reason: Mapping[str, Any], scheme: Scheme) -> str:
    """The sentence that was published; in a language of workers the words of the pack, with the title or the day."""
    language = _language()
    published = reason["sentence"].get(language)
    return str(published or (reason["composed"] and _composed(reason, scheme, language)) or reason["sentence"]["en"])


def _composed(reason: Mapping[str, Any], scheme: Scheme, language: str) -> str:
    if last_day := reason.get("last_day"):
        end = scheme.public.reasons.of_end(reason["kind"])
        return end_sentence(said(end.words, language), date.fromisoformat(last_day), language) if end else ""
    terms = scheme.public.reasons.under_standards(reason["kind"])
    if terms is None or not _has(scheme, reason["standard"]):
        return ""
    return f"{said(terms.words, language)} {said(scheme.standard(reason['standard']).title, language)}."


def _language() -> str:
    return (get_language() or "en").split("-")[0]
