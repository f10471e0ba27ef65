"""The states of what this room is about, what may follow what, and who must act in each."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from registry.lifecycle import Lifecycle, move

#: What the register says of a licence as it is.
DATES = (
    "valid_from",
    "valid_until",
    "suspended_from",
    "suspended_until",
    "revoked_from",
    "appealed_from",
    "surrendered_from",
    "ended_from",
)


class LicenceStatus(TextChoices):
    ACTIVE = "active", _("Active")
    REVOKED = "revoked", _("Revoked")
    SURRENDERED = "surrendered", _("Surrendered")
    ENDED = "ended", _("Ended")


L = LicenceStatus


# Expired is a date and suspended is a pair of dates: neither is a status, so no nightly job can get them wrong.
LICENCE = Lifecycle(
    L.ACTIVE,
    move("renew", {L.ACTIVE}, L.ACTIVE, sets=("version", "sectors", "countries_supplied", "valid_until")),
    move("modify", {L.ACTIVE}, L.ACTIVE, sets=("sectors", "countries_supplied")),
    move("suspend", {L.ACTIVE}, L.ACTIVE, sets=("suspended_from", "suspended_until")),
    move("lift", {L.ACTIVE}, L.ACTIVE, sets=("suspended_from", "suspended_until")),
    move("revoke", {L.ACTIVE}, L.REVOKED, sets=("revoked_from", "appealed_from")),
    move("surrender", {L.ACTIVE}, L.SURRENDERED, sets=("surrendered_from", "appealed_from")),
    # Its holder keeps it after all, until the day before it would have ended.
    move("take_back_surrender", {L.SURRENDERED}, L.ACTIVE, sets=("surrendered_from",)),
    move("end", {L.ACTIVE}, L.ENDED, sets=("ended_from", "appealed_from")),
    # An appeal keeps alive what was revoked until it is decided, and gives back what should not have been.
    move("stay", {L.REVOKED}, L.ACTIVE, sets=("revoked_from", "appealed_from")),
    move("stay_suspension", {L.ACTIVE}, L.ACTIVE, sets=("suspended_from", "suspended_until")),
    move("reinstate", {L.ACTIVE, L.REVOKED}, L.ACTIVE, sets=("revoked_from", "appealed_from")),
)


class ConditionStatus(TextChoices):
    OPEN = "open", _("Open")
    DISCHARGED = "discharged", _("Discharged")
    FAILED = "failed", _("Failed")


C = ConditionStatus


CONDITION = Lifecycle(
    C.OPEN,
    move("extend", {C.OPEN}, C.OPEN, sets=("due_on",)),
    move("vary", {C.OPEN}, C.OPEN, sets=("requirement", "due_on")),
    move("discharge", {C.OPEN}, C.DISCHARGED, sets=("closed_on",)),
    move("fail", {C.OPEN}, C.FAILED, sets=("closed_on",)),
)
