"""Appeals against decisions: who hears them, by when each must do what, how they ended and who has carried that out.

Bundles of appeals, made by the background worker: printing one can take longer than a page may."""

from dataclasses import dataclass
from datetime import date

from django.db import models
from django.db.models import F, Q

from licensing.appeals.states import APPEAL, OPEN_APPEALS, AppealOutcome, AppealStatus, SubmissionKind
from licensing.applications.models import Application
from licensing.holding.models import Transfer
from registry.accounts.models import User
from registry.conflicts.models import Conflict
from registry.fields import true_when
from registry.licences.models import Licence
from registry.organisations.models import Organisation
from registry.trail.models.covered import CoveredModel, CoveredQuerySet


@dataclass(frozen=True, slots=True)
class PutCondition:
    """A condition that a tribunal put in place of what we decided."""

    standard: str
    requirement: str
    due_on: date


class AppealQuerySet(CoveredQuerySet["Appeal"]):
    def visible_to(self, user: User) -> "AppealQuerySet":
        """Officers see all; others those of the organisations that they act for."""
        if user.has_perm("licensing.view_appeals"):
            return self.open_to(user)
        return self.of(Organisation.objects.acted_for_by(user))

    def open_to(self, officer: User) -> "AppealQuerySet":
        """All but those of organisations with which this officer has a conflict of interest."""
        kept = Conflict.objects.organisations_of(officer)
        cases = Application.objects.filter(organisation__in=kept).values("pk")
        return (
            self.exclude(decision__application__in=cases)
            .exclude(decision__licence__in=Licence.objects.filter(organisation__in=kept).values("pk"))
            .exclude(decision__transfer__in=Transfer.objects.filter(application__in=cases).values("pk"))
        )

    def of(self, organisations: models.QuerySet[Organisation]) -> "AppealQuerySet":
        return self.filter(
            Q(decision__application__organisation__in=organisations)
            | Q(decision__licence__organisation__in=organisations)
        )


