"""Why a bulletin cannot be written or released now."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from compliance.bulletins.models import Bulletin
from registry.accounts.models import User
from registry.errors import Reason


def write_blockers(
    *, month: date, text: str, is_taken: bool, has_tables: bool, found: Iterable[Reason], today: date
) -> Iterator[Reason]:
    """`found` is what of sources was found in the text."""
    if not has_tables:
        yield Reason("no_tables", _("No statistics are published yet, so there is nothing to draft from."))
    if month.day != 1 or month > today:
        yield Reason("wrong_month", _("Choose a month from the list."), "month")
    elif is_taken:
        yield Reason("month_taken", _("There is a bulletin for this month already."), "month")
    if not text.strip():
        yield Reason("no_text", _("Write what the bulletin says."), "text")
    yield from (Reason(one.code, one.text, "text") for one in found)


def decide_blockers(bulletin: Bulletin, move: str, *, by: User, found: Iterable[Reason] = ()) -> Iterator[Reason]:
    yield from bulletin.lifecycle.blockers(bulletin.status, move)
    if by.pk == bulletin.written_by_id:
        yield Reason("same_person", _("You wrote it, so someone else must decide."))
    yield from found
