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


class DocumentStatus(TextChoices):
    RECEIVED = "received", _("Being checked for viruses")
    CLEAN = "clean", _("Uploaded")
    REJECTED = "rejected", _("Rejected")
    REMOVED = "removed", _("Removed")


DS = DocumentStatus

# Nobody reads a document that waits for the scanner.
DOCUMENT = Lifecycle(
    DS.RECEIVED,
    move("release", {DS.RECEIVED}, DS.CLEAN),
    move("reject", {DS.RECEIVED}, DS.REJECTED),
    move("remove", {DS.RECEIVED, DS.CLEAN, DS.REJECTED}, DS.REMOVED),
)


class Standing(TextChoices):
    """What the register says of a listing on a day: derived from an entry's dates, never stored."""

    LICENSED = "licensed", _("Licensed")
    LICENSED_WITH_CONDITIONS = "licensed_with_conditions", _("Licensed, with conditions")
    REVOCATION_TO_COME = "revocation_to_come", _("Licensed, to be revoked")
    SUSPENDED = "suspended", _("Suspended")
    REVOKED = "revoked", _("Revoked")
    EXPIRED = "expired", _("Expired")
    SURRENDERED = "surrendered", _("Surrendered")
    REFUSED = "refused", _("Refused")
    APPLIED = "applied", _("Applied, not licensed")


class Outcome(TextChoices):
    """The seven things that the look-up can say. `registry.outcomes` says how each of them looks."""

    LICENSED = "licensed", _("Licensed")
    LICENSED_WITH_CONDITIONS = "licensed_with_conditions", _("Licensed, with conditions")
    LOSING_LICENCE = "losing_licence", _("Losing its licence")
    NOT_LICENSED = "not_licensed", _("Not licensed")
    APPLIED = "applied", _("Applied, not licensed")
    NOT_FOUND = "not_found", _("Not found")
    CANNOT_TELL = "cannot_tell", _("We cannot tell now")


OUTCOMES: dict[Standing, Outcome] = {
    Standing.LICENSED: Outcome.LICENSED,
    Standing.LICENSED_WITH_CONDITIONS: Outcome.LICENSED_WITH_CONDITIONS,
    Standing.REVOCATION_TO_COME: Outcome.LOSING_LICENCE,
    Standing.SUSPENDED: Outcome.NOT_LICENSED,
    Standing.REVOKED: Outcome.NOT_LICENSED,
    Standing.EXPIRED: Outcome.NOT_LICENSED,
    Standing.SURRENDERED: Outcome.NOT_LICENSED,
    Standing.REFUSED: Outcome.APPLIED,
    Standing.APPLIED: Outcome.APPLIED,
}

LICENSED_STANDINGS = frozenset({Standing.LICENSED, Standing.LICENSED_WITH_CONDITIONS, Standing.REVOCATION_TO_COME})