class Appeal(CoveredModel):
    """One appeal against one decision (Gangmasters (Appeals) Regulations 2006), as far as the authority knows of it."""

    lifecycle = APPEAL
    waits_with = ("decision",)

    reference = models.CharField(max_length=20, unique=True)
    decision = models.ForeignKey("licensing.Decision", on_delete=models.PROTECT, related_name="appeals")
    status = models.CharField(max_length=20, choices=AppealStatus, default=APPEAL.first)
    is_over = true_when(~Q(status__in=list(OPEN_APPEALS)))
    told_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="for the appellant"
    )
    told_at = models.DateTimeField(null=True, blank=True)
    sent_on = models.DateField(null=True, blank=True, help_text="when the appellant says that it sent the notice")
    received_on = models.DateField(null=True, blank=True, help_text="when the notice arrived with the secretariat")
    number = models.CharField(max_length=60, blank=True, help_text="of the secretariat")
    grounds = models.TextField(blank=True)
    extended = models.BooleanField(default=False, help_text="the tribunal has taken it although it was late")
    stays = models.BooleanField(default=False, help_text="what was decided waits for the end of the appeal")
    received_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField(null=True, blank=True, help_text="when it was written down here")
    copied_on = models.DateField(null=True, blank=True, help_text="when the copy came to the authority")
    reply_by = models.DateField(null=True, blank=True)
    decide_by = models.DateField(null=True, blank=True, help_text="of an appeal against immediate effect")
    replied_on = models.DateField(null=True, blank=True)
    reply_text = models.TextField(blank=True)
    barred_on = models.DateField(null=True, blank=True, help_text="since when the authority takes no part")
    leave_on = models.DateField(null=True, blank=True, help_text="when the tribunal let it take part after all")
    on_paper = models.BooleanField(default=False, help_text="both sides agree that it is decided without a hearing")
    fix_by = models.DateField(null=True, blank=True)
    hearing_on = models.DateField(null=True, blank=True)
    hearing_place = models.CharField(max_length=200, blank=True)
    statements_by = models.DateField(null=True, blank=True)
    statements_on = models.DateField(null=True, blank=True, help_text="when we sent names and signed statements")
    representations_by = models.DateField(null=True, blank=True)
    representations_on = models.DateField(null=True, blank=True, help_text="when we sent what we say in writing")
    outcome = models.CharField(max_length=20, choices=AppealOutcome, blank=True)
    ended_on = models.DateField(null=True, blank=True, help_text="of the decision, or of the notice of the withdrawal")
    effect_on = models.DateField(null=True, blank=True, help_text="from which day the outcome holds")
    outcome_because = models.TextField(blank=True, help_text="the reasons of the tribunal in short")
    put_standard = models.CharField(
        max_length=10, blank=True, help_text="of the condition that the tribunal put in place of what we decided"
    )
    put_requirement = models.TextField(blank=True, help_text="of that condition: what must be put right")
    put_due_on = models.DateField(null=True, blank=True, help_text="by which day it must be met")
    put_more = models.JSONField(null=True, blank=True, help_text="further conditions: standard, requirement, due_on")
    put_until = models.DateField(null=True, blank=True, help_text="last day of the suspension that the tribunal put")
    undecided_because = models.TextField(blank=True, help_text="why what was sent back is not decided again")
    ended_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="who wrote it down"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="who carried it out"
    )
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = AppealQuerySet.as_manager()

    class Meta:
        permissions = [
            ("view_appeals", "See every appeal"),
            ("handle_appeals", "Write down what becomes of an appeal"),
        ]
        constraints = [
            models.UniqueConstraint(
                name="appeal_one_open_on_decision",
                fields=["decision"],
                condition=~Q(status__in=["closed", "disregarded"]),
            ),
            models.CheckConstraint(
                name="appeal_heard_was_received",
                condition=Q(status__in=["told", "disregarded"])
                | Q(received_on__isnull=False, received_by__isnull=False, received_at__isnull=False, grounds__gt=""),
            ),
            models.CheckConstraint(
                name="appeal_ended_has_outcome",
                condition=Q(
                    status__in=["ended", "sent_back", "closed"],
                    ended_on__isnull=False,
                    ended_by__isnull=False,
                    outcome__gt="",
                )
                | (~Q(status__in=["ended", "sent_back", "closed"]) & Q(ended_on=None, ended_by=None, outcome="")),
            ),
            models.CheckConstraint(
                name="appeal_closed_has_somebody",
                condition=Q(status__in=["sent_back", "closed"], closed_by__isnull=False, closed_at__isnull=False)
                | (~Q(status__in=["sent_back", "closed"]) & Q(closed_by=None, closed_at=None)),
            ),
            models.CheckConstraint(
                name="appeal_sent_back_was_remitted", condition=~Q(status="sent_back") | Q(outcome="remitted")
            ),
            models.CheckConstraint(
                name="appeal_varied_says_to_what",
                condition=~Q(outcome="varied") | ~Q(put_requirement="") | Q(put_until__isnull=False),
            ),
            # Four eyes: whoever writes down how it ended does not carry it out.
            models.CheckConstraint(
                name="appeal_carried_out_by_another", condition=Q(closed_by=None) | ~Q(closed_by=F("ended_by"))
            ),
        ]
        indexes = [
            models.Index(name="appeal_open_first", fields=["is_over", "id", "status"]),
            models.Index(name="appeal_by_status", fields=["status", "is_over", "id"]),
            models.Index(name="appeal_by_day", fields=["received_on", "id"]),
            models.Index(name="appeal_by_reply", fields=["reply_by", "id"]),
        ]

    @property
    def put_conditions(self) -> list[PutCondition]:
        """The conditions that the tribunal put in place: the first is in columns of its own."""
        if not (self.put_requirement and self.put_due_on):
            return []
        first = PutCondition(self.put_standard, self.put_requirement, self.put_due_on)
        more = (
            PutCondition(one["standard"], one["requirement"], date.fromisoformat(one["due_on"]))
            for one in self.put_more or ()
        )
        return [first, *more]

    @property
    def owes_statements(self) -> bool:
        """Whether we still send statements before the hearing."""
        return self.hearing_on is not None and self.statements_on is None and self.barred_on is None

    @property
    def owes_representations(self) -> bool:
        """Whether we still send written representations before the hearing."""
        return self.hearing_on is not None and self.representations_on is None and self.barred_on is None

    @property
    def appellant_owes_statements(self) -> bool:
        """Whether the appellant has not said that it sent its statements for the hearing."""
        return self.hearing_on is not None and not self._has_sent(SubmissionKind.STATEMENTS)

    @property
    def appellant_owes_representations(self) -> bool:
        """Whether the appellant has not said that it sent its representations for the hearing."""
        return self.hearing_on is not None and not self._has_sent(SubmissionKind.REPRESENTATIONS)

    def _has_sent(self, kind: SubmissionKind) -> bool:
        return self.submissions.filter(kind=kind).exists()

    @property
    def organisation(self) -> Organisation:
        return self.decision.organisation

    @property
    def scheme(self) -> str:
        return self.decision.subject.scheme


class AppealSubmission(CoveredModel):
    """What the appellant says that it sent to the tribunal for the hearing. Its copies are documents about the appeal."""

    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="submissions")
    kind = models.CharField(max_length=20, choices=SubmissionKind)
    sent_on = models.DateField(help_text="the day on which the appellant sent it, as it says")
    told_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(name="submission_of_appeal", fields=["appeal", "told_at"])]

    def __str__(self) -> str:
        return f"{self.appeal} {self.kind}"


class AppealBundleQuerySet(models.QuerySet["AppealBundle"]):
    def unfinished(self) -> "AppealBundleQuerySet":
        return self.filter(finished_at=None)

    def newest_of(self, appeal: Appeal) -> "AppealBundle | None":
        return self.filter(appeal=appeal).order_by("-asked_at", "-pk").first()


class AppealBundle(models.Model):
    """One bundle that somebody has asked for: waiting, being made, ready, or refused with the reasons."""

    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="bundles")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    stored_as = models.CharField(max_length=64, blank=True, help_text="empty: not made, or removed after its time")
    sha256 = models.CharField(max_length=64, blank=True)
    contents = models.JSONField(default=dict, help_text="the letters and documents in it, and how much was left out")
    refused = models.JSONField(default=list, help_text="why it could not be made, in sentences")

    objects = AppealBundleQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(name="bundle_newest", fields=["appeal", "-asked_at"])]

    def __str__(self) -> str:
        return f"{self.appeal_id} {self.asked_at:%Y-%m-%d %H:%M}"

    @property
    def is_waiting(self) -> bool:
        return self.finished_at is None

    @property
    def is_ready(self) -> bool:
        return bool(self.stored_as)
