"""What a holder tells while it holds a licence: what has changed, that it has begun to supply, how it meets a condition.

What holders are reminded of.

That a holder wishes its licence to pass to another business (2004 Act, s.9): asked, agreed to, decided like all that is done to a licence."""

from django.db import models
from django.db.models import Q

from licensing.applications.models import Application
from licensing.holding.states import CHANGE, OPEN_TRANSFERS, TRANSFER, ChangeStatus, TransferStatus
from registry.accounts.models import User
from registry.conflicts.models import Conflict
from registry.fields import true_when
from registry.licences.models import Licence
from registry.organisations.models import Organisation, Role
from registry.trail.models.covered import CoveredModel, CoveredQuerySet


class ChangeQuerySet(CoveredQuerySet["Change"]):
    def visible_to(self, user: User) -> "ChangeQuerySet":
        """Officers see all; others what was told for the organisations that they act for."""
        return self.open_to(user) if user.has_perm("licensing.view_changes") else self.acted_for_by(user)

    def open_to(self, officer: User) -> "ChangeQuerySet":
        """All but those of organisations with which this officer has a conflict of interest."""
        kept = Conflict.objects.organisations_of(officer)
        return self.exclude(licence__in=Licence.objects.filter(organisation__in=kept).values("pk"))

    def acted_for_by(self, user: User) -> "ChangeQuerySet":
        return self.filter(licence__organisation__in=Organisation.objects.acted_for_by(user))

    def saying_something(self) -> "ChangeQuerySet":
        """Those of which what was told has not been erased."""
        return self.exclude(data={}, called="")


class Change(CoveredModel):
    """Something that a holder says has changed. It is a proposal until an officer has accepted it (docs/rules.md T45)."""

    lifecycle = CHANGE

    reference = models.CharField(max_length=20, unique=True)
    licence = models.ForeignKey(Licence, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=60, help_text="code of the kind in the pack")
    version = models.DateField(help_text="of the scheme, on the day on which it was told")
    data = models.JSONField(default=dict, help_text="the answers, by key")
    item = models.CharField(max_length=12, help_text="the thing of a list that is added or leaves", blank=True)
    role = models.ForeignKey(Role, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    called = models.CharField(max_length=200, blank=True, help_text="who or what is added or leaves")
    happened_on = models.DateField()
    due_on = models.DateField(null=True, blank=True, help_text="the last day to tell it; none: as soon as practicable")
    days_late = models.PositiveIntegerField(default=0, help_text="in working days")
    told_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField()
    status = models.CharField(max_length=20, choices=ChangeStatus, default=CHANGE.first)
    # A column of its own, so that an index serves the list that begins with the open ones.
    is_over = true_when(~Q(status=ChangeStatus.TOLD))
    because = models.TextField(blank=True, help_text="why it was refused")
    closed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    #: Said of it in the list: what its kind is called.
    title: str

    objects = ChangeQuerySet.as_manager()

    class Meta:
        permissions = [
            ("view_changes", "See what holders say has changed"),
            ("handle_changes", "Accept, refuse or note what a holder says has changed"),
        ]
        constraints = [
            models.CheckConstraint(
                name="change_closed_has_somebody",
                condition=Q(status="told", closed_by=None, closed_at=None)
                | (~Q(status="told") & Q(closed_by__isnull=False, closed_at__isnull=False)),
            ),
            models.CheckConstraint(name="change_refused_says_why", condition=~Q(status="refused") | Q(because__gt="")),
            # Whoever tells a change of its own does not accept it.
            models.CheckConstraint(
                name="change_closed_by_another", condition=Q(closed_by=None) | ~Q(closed_by=models.F("told_by"))
            ),
        ]
        indexes = [
            models.Index(name="change_open_first", fields=["is_over", "told_at", "id", "status"]),
            models.Index(name="change_by_day", fields=["told_at", "id"]),
            models.Index(name="change_by_status", fields=["status", "is_over", "told_at", "id"]),
            models.Index(name="change_by_kind", fields=["kind", "is_over", "told_at", "id"]),
        ]

    @property
    def scheme(self) -> str:
        return self.licence.scheme

    @property
    def organisation(self) -> Organisation:
        return self.licence.organisation


class StartOfSupply(CoveredModel):
    """That a holder has begun to supply workers under a licence: told once (2009 Rules, schedule, paragraph 5)."""

    licence = models.OneToOneField(Licence, on_delete=models.PROTECT, related_name="start_of_supply")
    began_on = models.DateField()
    due_on = models.DateField(help_text="the last day to tell it")
    days_late = models.PositiveIntegerField(default=0, help_text="in working days")
    told_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.licence}, {self.began_on}"


