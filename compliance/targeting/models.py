"""Rounds in which visits are chosen, each choice with its reason; what licences scored; weights that people proposed."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from compliance.inspections.models import Inspection
from compliance.inspections.states import ChosenHow
from compliance.targeting.states import EXPLANATION, RECIPE, ROUND, ExplanationStatus, RoundStatus
from registry.conflicts.models import Conflict
from registry.licences.models import Licence
from registry.trail.models.covered import CoveredModel, CoveredQuerySet

if TYPE_CHECKING:
    from registry.accounts.models import User


class VisitRound(CoveredModel):
    """One round under one scheme. The seed is secret until it is drawn; its digest is in the trail from the start."""

    lifecycle = ROUND

    reference = models.CharField(max_length=20, unique=True)
    scheme = models.CharField(max_length=60)
    version = models.DateField(help_text="the version of the scheme that says which share is drawn")
    recipe = models.PositiveSmallIntegerField(default=RECIPE, help_text="1: from before the chances were recorded")
    status = models.CharField(max_length=20, choices=RoundStatus, default=ROUND.first)
    capacity = models.PositiveIntegerField(help_text="how many visits can be made")
    by_lot = models.PositiveIntegerField(help_text="how many of them are selected at random at least")
    seed = models.CharField(max_length=64)
    commitment = models.CharField(max_length=64, help_text="SHA-256 of the seed")
    figures = models.CharField(max_length=80, blank=True, help_text="what the second person added to the seed")
    listed = models.JSONField(
        default=list, help_text="of each licence: number, points, published code, how, and its chance: visits, of"
    )
    list_digest = models.CharField(max_length=64, blank=True)
    opened_by = models.ForeignKey("registry.User", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    fixed_by = models.ForeignKey("registry.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    fixed_at = models.DateTimeField(null=True, blank=True)
    drawn_by = models.ForeignKey("registry.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True, help_text="by which day all visits are to be made or explained")
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        permissions = [("choose_visits", "Open rounds, draw the lot and choose whom to visit")]
        constraints = [
            models.CheckConstraint(
                name="round_draws_some", condition=Q(by_lot__gte=1) & Q(capacity__gte=models.F("by_lot"))
            ),
            models.CheckConstraint(
                name="round_is_drawn_from_a_fixed_list",
                condition=Q(status="opened", list_digest="", drawn_at=None)
                | Q(status="fixed", fixed_at__isnull=False, drawn_at=None) & ~Q(list_digest="")
                | Q(status__in=["drawn", "closed"], fixed_at__isnull=False, drawn_at__isnull=False)
                & ~Q(list_digest=""),
            ),
            models.CheckConstraint(
                name="round_is_fixed_and_drawn_by_two",
                condition=Q(recipe=1)
                | Q(status="opened")
                | Q(status="fixed", fixed_by__isnull=False)
                | Q(status__in=["drawn", "closed"], fixed_by__isnull=False, drawn_by__isnull=False)
                & ~Q(figures="")
                & ~Q(drawn_by=F("fixed_by")),
            ),
            models.CheckConstraint(
                name="round_closed_at_a_time",
                condition=Q(status="closed", closed_at__isnull=False) | ~Q(status="closed") & Q(closed_at=None),
            ),
            models.UniqueConstraint(name="round_one_open", fields=["scheme"], condition=~Q(status="closed")),
        ]
        indexes = [models.Index(name="round_newest", fields=["-opened_at", "-id"])]

    @property
    def has_chances(self) -> bool:
        """Whether the chance of each licence is recorded: once the list is fixed, but not of rounds from before."""
        return self.recipe == RECIPE and bool(self.list_digest)

    @property
    def numbers(self) -> list[str]:
        return [row[0] for row in self.listed]


class Choice(CoveredModel):
    """A licence that is visited in a round: selected at random, or chosen by a person who says why."""

    round = models.ForeignKey(VisitRound, on_delete=models.PROTECT, related_name="choices")
    licence = models.ForeignKey(Licence, on_delete=models.PROTECT, related_name="choices")
    how = models.CharField(max_length=10, choices=ChosenHow)
    because = models.TextField(blank=True)
    score = models.ForeignKey(
        "compliance.LicenceScore", null=True, blank=True, on_delete=models.PROTECT, related_name="choices"
    )
    chosen_by = models.ForeignKey("registry.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField()
    inspection = models.OneToOneField(
        Inspection, null=True, blank=True, on_delete=models.PROTECT, related_name="choice"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(name="choice_once_in_a_round", fields=["round", "licence"]),
            models.CheckConstraint(
                name="choice_says_why",
                condition=Q(how="random", chosen_by=None) | Q(how="targeted", chosen_by__isnull=False) & ~Q(because=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round} {self.licence}"


class VisitExplanation(CoveredModel):
    """Why a visit of a round is not made: said by one person, accepted or refused by another."""

    lifecycle = EXPLANATION

    reference = models.CharField(max_length=20, unique=True)
    choice = models.ForeignKey(Choice, on_delete=models.PROTECT, related_name="explanations")
    status = models.CharField(max_length=20, choices=ExplanationStatus, default=EXPLANATION.first)
    because = models.TextField()
    explained_by = models.ForeignKey("registry.User", on_delete=models.PROTECT, related_name="+")
    explained_at = models.DateTimeField()
    settled_by = models.ForeignKey("registry.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    refused_because = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="explanation_says_why", condition=~Q(because="")),
            models.CheckConstraint(
                name="explanation_settled_by_another",
                condition=Q(status="waiting", settled_by=None, settled_at=None)
                | ~Q(status="waiting")
                & Q(settled_by__isnull=False, settled_at__isnull=False)
                & ~Q(settled_by=F("explained_by")),
            ),
            models.UniqueConstraint(name="explanation_one_holds", fields=["choice"], condition=~Q(status="refused")),
        ]

    @property
    def round_reference(self) -> str:
        return self.choice.round.reference


class ScoreQuerySet(models.QuerySet["LicenceScore"]):
    def visible_to(self, user: "User") -> "ScoreQuerySet":
        """Those who choose whom to visit, and who watches them, see all but where they have a conflict of interest."""
        if not user.has_perm("compliance.view_scores"):
            return self.none()
        return self.exclude(licence__organisation__in=Conflict.objects.organisations_of(user))

    def current(self) -> "ScoreQuerySet":
        return self.filter(replaced_at=None)


class LicenceScore(models.Model):
    """What the signals of the pack came to for one licence: every value, the steps, the points and what they rest on.

    A row is never written again: what comes to something else is a new row, and the one before says until when it held.
    """

    licence = models.ForeignKey(Licence, on_delete=models.PROTECT, related_name="scores")
    scheme = models.CharField(max_length=60)
    version = models.DateField(help_text="the version of the scheme whose signals were looked at")
    weighting = models.PositiveIntegerField(default=0, help_text="number of the adopted weights; 0: those of the pack")
    points = models.PositiveIntegerField()
    signals = models.JSONField(help_text="each signal with its value, steps, points and evidence")
    gives = models.JSONField(default=list, help_text="codes of the signals that give points")
    made_at = models.DateTimeField()
    looked_at = models.DateTimeField(help_text="when it last came to the same")
    replaced_at = models.DateTimeField(null=True, blank=True)

    objects = ScoreQuerySet.as_manager()

    class Meta:
        permissions = [("view_scores", "See what licences score, and why")]
        constraints = [
            models.UniqueConstraint(name="score_one_holds", fields=["licence"], condition=Q(replaced_at=None)),
            models.CheckConstraint(name="score_runs_forward", condition=Q(looked_at__gte=models.F("made_at"))),
        ]
        indexes = [
            models.Index(name="score_highest_first", fields=["-points", "-id"], condition=Q(replaced_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.licence}: {self.points}"


class ScoreReply(CoveredModel):
    """What a holder says to the signals of its licence: read beside the score by whoever chooses."""

    licence = models.ForeignKey(Licence, on_delete=models.PROTECT, related_name="score_replies")
    text = models.TextField()
    by = models.ForeignKey("registry.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="score_reply_says_something", condition=~Q(text=""))]
        indexes = [models.Index(name="score_reply_newest", fields=["licence", "-at"])]

    def __str__(self) -> str:
        return f"{self.licence}, {self.at:%Y-%m-%d}"


class WeightingQuerySet(CoveredQuerySet["Weighting"]):
    def waiting(self) -> "WeightingQuerySet":
        """Those that nobody has adopted or dropped yet."""
        return self.filter(adopted_at=None, dropped_at=None)

    def holding(self, scheme: str, day: date) -> "WeightingQuerySet":
        """Those adopted that hold on that day, the one in force first."""
        return self.filter(scheme=scheme, holds_from__lte=day).order_by("-holds_from", "-adopted_at", "-pk")


class Weighting(CoveredModel):
    """Other steps from value to points than the scheme is written with, or the way back to those.

    What is proposed, and what it came to on past years, never changes; it is adopted by somebody else, or dropped.
    """

    number = models.PositiveIntegerField(unique=True, help_text="what scores say they were worked out by")
    scheme = models.CharField(max_length=60)
    version = models.DateField(help_text="the version of the scheme whose signals were weighed")
    against = models.PositiveIntegerField(
        help_text="number of the weights in force when it was tried; 0: the scheme's own"
    )
    back_to_scheme = models.BooleanField(
        default=False, help_text="return to whatever weights the scheme is written with"
    )
    because = models.TextField()
    tried = models.JSONField(help_text="past years with the weights then in force and with these, as it was worked out")
    proposed_by = models.ForeignKey("registry.User", on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    adopted_by = models.ForeignKey("registry.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    adopted_at = models.DateTimeField(null=True, blank=True)
    holds_from = models.DateField(null=True, blank=True)
    dropped_by = models.ForeignKey("registry.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    dropped_at = models.DateTimeField(null=True, blank=True)

    objects = WeightingQuerySet.as_manager()

    class Meta:
        permissions = [
            ("propose_weights", "Propose other weights for the signals of a scheme, tried on past years"),
            ("adopt_weights", "Adopt weights that somebody else has proposed"),
        ]
        constraints = [
            models.CheckConstraint(name="weighting_says_why", condition=~Q(because="")),
            models.CheckConstraint(
                name="weighting_adopted_by_somebody_else",
                condition=Q(adopted_at=None, adopted_by=None, holds_from=None)
                | Q(adopted_at__isnull=False, adopted_by__isnull=False, holds_from__isnull=False)
                & ~Q(adopted_by=F("proposed_by")),
            ),
            models.CheckConstraint(
                name="weighting_adopted_or_dropped",
                condition=Q(dropped_at=None, dropped_by=None)
                | Q(dropped_at__isnull=False, dropped_by__isnull=False, adopted_at=None),
            ),
            models.UniqueConstraint(
                name="weighting_one_waits", fields=["scheme"], condition=Q(adopted_at=None, dropped_at=None)
            ),
        ]
        indexes = [models.Index(name="weighting_in_force", fields=["scheme", "-holds_from"])]

    def __str__(self) -> str:
        return f"{self.scheme} {self.number}"

    @property
    def is_waiting(self) -> bool:
        return self.adopted_at is None and self.dropped_at is None


class WeightStep(CoveredModel):
    """From this value of a signal on, so many points."""

    weighting = models.ForeignKey(Weighting, on_delete=models.PROTECT, related_name="steps")
    signal = models.CharField(max_length=60)
    at_least = models.PositiveIntegerField()
    points = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="weight_step_once", fields=["weighting", "signal", "at_least"]),
            models.CheckConstraint(name="weight_step_as_in_packs", condition=Q(at_least__gte=1, points__lte=100)),
        ]

    def __str__(self) -> str:
        return f"{self.weighting} {self.signal} {self.at_least}: {self.points}"
