"""When a file may be read: one reader at a time, no row twice, no older edition."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from registry.errors import Reason
from registry.imports.models import Import


def import_blockers(under: Import, *, after: int) -> Iterator[Reason]:
    """One reader at a time, and no row twice: `after` is how many rows the caller believes to have been read."""
    if under.finished_at or under.given_up_at:
        yield Reason("finished", _("This reading has been finished, or given up for another file."))
    if under.read != after:
        yield Reason("elsewhere", _("Someone else is reading this file. Wait until it is done."))


def begin_import_blockers(newest: Import | None, *, edition_on: date | None) -> Iterator[Reason]:
    """`newest` is the edition in use. An older one would undo what is known since."""
    if newest and newest.edition_on and edition_on and edition_on < newest.edition_on:
        text = _("This edition is of %(older)s; one of %(newer)s is in use already.")
        days = {"older": edition_on.isoformat(), "newer": newest.edition_on.isoformat()}
        yield Reason("older", text % days)
