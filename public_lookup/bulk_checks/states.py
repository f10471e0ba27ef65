"""What a checked row can come to, and what a column of a list can hold, in words."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class UploadedColumn(TextChoices):
    """What a column holds. Only these are looked at; the rest of a list is shown back and not used."""

    NAME = "name", _("Name")
    NUMBER = "number", _("Licence number")
    COMPANY = "company", _("Company number")
    TELEPHONE = "telephone", _("Telephone number")
    EMAIL = "email", _("Email address")
    WEBSITE = "website", _("Website")
    POSTCODE = "postcode", _("Postcode")


#: Columns that say who is meant, surest first: a row is looked up by each in turn until one is answered.
WHO = (
    UploadedColumn.NUMBER,
    UploadedColumn.COMPANY,
    UploadedColumn.NAME,
    UploadedColumn.TELEPHONE,
    UploadedColumn.EMAIL,
    UploadedColumn.WEBSITE,
)


class Confidence(TextChoices):
    """How sure it is that a row of the register is the one meant. Only the first two answer the row."""

    NUMBER = "number", _("Exact number")
    NAME = "name", _("Exact name")
    BORROWED = "borrowed", _("Number of another business")
    UNCLEAR = "unclear", _("Not clear which")
    SIMILAR = "similar", _("Similar, not the same")
    NOTHING = "nothing", _("Nothing found")
    UNREAD = "unread", _("Nothing to look up")
    CANNOT_TELL = "cannot_tell", _("We cannot tell now")


SURE = (Confidence.NUMBER, Confidence.NAME)


class Doubt(TextChoices):
    """What of a row speaks against the one that was found, or keeps it from being one."""

    SEVERAL = "several", _("More than one on the register has this name or number.")
    BORROWED = "borrowed", _("This number is not theirs. It may be borrowed: report it.")
    NUMBER = "number", _("The licence number that you gave is not theirs.")
    NAME = "name", _("The name that you gave is not one of theirs.")
    COMPANY = "company", _("The company number that you gave is not the registered one.")
    TELEPHONE = "telephone", _("The telephone number that you gave is not the registered one.")
    POSTCODE = "postcode", _("The postcode that you gave is not the registered one.")
    TOO_LONG = "too_long", _("A name or number has at most 100 characters.")


#: Of a list: what one may filter by, and how a follow of it is called.
HOW_SURE, ANY_ANSWER = _("How sure"), _("Any answer")
REGISTER_SAYS, ANYTHING = _("What the register says"), _("Anything")
OF_A_LIST = _("Labour providers of a list: %(number)s")
