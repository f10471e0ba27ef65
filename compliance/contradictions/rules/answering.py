"""What must be true before a contradiction is asked about, explained or accepted, and what its report waits for."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from compliance.contradictions.models import Contradiction
from compliance.inspections.models import Inspection
from compliance.inspections.states import InspectionStatus
from registry.accounts.models import User
from registry.errors import Reason

GONE = Reason(
    "gone",
    _("The report does not say this any more, or what it rests on has changed. Open the page again and read it."),
)


def ask_blockers(
    found: Contradiction, *, question: str | None = None, answer_by: date | None = None, least: int, by: User, on: date
) -> Iterator[Reason]:
    """A report that has been returned can be asked more about: the questions go to the inspector together."""
    yield from found.lifecycle.blockers(found.status, "ask_inspector")
    yield from _reviewer_blockers(found.inspection, by)
    returned = found.inspection.status == InspectionStatus.COMMISSIONED and found.last_version > 0
    if found.inspection.status != InspectionStatus.REPORTED and not returned:
        yield Reason("wrong_state", _("The report has not been submitted, or has been confirmed."))
    yield from _words_blockers(question, least, "question")
    if answer_by is not None and answer_by < on:
        yield Reason("day_in_the_past", _("The day must be today or later."), "answer_by")


def accept_blockers(
    found: Contradiction, *, because: str | None = None, unread: bool, least: int, by: User
) -> Iterator[Reason]:
    """`unread`: it rests on an interview, and this person has not opened what workers said since the report was handed in."""
    yield from found.lifecycle.blockers(found.status, "accept_contradiction")
    if unread:
        yield Reason("not_read", _("It rests on what a worker said. Read the interviews of this visit first."))
    yield from _reviewer_blockers(found.inspection, by)
    if found.inspection.status != InspectionStatus.REPORTED:
        yield Reason("wrong_state", _("You can accept it once the report has been submitted, until it is confirmed."))
    yield from _words_blockers(because, least, "because")


def explain_blockers(found: Contradiction, *, text: str | None = None, least: int, by: User) -> Iterator[Reason]:
    yield from found.lifecycle.blockers(found.status, "explain_contradiction")
    if by.pk != found.inspection.inspector_id:
        yield Reason("not_the_inspector", _("Only the inspector who has this inspection may explain it."))
    if found.inspection.status != InspectionStatus.COMMISSIONED:
        yield Reason("wrong_state", _("The report has been submitted. Its reviewer can return it to you."))
    yield from _words_blockers(text, least, "text")


def _reviewer_blockers(inspection: Inspection, by: User) -> Iterator[Reason]:
    if by.pk == inspection.inspector_id:
        yield Reason("same_person", _("You are the inspector, so someone else must review the report."))


def _words_blockers(text: str | None, least: int, where: str) -> Iterator[Reason]:
    # Not asked yet, when the question is only whether the button may be pressed.
    if text is not None and len(text.split()) < least:
        yield Reason("too_short", format_lazy(_("Write at least {least} words."), least=least), where)


def confirm_blockers(open_now: Iterable[str]) -> Iterator[Reason]:
    """`open_now` are those that must be answered and are not, in words."""
    for one in open_now:
        text = format_lazy(_("Answer this contradiction first: {contradiction}"), contradiction=one)
        yield Reason("contradiction_open", text)


def report_blockers(asked: Iterable[str]) -> Iterator[Reason]:
    """`asked` are those of which the reviewer asked, and that are neither explained nor gone."""
    for one in asked:
        text = format_lazy(
            _("The reviewer asked about this. Explain it, or change the report: {contradiction}"), contradiction=one
        )
        yield Reason("question_open", text)
