"""What a licence scored, from when until when, and on whose weights."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from registry.conflicts.models import Conflict
from registry.licences.models import Licence

if TYPE_CHECKING:
    from registry.accounts.models import User


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


class ScoreReply(models.Model):
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
