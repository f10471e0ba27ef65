"""Why a yearly statement cannot be announced, written, signed, published or returned now, or an opinion on it be given."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from registry.accounts.models import User
from registry.errors import Reason
from registry.reasons import reason_blockers
from registry.yearly_statements.models import YearlyStatement

#: The parts of a statement, each with the field in which it is typed.
PARTS = {"did": "did", "worked": "worked", "did_not_work": "did_not_work", "changes": "will_change"}
_MISSING = {
    "did": _("Write what you did."),
    "worked": _("Write what worked."),
    "did_not_work": _("Write what did not work."),
    "changes": _("Write what you will change."),
}


def announce_blockers(code: str, publish_by: date, *, is_taken: bool, today: date) -> Iterator[Reason]:
    if not code.isdecimal() or len(code) != 4 or int(code) > today.year:
        yield Reason("no_year", _("Choose a year from the list."), "code")
    elif is_taken:
        yield Reason("year_taken", _("The statement on this year is announced already."), "code")
    elif publish_by.year <= int(code):
        yield Reason("before_its_end", _("The day must be after the end of the year."), "publish_by")
    if publish_by <= today:
        yield Reason("past", _("The day must be in the future."), "publish_by")


def write_blockers(
    statement: YearlyStatement, texts: dict[str, str] | None, *, has_figures: bool = True
) -> Iterator[Reason]:
    """`texts` of None are not typed yet; `has_figures`: a published release has all quarters of the year."""
    yield from statement.lifecycle.blockers(statement.status, "write_statement")
    if not has_figures:
        yield Reason("no_figures", _("No published release has all quarters of this year yet."))
    for part, field in PARTS.items() if texts is not None else ():
        if texts is not None and not texts.get(part, "").strip():
            yield Reason("no_text", _MISSING[part], field)


def publish_blockers(statement: YearlyStatement, *, by: User) -> Iterator[Reason]:
    yield from statement.lifecycle.blockers(statement.status, "publish_statement")
    if statement.signed_by_id == by.pk:
        yield Reason("same_person", _("You have signed this statement. Someone else must sign it too, or return it."))


def return_blockers(statement: YearlyStatement, because: str | None) -> Iterator[Reason]:
    """A reason of None is not typed yet."""
    yield from statement.lifecycle.blockers(statement.status, "return_statement")
    yield from reason_blockers(because)


def opinion_blockers(statement: YearlyStatement, text: str | None, *, by: User, today: date) -> Iterator[Reason]:
    """A text of None is not typed yet."""
    yield from statement.lifecycle.blockers(statement.status, "give_opinion")
    if by.pk in {statement.written_by_id, statement.signed_by_id, statement.countersigned_by_id}:
        yield Reason("not_independent", _("You wrote or signed this statement, so you cannot give an opinion on it."))
    if statement.opinion_until is not None and today > statement.opinion_until:
        yield Reason("too_late", _("The time for an opinion is over."))
    if text is not None and not text.strip():
        yield Reason("no_text", _("Write your opinion."), "text")
