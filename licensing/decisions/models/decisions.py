"""What is proposed, heard and decided."""

from datetime import date

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from licensing.applications.models import Application
from licensing.decisions.models.grounds import Notice, Representation
from licensing.decisions.states import rows
from licensing.decisions.states.decisions import DECISION, NOT_AGREED, OPEN_DECISIONS, DecisionStatus
from licensing.decisions.states.kinds import DecisionKind, KindOfDecision
from licensing.holding.models import Transfer
from registry.accounts.models import User
from registry.conflicts.models import Conflict
from registry.fields import true_when
from registry.licences.models import Condition, Licence
from registry.organisations.models import Organisation
from registry.pagination import STILL_OPEN
from registry.refusals.states import CanBeRefused
from registry.trail.models.covered import CoveredModel, CoveredQuerySet


class DecisionQuerySet(CoveredQuerySet["Decision"]):
    def visible_to(self, user: User) -> "DecisionQuerySet":
        """Officers see all. The subject sees a decision about it once it has been notified or decided, never a proposal."""
        if user.has_perm("licensing.view_decisions"):
            return self.open_to(user)
        return self.about(Organisation.objects.acted_for_by(user))

    def open_to(self, officer: User) -> "DecisionQuerySet":
        """All but those on organisations with which this officer has a conflict of interest."""
        kept = Conflict.objects.organisations_of(officer)
        cases = Application.objects.filter(organisation__in=kept).values("pk")
        return (
            self.exclude(application__in=cases)
            .exclude(licence__in=Licence.objects.filter(organisation__in=kept).values("pk"))
            .exclude(transfer__in=Transfer.objects.filter(application__in=cases).values("pk"))
        )

    def about(self, organisations: models.QuerySet[Organisation]) -> "DecisionQuerySet":
        """The decisions on these organisations of which they have been told."""
        told = Q(notified_at__isnull=False) | Q(status=DecisionStatus.DECIDED)
        return self.filter(
            told, Q(application__organisation__in=organisations) | Q(licence__organisation__in=organisations)
        )

    def being_heard(self, day: date) -> "DecisionQuerySet":
        """Those of which the subject was told, and to which it may still reply on that day and has not."""
        answered = Exists(Representation.objects.filter(decision=OuterRef("pk")))
        return self.filter(~answered, status=DecisionStatus.NOTIFIED, reply_by__gte=day)

    def for_decision_by(self, user: User, day: date) -> "DecisionQuerySet":
        """Those that this person may take on that day: ripe, and neither proposed nor assessed by them."""
        if not user.has_perm("licensing.decide"):
            return self.none()
        heard = Q(immediate=True) | Q(reply_by__lt=day) | Q(Exists(_all_that_is_said()))
        ripe = Q(status=DecisionStatus.PROPOSED, kind__in=rows.UNHEARD) | Q(status=DecisionStatus.NOTIFIED) & heard
        mine = self.open_to(user).filter(STILL_OPEN, ripe)
        return mine.exclude(proposed_by=user).exclude(application__case_officer=user)


