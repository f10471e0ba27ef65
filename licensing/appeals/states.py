"""What can happen to an application, to a decision and to what a holder tells. Read it aloud to a case officer."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from licensing.decisions.states import MODIFICATIONS, K
from registry.lifecycle import Lifecycle, move


class AppealStatus(TextChoices):
    TOLD = "told", _("Told, to be confirmed")
    RECEIVED = "received", _("Received, to be acknowledged")
    ACKNOWLEDGED = "acknowledged", _("Waiting for our reply")
    WITH_TRIBUNAL = "with_tribunal", _("With the tribunal")
    LISTED = "listed", _("Hearing fixed")
    ENDED = "ended", _("Ended, to be carried out")
    CLOSED = "closed", _("Closed")
    DISREGARDED = "disregarded", _("No appeal arrived")


AP = AppealStatus


BEING_HEARD = (AP.RECEIVED, AP.ACKNOWLEDGED, AP.WITH_TRIBUNAL, AP.LISTED)


OPEN_APPEALS = (AP.TOLD, *BEING_HEARD, AP.ENDED)


# An appellant who tells of an appeal has not made one: that is done by the notice that arrives with the secretariat. What
# the tribunal has decided is carried out by another person than the one who wrote it down.
APPEAL = Lifecycle(
    AP.TOLD,
    move("receive", {AP.TOLD}, AP.RECEIVED),
    move("disregard", {AP.TOLD}, AP.DISREGARDED),
    move("acknowledge", {AP.RECEIVED}, AP.ACKNOWLEDGED),
    move("reply", {AP.ACKNOWLEDGED}, AP.WITH_TRIBUNAL),
    move("bar", {AP.ACKNOWLEDGED}, AP.WITH_TRIBUNAL),
    # The tribunal directs that the authority, barred, takes part after all, and by when it replies.
    move("readmit", {AP.WITH_TRIBUNAL, AP.LISTED}, AP.ACKNOWLEDGED),
    move("fix_hearing", {AP.WITH_TRIBUNAL, AP.LISTED}, AP.LISTED),
    move("take_back", set(BEING_HEARD), AP.ENDED),
    move("determine", {AP.ACKNOWLEDGED, AP.WITH_TRIBUNAL, AP.LISTED}, AP.ENDED),
    move("carry_out", {AP.ENDED}, AP.CLOSED),
)


class AppealOutcome(TextChoices):
    ALLOWED = "allowed", _("Allowed")
    DISMISSED = "dismissed", _("Dismissed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


# What an appeal keeps from taking effect, unless it was to hold at once: a licence goes on as it was (Appeals Regulations 2006).
STAYED = (K.SUSPEND, K.REVOKE, *MODIFICATIONS)
