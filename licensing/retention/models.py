"""What two people let erase for good, and what could not be erased."""

from django.db import models
from django.db.models import F, Q

from licensing.retention import states
from registry.accounts.models import User
from registry.trail.models.covered import CoveredModel, CoveredQuerySet

#: What an erasure is about: the line of the table, the kind of the thing and its reference.
ErasureKey = tuple[str, str, str]


class ErasureBatchQuerySet(CoveredQuerySet["ErasureBatch"]):
    def visible_to(self, user: User) -> "ErasureBatchQuerySet":
        return self.all() if user.has_perm(states.ERASES) or user.has_perm("registry.read_trail") else self.none()

    def keys(self, *statuses: str) -> set[ErasureKey]:
        """What is in batches of these statuses."""
        lists = self.filter(status__in=statuses).values_list("things", flat=True)
        return {(rule, kind, reference) for things in lists for rule, kind, reference in things}


class ErasureBatch(CoveredModel):
    """What was due on one night by rules that ask for two people: listed for as long as the pack says, proposed, approved, erased."""

    lifecycle = states.ERASURE_BATCH

    reference = models.CharField(max_length=20, unique=True)
    status = models.CharField(max_length=30, choices=states.ErasureBatchStatus, default=states.ERASURE_BATCH.first)
    things = models.JSONField(help_text="rule, kind and reference of each")
    listed_at = models.DateTimeField()
    ready_on = models.DateField(help_text="the first day on which it may be proposed")
    propose_by = models.DateField(help_text="by when someone looks at it")
    proposed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    erased = models.PositiveIntegerField(null=True, blank=True, help_text="of how many something was erased")

    objects = ErasureBatchQuerySet.as_manager()

    class Meta:
        permissions = [("approve_erasure", "Propose and approve what is erased for good")]
        constraints = [
            models.CheckConstraint(
                name="erasure_batch_by_two",
                condition=Q(status=states.ErasureBatchStatus.LISTED, proposed_by=None, decided_by=None)
                | Q(status=states.ErasureBatchStatus.PROPOSED, proposed_by__isnull=False, decided_by=None)
                | Q(proposed_by__isnull=False, decided_by__isnull=False) & ~Q(decided_by=F("proposed_by")),
            ),
            models.UniqueConstraint(
                name="erasure_batch_one_listed", fields=["status"], condition=Q(status=states.ErasureBatchStatus.LISTED)
            ),
        ]

    @property
    def keys(self) -> set[ErasureKey]:
        return {(rule, kind, reference) for rule, kind, reference in self.things}


class ErasureFailureQuerySet(CoveredQuerySet["ErasureFailure"]):
    def failing(self) -> "ErasureFailureQuerySet":
        return self.filter(status=states.ErasureFailureStatus.FAILING)


class ErasureFailure(CoveredModel):
    """Something that is due and could not be erased. It is tried again once a night, after all else."""

    lifecycle = states.ERASURE_FAILURE

    reference = models.CharField(max_length=20, unique=True)
    status = models.CharField(max_length=30, choices=states.ErasureFailureStatus, default=states.ERASURE_FAILURE.first)
    rule = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    thing = models.CharField(max_length=20, help_text="reference of what could not be erased")
    tries = models.PositiveIntegerField(default=1)
    first_at = models.DateTimeField()
    tried_at = models.DateTimeField()
    why = models.TextField(blank=True, help_text="where a rule refused it: its words")
    fault = models.CharField(max_length=100, blank=True, help_text="where the program failed: the name of the error")
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = ErasureFailureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="erasure_failure_once",
                fields=["rule", "kind", "thing"],
                condition=Q(status=states.ErasureFailureStatus.FAILING),
            )
        ]

    @property
    def key(self) -> ErasureKey:
        return self.rule, self.kind, self.thing
