"""The states of what this room is about, what may follow what, and who must act in each."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


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


class ReasonKind(TextChoices):
    """Why of what is published. The codes are those of `public.reasons` in scheme.toml."""

    REFUSED = "refused"
    CONDITION = "condition"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    # From here on the sentence is made of facts, and no one decides on its words.
    SURRENDERED = "surrendered"
    EXPIRED = "expired"
    ENDED = "ended"


class Outcome(TextChoices):
    """The seven things that the look-up can say."""

    # How each of them looks: registry/register/rules.py. Not said above, which is in the public OpenAPI document.

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
