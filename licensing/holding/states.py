"""What can happen to an application, to a decision and to what a holder tells. Read it aloud to a case officer."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from registry.lifecycle import Lifecycle, move


class ChangeStatus(TextChoices):
    TOLD = "told", _("Told, to be looked at")
    ACCEPTED = "accepted", _("Accepted")
    NOTED = "noted", _("Noted")
    REFUSED = "refused", _("Not accepted")


CHANGE = Lifecycle(
    ChangeStatus.TOLD,
    move("accept", {ChangeStatus.TOLD}, ChangeStatus.ACCEPTED, sets=("closed_by", "closed_at")),
    move("note", {ChangeStatus.TOLD}, ChangeStatus.NOTED, sets=("closed_by", "closed_at")),
    move("refuse", {ChangeStatus.TOLD}, ChangeStatus.REFUSED, sets=("closed_by", "closed_at")),
)


class TransferStatus(TextChoices):
    ASKED = "asked", _("Waits for the other business")
    AGREED = "agreed", _("Both agree, to be decided")
    DECLINED = "declined", _("The other business does not agree")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    CONSENTED = "consented", _("Consented to")
    REFUSED = "refused", _("Refused")


T = TransferStatus


OPEN_TRANSFERS = (T.ASKED, T.AGREED)


# It is refused whether or not the other business has agreed. Of a refusal, an appeal can still make a consent.
TRANSFER = Lifecycle(
    T.ASKED,
    move("agree", {T.ASKED}, T.AGREED, sets=("answered_by", "answered_at")),
    move("decline", {T.ASKED}, T.DECLINED, sets=("answered_by", "answered_at")),
    move("retract", {T.ASKED, T.AGREED}, T.WITHDRAWN),
    move("withhold", {T.ASKED, T.AGREED}, T.REFUSED),
    move("consent", {T.AGREED, T.REFUSED}, T.CONSENTED, sets=("became",)),
)
