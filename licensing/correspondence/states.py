"""The states of what this room is about, what may follow what, and who must act in each."""

from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from registry.lifecycle import Lifecycle, move
from registry.waits import NoWait, staff_wait

ADDS = "licensing.add_to_file"


class EntryKind(TextChoices):
    DOCUMENT = "document", _("Document")
    LETTER = "letter", _("Letter")
    MAIL = "mail", _("Email")
    CALL = "call", _("Telephone call")
    TALK = "talk", _("Conversation")
    TRIBUNAL = "tribunal", _("Decision of the tribunal")


class EntryDirection(TextChoices):
    RECEIVED = "received", _("Received")
    SENT = "sent", _("Sent")


class EntryStatus(TextChoices):
    ARRIVED = "arrived", _("Not matched to a file")
    TO_READ = "to_read", _("To be read")
    FILED = "filed", _("On the file")
    SET_ASIDE = "set_aside", _("Set aside")


S = EntryStatus

SUBJECT = ("application", "licence", "decision", "appeal", "organisation")
HANDLED = ("handled_by", "handled_at")
_PAGE: dict[str, Any] = {"page": "file_entry"}

#: What an officer adds is on the file at once. An email that arrives is read by a person first.
FILE_ENTRY = Lifecycle(
    S.ARRIVED,
    move("add_to_file", {S.ARRIVED}, S.FILED),
    move("receive_mail", {S.ARRIVED}, S.TO_READ),
    move("match", {S.ARRIVED}, S.TO_READ, sets=SUBJECT),
    move("mark_read", {S.TO_READ}, S.FILED, sets=HANDLED),
    move("answer_mail", {S.TO_READ, S.FILED}, S.FILED, sets=HANDLED),
    move("set_aside", {S.ARRIVED, S.TO_READ, S.FILED}, S.SET_ASIDE, sets=HANDLED),
    waits=(
        staff_wait("match", {S.ARRIVED}, _("Find the file that an email belongs to"), ADDS, **_PAGE),
        staff_wait("read", {S.TO_READ}, _("Read an email"), ADDS, first_owner="case_officer", **_PAGE),
        NoWait(S.FILED, "It is kept."),
        staff_wait(
            "replace_file",
            {S.FILED, S.TO_READ},
            _("Every file of an entry was rejected: set it aside, and add it again"),
            ADDS,
            first_owner="added_by",
            asks="licensing.correspondence.queries.has_lost_its_files",
            **_PAGE,
        ),
        NoWait(S.SET_ASIDE, "It is kept, and not relied on."),
    ),
)