class Decision(CanBeRefused, CoveredModel):
    """What is proposed for an application or a licence, what the subject said, and what another person decided."""

    lifecycle = DECISION
    reason_reading = NOT_AGREED
    trail_adds = ("inspections",)
    waits_with = ("application", "condition", "transfer")

    reference = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=20, choices=DecisionKind)
    application = models.ForeignKey(
        Application, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions"
    )
    licence = models.ForeignKey(Licence, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions")
    condition = models.ForeignKey(
        Condition, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions", help_text="of the licence"
    )
    transfer = models.ForeignKey(
        Transfer, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions", help_text="of the licence"
    )
    status = models.CharField(max_length=20, choices=DecisionStatus, default=DECISION.first)
    is_over = true_when(~Q(status__in=list(OPEN_DECISIONS)))
    starts = models.DateField(null=True, blank=True, help_text="grant: first day of the licence")
    takes_effect = models.DateField(
        null=True,
        blank=True,
        help_text="suspend, revoke, surrender: first day without the licence; lift: first day with it again; "
        "a modification: first day on which it holds; a transfer: first day on which the other is licensed",
    )
    until = models.DateField(null=True, blank=True, help_text="suspend: last day of the suspension")
    immediate = models.BooleanField(default=False)
    immediate_because = models.TextField(blank=True, help_text="why it cannot wait; the subject reads it")
    because = models.TextField(help_text="why it is proposed; the subject reads it in the notice")
    inspections = models.ManyToManyField("compliance.Inspection", blank=True, related_name="decisions")
    points = models.PositiveIntegerField(null=True, blank=True, help_text="the score of the inspections relied on")
    score_proposes = models.CharField(max_length=30, blank=True)
    departs_because = models.TextField(blank=True, help_text="why the outcome departs from what the score proposes")
    weighed = models.TextField(blank=True, help_text="what the aggravating and mitigating factors rest on")
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="decisions_proposed")
    proposed_at = models.DateTimeField()
    notified_at = models.DateTimeField(null=True, blank=True, help_text="when the last notice was sent")
    reply_by = models.DateField(null=True, blank=True, help_text="last day for the subject to reply to the last notice")
    decided_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions_taken"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_because = models.TextField(blank=True, help_text="the reasons of whoever decided")
    despite = models.TextField(blank=True, help_text="why it was decided although something was open")
    appeal_by = models.DateField(null=True, blank=True, help_text="last day on which an appeal may arrive")
    not_agreed_because = models.TextField(blank=True, help_text="why the decision maker did not take what was proposed")
    not_agreed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    not_agreed_at = models.DateTimeField(null=True, blank=True)
    reason_read_at = models.DateTimeField(null=True, blank=True, help_text="when it was said that the reason was read")
    instead_of = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="instead",
        help_text="which was not agreed",
    )

    objects = DecisionQuerySet.as_manager()

    class Meta:
        permissions = [
            ("view_decisions", "See every decision"),
            ("propose_decision", "Propose a decision"),
            ("notify_decision", "Notify the subject of a proposed decision"),
            ("decide", "Take a decision that another has proposed"),
        ]
        constraints = [
            models.CheckConstraint(
                name="decision_has_one_subject",
                condition=Q(kind__in=list(rows.ON_APPLICATIONS), application__isnull=False, licence=None)
                | Q(kind__in=list(rows.ON_LICENCES), application=None, licence__isnull=False),
            ),
            models.CheckConstraint(
                name="decision_names_its_condition",
                condition=Q(kind__in=list(rows.ON_CONDITIONS), condition__isnull=False)
                | ~Q(kind__in=list(rows.ON_CONDITIONS)) & Q(condition=None),
            ),
            models.CheckConstraint(
                name="decision_names_its_transfer",
                condition=Q(kind__in=list(rows.ON_TRANSFERS), transfer__isnull=False)
                | ~Q(kind__in=list(rows.ON_TRANSFERS)) & Q(transfer=None),
            ),
            # Four eyes, in the database as well as in the rules (docs/rules.md G7).
            models.CheckConstraint(
                name="decision_taken_by_another", condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by"))
            ),
            models.CheckConstraint(
                name="decision_decided_has_decider",
                condition=Q(status="decided", decided_by__isnull=False, decided_at__isnull=False)
                | (~Q(status="decided") & Q(decided_by=None, decided_at=None)),
            ),
            models.CheckConstraint(
                name="decision_decided_has_reasons", condition=~Q(status="decided") | Q(decided_because__gt="")
            ),
            models.CheckConstraint(
                name="decision_adverse_was_notified",
                condition=~Q(status="decided")
                | Q(kind__in=list(rows.UNHEARD))
                | Q(notified_at__isnull=False, reply_by__isnull=False),
            ),
            models.UniqueConstraint(
                name="decision_one_open_on_application",
                fields=["application"],
                condition=Q(status__in=["proposed", "notified"], application__isnull=False),
            ),
            # What is proposed of one condition stands beside what is proposed of the licence itself.
            models.UniqueConstraint(
                name="decision_one_open_on_licence",
                fields=["licence"],
                condition=Q(status__in=["proposed", "notified"], licence__isnull=False, condition=None),
            ),
            models.UniqueConstraint(
                name="decision_one_open_on_condition",
                fields=["condition"],
                condition=Q(status__in=["proposed", "notified"], condition__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="decision_open_first", fields=["is_over", "proposed_at", "id", "status"]),
            models.Index(name="decision_by_day", fields=["proposed_at", "id"]),
            models.Index(name="decision_by_status", fields=["status", "is_over", "proposed_at", "id"]),
            models.Index(name="decision_by_kind", fields=["kind", "is_over", "proposed_at", "id"]),
            models.Index(name="decision_by_reply", fields=["reply_by", "id"]),
            models.Index(name="decision_by_appeal", fields=["status", "appeal_by", "id"]),
        ]

    @property
    def subject(self) -> Application | Licence:
        subject = self.application or self.licence
        assert subject is not None, "a constraint keeps that a decision has one subject"
        return subject

    @property
    def row(self) -> KindOfDecision:
        """All that follows from its kind."""
        return rows.KINDS[self.kind]

    @property
    def is_heard_first(self) -> bool:
        """Whether its subject is notified and can reply before it is decided."""
        return self.row.is_heard

    @property
    def notifier(self) -> User | None:
        """Who sends the notice unless another takes it: who proposed it; no one where a decision maker did, in place of another."""
        return self.proposed_by if self.instead_of_id is None else None

    @property
    def is_surrender(self) -> bool:
        """Whether its holder asked for it, to give the licence up."""
        return self.kind == DecisionKind.SURRENDER

    @property
    def reply_address(self) -> str:
        """Of the page where its subject replies."""
        if self.application is not None:
            return reverse("reply_about_application", args=[self.application.reference, self.reference])
        return reverse("reply_about_licence", args=[self.subject.reference, self.reference])

    @property
    def last_notice(self) -> Notice | None:
        """What the subject was last told; nothing before the first notice."""
        return self.notices.order_by("number").last()

    @property
    def scheme(self) -> str:
        return self.subject.scheme

    @property
    def organisation(self) -> Organisation:
        return self.subject.organisation

    @property
    def organisations(self) -> list[Organisation]:
        """Whom it is about: whoever takes part in it has a conflict of interest with none of them."""
        return self.transfer.organisations if self.transfer else [self.organisation]


def _all_that_is_said() -> models.QuerySet[Representation]:
    """Replies to the last notice after which the subject has nothing more to say."""
    whole = Representation.objects.filter(decision=OuterRef("pk"), is_whole=True)
    return whole.filter(notice__sent_at=OuterRef("notified_at"))
