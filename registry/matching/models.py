"""By what an organisation may be known again under another name: digests that are looked up, and nothing that can be read.

Written only by `registry.matching`. A row says what kind of thing it is and whose; what the thing is stands in the file.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.organisations.models import Organisation, Person


class TraitKind(models.IntegerChoices):
    """What two files may have in common. The numbers are kept in rows: never give one to another kind."""

    COMPANY = 1, _("Company number")
    UTR = 2, _("Unique Taxpayer Reference")
    VAT = 3, _("VAT number")
    PAYE = 4, _("PAYE reference")
    TELEPHONE = 5, _("Telephone number")
    EMAIL = 6, _("Email address")
    HOST = 7, _("Website or email domain")
    ADDRESS = 8, _("Address")
    BANK = 9, _("Bank account")
    VEHICLE = 10, _("Vehicle")
    NAME = 11, _("Name of the organisation")
    NINO = 12, _("National Insurance number")
    # The name of a person in its sound, with as much of the day of birth as the kind says.
    BORN = 13, _("Person: name and date of birth")
    YEAR = 14, _("Person: name and year of birth")
    DAY = 15, _("Person: name, day and month of birth")
    WORD = 16, _("Person: one name and date of birth")
    NAMED = 17, _("Person: name")


class Trait(models.Model):
    """That one file has one thing: `key` is 63 bits of a keyed digest of its kind and of the form in which it is compared.

    Without the key of the installation (`NAMES_KEY`) nobody can tell from it a number, an address or a birthday.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+", db_index=False)
    person = models.ForeignKey(
        Person,
        null=True,
        on_delete=models.CASCADE,
        related_name="+",
        db_index=False,
        help_text="empty: the organisation's own",
    )
    kind = models.PositiveSmallIntegerField(choices=TraitKind)
    key = models.BigIntegerField()

    class Meta:
        # Two columns that are asked for and two that are then read: neither the table nor anything else is looked at.
        indexes = [
            models.Index(name="trait_by_key", fields=["key", "organisation", "person"]),
            models.Index(name="trait_of_organisation", fields=["organisation", "person"]),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.organisation}"
