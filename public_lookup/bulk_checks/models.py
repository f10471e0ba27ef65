"""Lists of labour providers that somebody checks in one go. Nothing here says who they are; the file itself is not kept."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from public_lookup.bulk_checks.states import SURE, Confidence
from public_lookup.follows.models.follows import Follow
from registry import signing

if TYPE_CHECKING:
    from typing import Self

#: How long a list is kept that nobody follows.
KEPT = timedelta(days=7)


class CheckListQuerySet(models.QuerySet["CheckList"]):
    def to_check(self, at: datetime) -> "Self":
        """Begun, not done, and in nobody's hands."""
        return self.filter(done_at=None, next_try__lte=at).exclude(begun_at=None)

    def to_forget(self, at: datetime) -> "Self":
        """Old enough, and followed by nobody."""
        follows = Follow.objects.filter(check_list=OuterRef("pk"))
        return self.filter(~Exists(follows), made_at__lt=at - KEPT)


class CheckList(models.Model):
    """Rows to be looked up, whoever they came from; whoever has its key may read it, and nobody can guess it."""

    made_at = models.DateTimeField()
    columns = models.JSONField(help_text="what each column holds; empty for one that is not looked at")
    has_heading = models.BooleanField(help_text="whether the first row names the columns, and is not looked up")
    count = models.PositiveIntegerField(help_text="rows")
    read_as = models.CharField(
        max_length=20, blank=True, help_text="the encoding that was guessed; empty where it is sure"
    )
    begun_at = models.DateTimeField(
        null=True, help_text="when the columns were confirmed: the register of then answers"
    )
    checked = models.PositiveIntegerField(default=0, help_text="rows that have been looked up")
    next_try = models.DateTimeField(null=True, help_text="when it is taken up if nobody has it in hand")
    done_at = models.DateTimeField(null=True)

    objects = CheckListQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="check_list_begun_before_done", condition=Q(done_at=None) | Q(begun_at__isnull=False)
            ),
            models.CheckConstraint(
                name="check_list_begun_has_its_turn", condition=Q(begun_at=None) | Q(next_try__isnull=False)
            ),
        ]
        indexes = [
            models.Index(name="check_list_by_turn", fields=["next_try"], condition=Q(done_at=None)),
            models.Index(name="check_list_by_age", fields=["made_at"]),
        ]

    def __str__(self) -> str:
        return f"list {self.pk}"

    @property
    def key(self) -> str:
        """What stands in its addresses."""
        return f"{self.pk}-{signing.keyed_digest(settings.SECRET_KEY, f'check list {self.pk}')[:32]}"

    @property
    def of(self) -> int:
        """How many rows are looked up: all but the heading."""
        return self.count - self.has_heading

    @property
    def kept_until(self) -> datetime:
        return self.made_at + KEPT


class CheckRowQuerySet(models.QuerySet["CheckRow"]):
    def looked_up(self, check_list: CheckList) -> "Self":
        """Without the heading."""
        return self.filter(place__gt=1) if check_list.has_heading else self

    def meant(self) -> "Self":
        """Whose firm is known: by an exact number or name, or because somebody said that a similar one is it."""
        return self.filter(Q(confidence__in=SURE) | ~Q(picked=[]))


class CheckRow(models.Model):
    """One row as it was given, and what the register said of it."""

    check_list = models.ForeignKey(CheckList, on_delete=models.CASCADE, related_name="rows")
    place = models.PositiveIntegerField(help_text="which row of the list, from 1")
    cells = models.JSONField()
    confidence = models.CharField(max_length=20, choices=Confidence, blank=True)
    outcome = models.CharField(
        max_length=30, blank=True, help_text="of the one that was found, if it is sure; else not found"
    )
    doubts = models.JSONField(default=list)
    matches = models.JSONField(default=list, help_text="entry, why and by which name, best first")
    picked = models.JSONField(default=list, help_text="numbers of similar ones that somebody said are meant")

    objects = CheckRowQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(name="check_row_once", fields=["check_list", "place"])]

    def __str__(self) -> str:
        return f"row {self.place} of list {self.check_list_id}"


class Watched(models.Model):
    """A firm of a list that is followed, and what its follower was last told of it."""

    follow = models.ForeignKey(Follow, on_delete=models.CASCADE, related_name="watched")
    listing = models.ForeignKey("registry.Listing", on_delete=models.PROTECT, related_name="+")
    told_entry = models.BigIntegerField(default=0)
    told_standing = models.CharField(max_length=30, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="watched_once", fields=["follow", "listing"])]

    def __str__(self) -> str:
        return f"{self.follow_id} watches {self.listing_id}"
