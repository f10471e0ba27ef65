"""Who asked to be told what is new to pass on, by sector, place and language."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from registry import signing

if TYPE_CHECKING:
    from typing import Self

#: An address that no one confirmed is kept for so long.
UNCONFIRMED = timedelta(days=7)
#: One mail in so long, at most.
BETWEEN = timedelta(days=7)


class NewsReaderQuerySet(models.QuerySet["NewsReader"]):
    def due(self, day: date) -> "Self":
        """Confirmed, and last told a week ago or more."""
        return self.exclude(confirmed_at=None).filter(told_until__lte=day - BETWEEN)

    def to_forget(self, at: datetime) -> "Self":
        return self.filter(confirmed_at=None, asked_at__lt=at - UNCONFIRMED)


class NewsReader(models.Model):
    """One address and one choice. It is deleted when the reader stops it: there is no list of former readers."""

    address = models.EmailField()
    is_for_organisation = models.BooleanField(help_text="of workers, which passes it on")
    sector = models.CharField(max_length=60, blank=True, help_text="none: all")
    place = models.CharField(max_length=100, blank=True, help_text="town, county or postcode; none: everywhere")
    languages = models.JSONField(default=list, help_text="of the texts to pass on")
    language = models.CharField(max_length=10, help_text="of the page, and of the mails")
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    told_until = models.DateField(help_text="the last day that a mail has told of")

    objects = NewsReaderQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(name="news_reader_once", fields=["address", "sector", "place"])]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        return f"MN-{self.pk}"

    @property
    def key(self) -> str:
        """In the addresses of its mails: who has it can confirm or stop it, and no one can guess it."""
        return f"{self.pk}-{signing.keyed_digest(settings.SECRET_KEY, f'news reader {self.pk}')[:32]}"
