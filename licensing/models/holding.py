"""What a holder tells while it holds a licence: what has changed, that it has begun to supply, how it meets a condition."""

from django.db import models
from django.db.models import Q

from licensing.states import CHANGE, ChangeStatus
from registry.accounts.models import User
from registry.conflicts.models import Conflict
from registry.licences.models import Condition, Licence
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
    is_over = models.GeneratedField(
        expression=~Q(status=ChangeStatus.TOLD),  # type: ignore[arg-type]
        output_field=models.BooleanField(),
        db_persist=True,
    )
    because = models.TextField(blank=True, help_text="why it was refused")
    closed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)

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

    def __str__(self) -> str:
        return self.reference

    @property
    def scheme(self) -> str:
        return self.licence.scheme

    @property
    def organisation(self) -> Organisation:
        return self.licence.organisation


class StartOfSupply(models.Model):
    """That a holder has begun to supply workers under a licence: told once (2009 Rules, schedule, paragraph 5)."""

    licence = models.OneToOneField(Licence, on_delete=models.PROTECT, related_name="start_of_supply")
    began_on = models.DateField()
    due_on = models.DateField(help_text="the last day to tell it")
    days_late = models.PositiveIntegerField(default=0, help_text="in working days")
    told_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.licence}, {self.began_on}"


class DeskCheck(models.Model):
    """That an officer has looked, without a visit, at whether a condition is met. What follows is a decision of its own."""

    condition = models.ForeignKey(Condition, on_delete=models.PROTECT, related_name="desk_checks")
    is_met = models.BooleanField()
    text = models.TextField(help_text="what was looked at, and what it shows")
    checked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="desk_checks")
    checked_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="desk_check_says_something", condition=Q(text__gt=""))]

    def __str__(self) -> str:
        return f"{self.condition}, {self.checked_at:%Y-%m-%d}"


class Evidence(CoveredModel):
    """What a holder sends to show that it meets a condition. Whether it does is a decision of its own."""

    condition = models.ForeignKey(Condition, on_delete=models.PROTECT, related_name="evidence")
    text = models.TextField()
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="evidence_says_something", condition=Q(text__gt=""))]
        indexes = [models.Index(name="evidence_of_condition", fields=["condition", "sent_at"])]

    def __str__(self) -> str:
        return f"{self.condition}, {self.sent_at:%Y-%m-%d}"
