"""What of a source is in a text, found by digests: who a source is, is not opened."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from compliance import vault
from compliance.intelligence.models.intelligence import Intelligence
from compliance.intelligence.models.sources import Source
from compliance.intelligence.queries.intelligence import words_of
from compliance.releases import rules
from compliance.releases.models import MarkKind, SourceMark
from registry.accounts.models import User
from registry.errors import Reason
from registry.schemes import IntelligenceTerms, said


def terms_of(intelligence: Intelligence) -> IntelligenceTerms:
    terms = words_of(intelligence)
    assert terms is not None
    return terms


def sources_in(intelligence: Intelligence | None, text: str, *, by: User) -> Iterator[Reason]:
    """Of the source of this piece any part of the name, of every other source the whole name; and their numbers and addresses.

    Only the handler of a source is told whose it is: everyone else reads that something must not appear.
    """
    parts = _marked(vault.marks_in(rules.words_in(text)), MarkKind.NAME)
    for source in Source.objects.filter(pk__in=parts).order_by("pk"):
        own = intelligence is not None and source.pk == intelligence.source_id
        if own or parts[source.pk] >= source.marks.filter(kind=MarkKind.NAME).count():
            yield _reason(rules.HIDDEN_NAME, source, by)
    numbers = vault.marks_in(rules.ends_of_numbers(text)) | vault.marks_in(rules.addresses_in(text))
    reached = {*_marked(numbers, MarkKind.NUMBER), *_marked(numbers, MarkKind.EMAIL)}
    for source in Source.objects.filter(pk__in=reached).order_by("pk"):
        yield _reason(rules.HIDDEN_NUMBER, source, by)


def _marked(digests: set[str], kind: str) -> dict[int, int]:
    """How many marks of this kind each source has among these."""
    listed, found = sorted(digests), dict[int, int]()
    for start in range(0, len(listed), TOGETHER):
        marks = SourceMark.objects.filter(kind=kind, digest__in=listed[start : start + TOGETHER])
        for source in marks.values_list("source", flat=True):
            found[source] = found.get(source, 0) + 1
    return found


#: SQLite takes no more in one question.
TOGETHER = 500


def _reason(hidden: Reason, source: Source, by: User) -> Reason:
    if source.handler_id != by.pk:
        return hidden
    text = format_lazy(_("{what} It is of your source {source}."), what=hidden.text, source=source.reference)
    return Reason(hidden.code, text, hidden.where)


@dataclass(frozen=True, slots=True)
class ReadingInWords:
    """One reading with its answers in the words of the pack."""

    outcome: str
    by: str
    at: datetime
    because: str
    answers: tuple[tuple[str, str, str], ...]


def readings_of(intelligence: Intelligence) -> tuple[ReadingInWords, ...]:
    """The newest first."""
    asked = {check.code: said(check.question, get_language()) for check in terms_of(intelligence).release}
    return tuple(
        ReadingInWords(
            outcome=one.get_outcome_display(),
            by=str(one.by),
            at=one.at,
            because=one.because,
            answers=tuple(
                (asked.get(code, code), answer["said"], answer["words"]) for code, answer in one.answers.items()
            ),
        )
        for one in intelligence.readings.select_related("by").order_by("-number")
    )
