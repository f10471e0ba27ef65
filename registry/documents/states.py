"""The states of what this room is about, what may follow what, and who must act in each."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from registry.lifecycle import Lifecycle, move
from registry.waits import NoWait


class DocumentStatus(TextChoices):
    RECEIVED = "received", _("Being checked for viruses")
    CLEAN = "clean", _("Uploaded")
    REJECTED = "rejected", _("Rejected")
    REMOVED = "removed", _("Removed")


DS = DocumentStatus


# Nobody reads a document that waits for the scanner.
DOCUMENT = Lifecycle(
    DS.RECEIVED,
    move("release", {DS.RECEIVED}, DS.CLEAN, sets=("scan", "checked_at", "digest", "size")),
    move("reject", {DS.RECEIVED}, DS.REJECTED, sets=("checked_at", "fault")),
    move("remove", {DS.RECEIVED, DS.CLEAN, DS.REJECTED}, DS.REMOVED),
    waits=(
        NoWait(DS.RECEIVED, "The scanner checks it."),
        NoWait(DS.CLEAN, "It is kept."),
        NoWait(DS.REJECTED, "Who uploaded it is told, and the requirement stays open."),
    ),
)