class Reminder(models.Model):
    """That a holder was reminded to renew a licence which ends on a day: once for each time that the scheme names."""

    licence = models.ForeignKey(Licence, on_delete=models.PROTECT, related_name="reminders")
    valid_until = models.DateField(help_text="the last day of the licence as it was told")
    weeks = models.PositiveSmallIntegerField(help_text="how long before the last day; 0 for the last day itself")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="reminder_once", fields=["licence", "valid_until", "weeks"])]

    def __str__(self) -> str:
        return f"{self.licence}, {self.valid_until}: {self.weeks}"


class TransferQuerySet(CoveredQuerySet["Transfer"]):
    def visible_to(self, user: User) -> "TransferQuerySet":
        """Officers see all; others those from and to the organisations that they act for."""
        if user.has_perm("licensing.view_decisions"):
            return self.open_to(user)
        return self.of(Organisation.objects.acted_for_by(user))

    def open_to(self, officer: User) -> "TransferQuerySet":
        """All but those from or to an organisation with which this officer has a conflict of interest."""
        kept = Conflict.objects.organisations_of(officer)
        return self.exclude(licence__in=Licence.objects.filter(organisation__in=kept).values("pk")).exclude(
            application__in=Application.objects.filter(organisation__in=kept).values("pk")
        )

    def of(self, organisations: models.QuerySet[Organisation]) -> "TransferQuerySet":
        return self.filter(Q(licence__organisation__in=organisations) | Q(application__organisation__in=organisations))

    def open(self) -> "TransferQuerySet":
        return self.filter(status__in=list(OPEN_TRANSFERS))


class Transfer(CoveredModel):
    """One wish of one holder that its licence pass to another business.

    The other business must apply in its own right: `application` is its application, if it has told the holder its number.
    What a consent does is that the other is licensed and the holder's licence ends, both from the same day; a licence itself
    belongs to one legal entity for good.
    """

    lifecycle = TRANSFER

    reference = models.CharField(max_length=20, unique=True)
    licence = models.ForeignKey(Licence, on_delete=models.PROTECT, related_name="transfers")
    to_name = models.CharField(max_length=200, help_text="the other business, as the holder calls it")
    application = models.ForeignKey(
        Application,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="transfers",
        help_text="of the other business, for a licence of its own",
    )
    from_day = models.DateField(help_text="first day on which the other business is to be licensed")
    because = models.TextField()
    status = models.CharField(max_length=20, choices=TransferStatus, default=TRANSFER.first)
    is_over = true_when(~Q(status__in=list(OPEN_TRANSFERS)))
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answered_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="for the other business"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    became = models.ForeignKey(
        Licence,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="came_of",
        help_text="the licence of the other business",
    )

    objects = TransferQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="transfer_one_open_of_licence", fields=["licence"], condition=Q(status__in=["asked", "agreed"])
            ),
            models.CheckConstraint(name="transfer_says_why", condition=Q(because__gt="", to_name__gt="")),
            models.CheckConstraint(
                name="transfer_answered_by_somebody",
                condition=Q(answered_by=None, answered_at=None)
                | Q(answered_by__isnull=False, answered_at__isnull=False, application__isnull=False),
            ),
            models.CheckConstraint(
                name="transfer_agreed_was_answered",
                condition=~Q(status__in=["agreed", "declined"]) | Q(answered_by__isnull=False),
            ),
            models.CheckConstraint(
                name="transfer_consented_has_licence",
                condition=Q(status="consented", became__isnull=False) | (~Q(status="consented") & Q(became=None)),
            ),
        ]
        indexes = [
            models.Index(name="transfer_open_first", fields=["is_over", "asked_at", "id", "status"]),
            models.Index(name="transfer_by_day", fields=["asked_at", "id"]),
            models.Index(name="transfer_by_status", fields=["status", "is_over", "asked_at", "id"]),
        ]

    @property
    def organisation(self) -> Organisation:
        """Whose licence it is."""
        return self.licence.organisation

    @property
    def organisations(self) -> list[Organisation]:
        """Both sides, as far as the other is known."""
        return [self.licence.organisation, *([self.application.organisation] if self.application else [])]
