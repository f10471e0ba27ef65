"""Supplier boards: the sites of a labour user, who supplies workers there, and since when.

Private to the user: no page of staff shows any of it, and the holder is never told.
"""

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from public_lookup.board.states import Settled
from public_lookup.bulk_checks.states import Confidence
from registry.codes import new_reference

if TYPE_CHECKING:
    from typing import Self

    from registry.accounts.models import User

#: Who may keep a board.
KEEP = "public_lookup.make_formal_check"
#: An agent acts for an organisation before us, and not where it buys labour.
_OWN_PEOPLE = ("principal_authority", "representative")


def board_reference() -> str:
    return new_reference("SB")


class SupplierBoardQuerySet(models.QuerySet["SupplierBoard"]):
    def visible_to(self, user: "User") -> "Self":
        """One's own, and those of the organisations that one acts for at this moment, not as an agent."""
        return self.filter(Q(owner=user) | Q(Exists(self.acted_for(user.pk).filter(pk=OuterRef("pk")))))

    @staticmethod
    def acted_for(user: "int | OuterRef") -> "SupplierBoardQuerySet":
        """The boards of the organisations that this person acts for."""
        return SupplierBoard.objects.filter(
            organisation__memberships__user=user,
            organisation__memberships__until=None,
            organisation__memberships__kind__in=_OWN_PEOPLE,
        )

    def held(self, board: "SupplierBoard", by: "User") -> "SupplierBoard":
        """The row, locked, for those whose board it is at this moment; raises `PermissionDenied` for everyone else."""
        found = self.visible_to(by).select_for_update(of=("self",)).filter(pk=board.pk).first()
        if found is None or not by.is_active or not by.has_perm(KEEP):
            raise PermissionDenied(KEEP)
        return found

    def to_look_at(self, on: date) -> "Self":
        """Those that were not looked at on this day."""
        return self.filter(Q(looked_on=None) | Q(looked_on__lt=on)).order_by("pk")


class SupplierBoard(models.Model):
    """The suppliers of one organisation, or of one person who acts for none."""

    reference = models.CharField(max_length=20, unique=True, default=board_reference, editable=False)
    organisation = models.OneToOneField(
        "registry.Organisation", null=True, on_delete=models.PROTECT, related_name="supplier_board"
    )
    owner = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="supplier_board"
    )
    made_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, help_text="when its changes were last marked as seen")
    looked_on = models.DateField(null=True, help_text="the last day on which the nightly look was made")

    objects = SupplierBoardQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="supplier_board_of_one",
                condition=Q(organisation__isnull=False, owner=None) | Q(organisation=None, owner__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def name(self) -> str:
        """Whose it is."""
        return str(self.organisation.legal_name if self.organisation else self.owner)


class SupplierSite(models.Model):
    """A place where workers work. `people_unnamed`: how many worked there with no provider named, as the user says."""

    board = models.ForeignKey(SupplierBoard, on_delete=models.CASCADE, related_name="sites")
    name = models.CharField(max_length=100)
    people_unnamed = models.PositiveIntegerField(null=True)
    unnamed_from = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="supplier_site_once", fields=["board", "name"])]

    def __str__(self) -> str:
        return self.name


class SupplierLineQuerySet(models.QuerySet["SupplierLine"]):
    def of_board(self, board: SupplierBoard) -> "Self":
        return self.filter(site__board=board)

    def supplying_on(self, day: date) -> "Self":
        return self.filter(starts__lte=day).filter(Q(until=None) | Q(until__gte=day))

    def ended_before(self, day: date) -> "Self":
        return self.filter(until__lt=day)

    def open_names(self) -> "Self":
        """Those that the register has not exactly, and of which the user has not said who is meant."""
        return self.filter(listing=None, settled=Settled.OPEN).exclude(near=[])


class SupplierLine(models.Model):
    """One provider at one site from a day until a day; or a business that supplies through it (`supplier_of`)."""

    site = models.ForeignKey(SupplierSite, on_delete=models.CASCADE, related_name="lines")
    supplier_of = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="sub_suppliers")
    name = models.CharField(max_length=200, blank=True, help_text="as it was typed")
    number = models.CharField(max_length=60, blank=True, help_text="as it was typed")
    workers = models.PositiveIntegerField(null=True)
    starts = models.DateField()
    until = models.DateField(null=True, help_text="the last day; none: it goes on")
    listing = models.ForeignKey("registry.Listing", null=True, on_delete=models.PROTECT, related_name="+")
    confidence = models.CharField(max_length=20, choices=Confidence, blank=True)
    near = models.JSONField(default=list, help_text="listings that may be meant, best first")
    settled = models.CharField(max_length=10, choices=Settled, blank=True, default=Settled.OPEN)
    told_by_provider = models.BooleanField(default=False)
    outcome = models.CharField(max_length=30, blank=True, help_text="what the register said at the last nightly look")
    changed_on = models.DateField(null=True, help_text="when a nightly look found another outcome than the one before")
    unlicensed = models.JSONField(
        default=list, help_text="first and last day of each stretch supplied without a licence"
    )
    proved_at = models.DateTimeField(null=True, help_text="when the last proof was kept")
    version = models.PositiveIntegerField(default=1, help_text="one more with each change that a user makes")

    objects = SupplierLineQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="supplier_line_says_who", condition=Q(name__gt="") | Q(number__gt="")),
            models.CheckConstraint(
                name="supplier_line_ends_after_start", condition=Q(until=None) | Q(until__gte=F("starts"))
            ),
            models.UniqueConstraint(
                name="supplier_line_once",
                fields=["site", "supplier_of", "name", "number", "starts"],
                nulls_distinct=False,
            ),
        ]
        indexes = [models.Index(name="supplier_line_of_listing", fields=["listing"])]

    def __str__(self) -> str:
        return self.name or self.number
