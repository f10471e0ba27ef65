"""Who asked to be told of what, and how far they have been told."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from registry import signing

if TYPE_CHECKING:
    from typing import Self


class FollowChannel(models.TextChoices):
    EMAIL = "email"
    TEXT = "text"
    WEBHOOK = "webhook"


class FollowQuerySet(models.QuerySet["Follow"]):
    def live(self) -> "Self":
        """Confirmed by whoever reads the mail, and not stopped."""
        return self.filter(stopped_at=None).exclude(confirmed_at=None)

    def by(self, *channels: FollowChannel) -> "Self":
        return self.filter(channel__in=channels)


class Follow(models.Model):
    """An address of mail, a telephone or a webhook that wants to be told when the register says something new: of one listing, of
    those of a list or of a supplier board, or of a place and a sector.

    The holder is never told, and no page of the staff shows it.
    """

    listing = models.ForeignKey(
        "registry.Listing", null=True, blank=True, on_delete=models.PROTECT, related_name="follows"
    )
    place = models.CharField(max_length=60, blank=True, help_text="town, county, or the beginning of a postcode")
    sector = models.CharField(max_length=60, blank=True)
    check_list = models.ForeignKey(
        "public_lookup.CheckList", null=True, blank=True, on_delete=models.PROTECT, related_name="follows"
    )
    board = models.ForeignKey(
        "public_lookup.SupplierBoard", null=True, blank=True, on_delete=models.CASCADE, related_name="follows"
    )
    channel = models.CharField(max_length=10, choices=FollowChannel, default=FollowChannel.EMAIL)
    address = models.CharField(max_length=254, help_text="of mail; a telephone number; or the reference of a webhook")
    language = models.CharField(max_length=10)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    told_entry = models.BigIntegerField(default=0, help_text="the last entry that was told of")
    told_standing = models.CharField(max_length=30, blank=True, help_text="the last standing that was told of")

    objects = FollowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="follow_of_one_thing",
                condition=Q(listing__isnull=False, check_list=None, board=None, place="", sector="")
                | Q(listing=None, check_list__isnull=False, board=None, place="", sector="")
                | Q(listing=None, check_list=None, board__isnull=False, place="", sector="")
                | Q(listing=None, check_list=None, board=None) & (Q(place__gt="") | Q(sector__gt="")),
            ),
            models.UniqueConstraint(
                name="follow_once_in_force",
                fields=["address", "listing", "place", "sector", "check_list", "board"],
                nulls_distinct=False,
                condition=Q(stopped_at=None),
            ),
        ]
        indexes = [
            models.Index(name="follow_of_listing_in_force", fields=["listing"], condition=Q(stopped_at=None)),
            models.Index(name="follow_by_place_in_force", fields=["place", "sector"], condition=Q(stopped_at=None)),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        return f"F-{self.pk}"

    @property
    def key(self) -> str:
        """What stands in the addresses of its mails: whoever has it may confirm or stop it, and nobody can guess it."""
        return f"{self.pk}-{signing.keyed_digest(settings.SECRET_KEY, f'follow {self.pk}')[:32]}"


class Told(models.Model):
    """How far followers have been told: one row, changed in the transaction that writes their mails."""

    position = models.CharField(max_length=45)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.position

    @staticmethod
    def held(*, begins: str, at: datetime) -> "Told":
        """The row, locked until the transaction ends; made at the first need, from here on."""
        Told.objects.bulk_create([Told(pk=1, position=begins, at=at)], ignore_conflicts=True)
        return Told.objects.select_for_update().get(pk=1)
