"""Who asked to be told when one release of the statistics is out."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from registry import signing

if TYPE_CHECKING:
    from typing import Self

#: An address that no one confirmed is kept for so long, one that was told for as long as its mail may be tried again, and one
#: whose release never came out for a year.
UNCONFIRMED, TOLD, LONGEST = timedelta(days=7), timedelta(days=2), timedelta(days=365)


class ReleaseNoticeQuerySet(models.QuerySet["ReleaseNotice"]):
    def waiting(self) -> "Self":
        """Confirmed by the person who reads the mail, and not told yet."""
        return self.filter(told_at=None).exclude(confirmed_at=None)

    def to_forget(self, at: datetime) -> "Self":
        over = Q(told_at__lt=at - TOLD) | Q(asked_at__lt=at - LONGEST)
        return self.filter(Q(confirmed_at=None, asked_at__lt=at - UNCONFIRMED) | over)


class ReleaseNotice(models.Model):
    """An address of mail that is told once of one release, and then deleted: there is no list of readers."""

    edition = models.ForeignKey("registry.Edition", on_delete=models.PROTECT, related_name="+")
    address = models.EmailField()
    language = models.CharField(max_length=10)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)

    objects = ReleaseNoticeQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(name="release_notice_once", fields=["edition", "address"])]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        return f"RN-{self.pk}"

    @property
    def key(self) -> str:
        """In the addresses of its mails: who has it can confirm or stop it, and no one can guess it."""
        return f"{self.pk}-{signing.keyed_digest(settings.SECRET_KEY, f'release notice {self.pk}')[:32]}"
