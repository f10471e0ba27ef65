"""What must be true before something is added to a file."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from licensing.correspondence.models import FileEntry
from licensing.correspondence.states import EntryDirection, EntryKind
from registry.days import day_blockers
from registry.errors import Reason

#: Kinds that are nothing without a file.
WITH_FILE = frozenset({EntryKind.DOCUMENT, EntryKind.TRIBUNAL})


def add_blockers(
    *, kind: str, title: str, text: str, happened_on: date | None, files: int, today: date
) -> Iterator[Reason]:
    """Why this cannot be added: what is not named, has no file and no words, or has not happened yet."""
    if not title.strip():
        yield Reason("no_title", _("Enter what it is."), "title")
    if kind in WITH_FILE and not files:
        yield Reason("no_file", _("Choose the file."), "documents")
    if kind not in WITH_FILE and not files and not text.strip():
        yield Reason("no_words", _("Enter what was said or written, or choose a file."), "text")
    latest = _("The day cannot be in the future.")
    yield from day_blockers(happened_on, "happened_on", latest=today, too_late=latest)


def answer_blockers(
    entry: FileEntry, *, text: str | None = None, is_known: bool, has_asked: bool = True
) -> Iterator[Reason]:
    """`is_known`: the address is one of the business; `has_asked`: a person says that they asked whose it is."""
    yield from entry.lifecycle.blockers(entry.status, "answer_mail")
    if entry.kind != EntryKind.MAIL or entry.direction != EntryDirection.RECEIVED or not entry.address:
        yield Reason("no_mail", _("Only an email that we received can be answered from here."))
    if entry.subject is None:
        yield Reason("no_file_yet", _("Put the email on a file first."))
    if text is not None and not text.strip():
        yield Reason("no_words", _("Write the answer."), "text")
    if not is_known and not has_asked:
        unknown = _("This is not an address of the business. Ask by a known number whose it is, and tick that you did.")
        yield Reason("unknown_address", unknown, "has_asked")


def set_aside_blockers(entry: FileEntry, *, is_evidence: bool) -> Iterator[Reason]:
    """What a ground of a decision rests on stays: the decision would rest on nothing."""
    yield from entry.lifecycle.blockers(entry.status, "set_aside")
    if is_evidence:
        yield Reason("is_evidence", _("A decision names a document of this as evidence, so it stays on the file."))
