"""What may be missing on a supplier board, what is to be done about it, and how a near name was resolved."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Settled(TextChoices):
    """What the user said about a supplier whose name is not exactly on the register."""

    OPEN = "", _("Not said yet")
    CHOSEN = "chosen", _("You said which labour provider is meant")
    NONE = "none", _("You said that none of the similar ones is meant")


class Gap(TextChoices):
    """What is missing, so that the board proves nothing for a supplier or a site."""

    NOT_FOUND = "not_found", _("Not on the register")
    UNCLEAR = "unclear", _("Not clear which labour provider is meant")
    NOT_ANSWERED = "not_answered", _("Did not answer in 14 days")
    NOT_NAMED = "not_named", _("No provider is named for this site")
    NOT_SUPPLIED = "not_supplied", _("Told us that it does not supply here")
    UNLICENSED = "unlicensed", _("Supplied on days without a licence")


class SupplierTask(TextChoices):
    """What the user can do now about a supplier or a site."""

    STOP = "stop", _("Stop using it and say since when")
    REPLACE = "replace", _("Find another provider before the last day")
    CHOOSE = "choose", _("Say which labour provider is meant")
    IDENTIFY = "identify", _("Ask who this is")
    CORRECT = "correct", _("Give its licence number")
    NAME = "name", _("Name the provider")
    ASK_AGAIN = "ask_again", _("Ask again")
    LOOK_AT_DAYS = "look_at_days", _("Look at the days without a licence")
    PROVE = "prove", _("Keep a new proof")
