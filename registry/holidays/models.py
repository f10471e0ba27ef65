"""The days on which nobody works in a part of the United Kingdom, as staff keep them: an upgrade never moves a legal date."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Calendar(models.TextChoices):
    """Whose bank holidays count: England and Wales share theirs (Banking and Financial Dealings Act 1971, sch. 1)."""

    ENGLAND_AND_WALES = "england_and_wales", _("England and Wales")
    SCOTLAND = "scotland", _("Scotland")
    NORTHERN_IRELAND = "northern_ireland", _("Northern Ireland")

    @classmethod
    def of(cls, address: Mapping[str, Any]) -> "Calendar":
        """The one that counts for somebody at this address, by the nation that is asked with it.

        Elsewhere in the world, and where no nation was asked yet, days are counted as where the authority sits.
        """
        nation = str(address.get("country", "")).strip().lower().replace(" ", "_")
        return cls(nation) if nation in (cls.SCOTLAND, cls.NORTHERN_IRELAND) else cls.ENGLAND_AND_WALES


class Holiday(models.Model):
    """A day that is not a working day in one part of the United Kingdom."""

    nation = models.CharField(max_length=30, choices=Calendar)
    day = models.DateField()
    name = models.CharField(max_length=100)

    class Meta:
        permissions = [
            ("view_holidays", "See the table of bank holidays"),
            ("edit_holidays", "Add and remove bank holidays"),
        ]
        constraints = [models.UniqueConstraint(name="holiday_once_in_a_nation", fields=["nation", "day"])]
        indexes = [models.Index(name="holiday_by_day", fields=["day", "id"])]

    def __str__(self) -> str:
        return f"{self.day} {self.name} ({self.nation})"

    @property
    def reference(self) -> str:
        return f"{self.nation} {self.iso_day}"

    @property
    def iso_day(self) -> str:
        return self.day.isoformat()
