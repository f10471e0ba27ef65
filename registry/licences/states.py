"""What can happen to a licence, and what the register says of it. Read it aloud to a case officer."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from registry.lifecycle import Lifecycle, move


class LicenceStatus(TextChoices):
    ACTIVE = "active", _("Active")
    REVOKED = "revoked", _("Revoked")
    SURRENDERED = "surrendered", _("Surrendered")
    ENDED = "ended", _("Ended")


L = LicenceStatus


# Expired is a date and suspended is a pair of dates: neither is a status, so no nightly job can get them wrong.
LICENCE = Lifecycle(
    L.ACTIVE,
    move("renew", {L.ACTIVE}, L.ACTIVE),
    move("modify", {L.ACTIVE}, L.ACTIVE),
    move("suspend", {L.ACTIVE}, L.ACTIVE),
    move("lift", {L.ACTIVE}, L.ACTIVE),
    move("revoke", {L.ACTIVE}, L.REVOKED),
    move("surrender", {L.ACTIVE}, L.SURRENDERED),
    move("end", {L.ACTIVE}, L.ENDED),
    # An appeal keeps alive what was revoked until it is decided, and gives back what should not have been.
    move("stay", {L.REVOKED}, L.ACTIVE),
    move("stay_suspension", {L.ACTIVE}, L.ACTIVE),
    move("reinstate", {L.ACTIVE, L.REVOKED}, L.ACTIVE),
)


class ConditionStatus(TextChoices):
    OPEN = "open", _("Open")
    DISCHARGED = "discharged", _("Discharged")
    FAILED = "failed", _("Failed")


C = ConditionStatus


CONDITION = Lifecycle(
    C.OPEN,
    move("extend", {C.OPEN}, C.OPEN),
    move("vary", {C.OPEN}, C.OPEN),
    move("discharge", {C.OPEN}, C.DISCHARGED),
    move("fail", {C.OPEN}, C.FAILED),
)
