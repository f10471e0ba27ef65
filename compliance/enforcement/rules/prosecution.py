"""What must be so before material is sorted, and before a file is put together, read and handed to the prosecutor.

The duties are those of the Criminal Procedure and Investigations Act 1996 and its code of practice: everything that may be
relevant is kept and listed, what is sensitive apart. That the authority keeps one file in this shape is ours, to be confirmed.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from compliance.enforcement.models.cases import CaseOffence, CaseOutcome, UnlicensedCase
from compliance.enforcement.models.prosecution import ALWAYS_SENSITIVE, CaseMaterial, ProsecutorFile, Use
from compliance.enforcement.rules.cases import OffenceProof
from compliance.enforcement.states.cases import CaseStatus
from registry.accounts.models import User
from registry.errors import Reason


def open_blockers(case: UnlicensedCase) -> Iterator[Reason]:
    if case.status == CaseStatus.CLOSED:
        yield Reason("closed", _("The case is closed."))


def sort_blockers(
    case: UnlicensedCase, *, kind: str, use: str, why_sensitive: str, description: str, is_known: bool
) -> Iterator[Reason]:
    yield from open_blockers(case)
    if not is_known:
        yield Reason("unknown_piece", _("This is no material of the case."), "use")
    if kind in ALWAYS_SENSITIVE and use != Use.SENSITIVE:
        text = _("It could tell who told us, or what a worker said in confidence: it is always sensitive.")
        yield Reason("always_sensitive", text, "use")
    yield from _words_blockers(use, why_sensitive, description)


def _words_blockers(use: str, why_sensitive: str, description: str) -> Iterator[Reason]:
    if use == Use.SENSITIVE:
        if not why_sensitive:
            yield Reason("no_why", _("Choose why it is sensitive."), "why_sensitive")
    elif len(description.strip()) < 10:
        text = _("Describe it in 10 characters or more, so that the defence can tell whether to ask for it.")
        yield Reason("not_described", text, "description")


def when_blockers(
    case: UnlicensedCase,
    offence: CaseOffence | None = None,
    *,
    committed_from: date | None = None,
    committed_until: date | None = None,
    place: str | None = None,
    on: date,
) -> Iterator[Reason]:
    """A place of None is not said yet."""
    yield from open_blockers(case)
    if place is None:
        if not case.offences.exists():
            yield Reason("no_offence", _("Record an offence first."))
        return
    if offence is None:
        yield Reason("unknown_offence", _("Choose an offence from the list."), "offence")
    yield from _day_blockers(committed_from, committed_until, on=on)
    if not place.strip():
        yield Reason("no_place", _("Enter the place of the offence."), "place")


def _day_blockers(committed_from: date | None, committed_until: date | None, *, on: date) -> Iterator[Reason]:
    if committed_from is None or committed_from > on:
        yield Reason("wrong_day", _("The day must be today or in the past."), "committed_from")
    elif committed_until is not None and not committed_from <= committed_until <= on:
        text = _("The last day must be the first or a later one, today or in the past.")
        yield Reason("ends_first", text, "committed_until")


def put_together_blockers(
    case: UnlicensedCase,
    *,
    unsorted: int,
    offences: Sequence[OffenceProof],
    undated: Sequence[str],
    sorted_as: Sequence[CaseMaterial],
) -> Iterator[Reason]:
    """A file is put together once a prosecution is proposed, an offence is made out, and nothing lies unsorted."""
    if case.outcome != CaseOutcome.PROSECUTION or case.status not in (CaseStatus.PROPOSED, CaseStatus.REFERRED):
        yield Reason("not_proposed", _("Propose first that it goes to the prosecutor."))
    if not any(one.is_whole for one in offences):
        yield Reason("not_made_out", _("The prosecutor needs an offence of which every element is shown by evidence."))
    for section in undated:
        text = format_lazy(_("Say first when and where the offence of {section} was committed."), section=section)
        yield Reason("not_dated", text)
    if unsorted:
        yield Reason("unsorted", _("Say first of each piece of material as what it goes to the prosecutor."))
    if not any(one.use == Use.EVIDENCE for one in sorted_as):
        yield Reason("no_evidence", _("Say of at least one piece that it is relied on."))


def read_blockers(file: ProsecutorFile, *, is_last: bool, by: User) -> Iterator[Reason]:
    """Whoever put it together does not read it as the second person."""
    if file.read_by_id is not None:
        yield Reason("read_already", _("A second person has read it already."))
    if not is_last:
        yield Reason("not_the_last", _("There is a later version: read that one."))
    if file.made_by_id == by.pk:
        yield Reason("own_file", _("You prepared it, so someone else must review it."))


def hand_over_blockers(
    file: ProsecutorFile, *, is_last_read: bool, on: date | None = None, today: date | None = None
) -> Iterator[Reason]:
    """The last version that a second person has read is handed over. A later one that no one has read yet stops nothing."""
    if file.handed_on is not None:
        yield Reason("handed_already", _("It has been handed over already."))
        return
    if file.case.status != CaseStatus.REFERRED:
        yield Reason("not_referred", _("The case has not been referred to the prosecutor."))
    if file.read_by_id is None:
        yield Reason("not_read", _("A second person must read it first."))
    elif not is_last_read:
        yield Reason("not_the_last", _("There is a later version: hand that one over."))
    if on and ((today and on > today) or on < file.made_at.date()):
        yield Reason("wrong_day", _("Enter a day between the making of the file and today."), "on")
