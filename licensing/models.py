"""Applications, what is checked of them, and decisions."""

from datetime import date
from decimal import Decimal
from typing import Literal

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from licensing.states import (
    APPLICATION,
    DECISION,
    NOT_OVER,
    OPEN_DECISIONS,
    ApplicationStatus,
    CheckResult,
    DecisionKind,
    DecisionStatus,
)
from registry.models import Licence, Organisation, User
from registry.models.lists import STILL_OPEN


class ApplicationQuerySet(models.QuerySet["Application"]):
    def visible_to(self, user: User) -> "ApplicationQuerySet":
        """Applicants see their own; the authority sees all that have been handed in: a draft is the applicant's."""
        own = self.acted_for_by(user)
        return self.handed_in() | own if user.has_perm("licensing.view_applications") else own

    def handed_in(self) -> "ApplicationQuerySet":
        return self.filter(submitted_at__isnull=False)

    def handed_in_to(self, user: User) -> "ApplicationQuerySet":
        """What a work list shows of all that this user may see: no drafts, whoever's they are."""
        found = self if user.has_perm("licensing.view_applications") else self.acted_for_by(user)
        return found.handed_in()

    def acted_for_by(self, user: User) -> "ApplicationQuerySet":
        """The applications of the organisations that this user acts for: what applicants' own pages show."""
        return self.filter(organisation__in=Organisation.objects.acted_for_by(user))


class Application(models.Model):
    """One organisation's request to be licensed under one scheme, judged by the version of the day it was handed in."""

    lifecycle = APPLICATION

    reference = models.CharField(max_length=20, unique=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="applications")
    scheme = models.CharField(max_length=60)
    version = models.DateField(null=True, blank=True, help_text="pinned on submission")
    status = models.CharField(max_length=20, choices=ApplicationStatus, default=APPLICATION.first)
    # A column of its own, so that an index serves the lists that begin with what is in hand.
    is_over = models.GeneratedField(
        expression=~Q(status__in=list(NOT_OVER)),  # type: ignore[arg-type]
        output_field=models.BooleanField(),
        db_persist=True,
    )
    renews = models.ForeignKey(
        Licence,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="renewals",
        help_text="the licence that is to be renewed; none when a new one is asked for",
    )
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    signed_name = models.CharField(
        max_length=200, blank=True, help_text="the principal authority who signed the declaration"
    )
    facts = models.JSONField(
        default=dict, help_text="the answers by key as handed in: what conditions in the pack judge"
    )
    fee_band = models.CharField(max_length=10, blank=True)
    fee = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    payment_reference = models.CharField(max_length=12, unique=True, null=True, blank=True)
    case_officer = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="applications_in_hand"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    licence = models.ForeignKey(Licence, null=True, blank=True, on_delete=models.PROTECT, related_name="applications")

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        permissions = [
            ("apply", "Apply for a licence"),
            ("view_applications", "See every application that has been handed in"),
            ("assess_application", "Take an application and assess it"),
            ("assign_application", "Assign applications to case officers"),
            ("record_check", "Record the reply to a check"),
            ("ask_applicant", "Ask the applicant for what is missing"),
            ("record_payment", "Record a payment"),
        ]
        constraints = [
            models.CheckConstraint(
                name="application_handed_in_is_pinned",
                condition=Q(status__in=["draft", "withdrawn"])
                | Q(submitted_at__isnull=False, version__isnull=False, fee__isnull=False),
            ),
            models.CheckConstraint(
                name="application_granted_has_licence",
                condition=Q(status="granted", licence__isnull=False) | (~Q(status="granted") & Q(licence=None)),
            ),
            models.UniqueConstraint(
                name="renewal_one_open_each",
                fields=["renews"],
                condition=Q(status__in=list(NOT_OVER)),
            ),
        ]
        indexes = [
            models.Index(
                name="application_in_hand_first",
                fields=["is_over", "submitted_at", "id", "status"],
                condition=Q(submitted_at__isnull=False),
            ),
            models.Index(name="application_by_day", fields=["submitted_at", "id"]),
            models.Index(name="application_by_status", fields=["status", "is_over", "submitted_at", "id"]),
            models.Index(name="application_by_officer", fields=["case_officer", "is_over", "submitted_at", "id"]),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def fee_kind(self) -> Literal["application", "renewal"]:
        """Which of the scheme's fees it costs."""
        return "application" if self.renews_id is None else "renewal"

    @property
    def paid(self) -> Decimal:
        return sum((payment.amount for payment in self.payments.all()), Decimal(0))

    @property
    def still_to_pay(self) -> Decimal:
        return max((self.fee or Decimal(0)) - self.paid, Decimal(0))


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


class Answer(models.Model):
    """What was answered on one page of the form; on an add-to-a-list page, for one item of the list."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="answers")
    page = models.CharField(max_length=60)
    item = models.CharField(max_length=12, blank=True, help_text="empty on a page that is not a list")
    data = models.JSONField(default=dict)
    is_complete = models.BooleanField(default=False)
    saved_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="answer_once_an_item", fields=["application", "page", "item"])]

    def __str__(self) -> str:
        return f"{self.application} {self.page} {self.item}".strip()


class Payment(models.Model):
    """Money received for an application."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="payments")
    amount = models.DecimalField(max_digits=9, decimal_places=2)
    received_on = models.DateField()
    bank_reference = models.CharField(max_length=100)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="payment_is_positive", condition=Q(amount__gt=0)),
            models.UniqueConstraint(
                name="payment_recorded_once", fields=["application", "bank_reference", "received_on"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}: £{self.amount}"


class Check(models.Model):
    """One question put to one authority about one subject, and its reply. The restriction travels with the reply."""

    reference = models.CharField(max_length=20, unique=True)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="checks")
    code = models.CharField(max_length=60, help_text="of the check in the pack")
    subject = models.CharField(max_length=200)
    person = models.ForeignKey(
        "registry.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="checks"
    )
    sent_on = models.DateField()
    due_on = models.DateField()
    result = models.CharField(max_length=20, choices=CheckResult, blank=True)
    replied_on = models.DateField(null=True, blank=True)
    evidence = models.TextField(blank=True)
    handling = models.JSONField(default=dict, help_text="may_be_shown_to_subject, may_be_passed_on, note")
    recorded_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="check_result_has_recorder",
                condition=Q(result="", recorded_by=None) | (~Q(result="") & Q(recorded_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="check_adverse_has_evidence", condition=~Q(result="adverse") | Q(evidence__gt="")
            ),
        ]
        indexes = [models.Index(name="check_of_case", fields=["application", "result", "due_on"])]

    def __str__(self) -> str:
        return f"{self.application} {self.code}: {self.subject}"

    def is_overdue(self, day: date) -> bool:
        return not self.result and self.due_on < day


class CaseMark(models.Model):
    """Something that cases are looked for by and that is no column of theirs: a sector, a fee that has not arrived, an open check.

    Written by triggers alone, in the transaction of what it follows from. It repeats what lists of cases are ordered by,
    so that one index finds the cases with a mark in the order of the list.
    """

    UNPAID = "unpaid"
    UNANSWERED = "unanswered"

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="marks")
    mark = models.CharField(max_length=80)
    is_over = models.BooleanField()
    submitted_at = models.DateTimeField()
    due_on = models.DateField(null=True, help_text="unanswered: the day the first of its open checks was due")

    class Meta:
        constraints = [models.UniqueConstraint(name="case_mark_once", fields=["application", "mark"])]
        indexes = [
            models.Index(
                name="case_mark_in_hand_first", fields=["mark", "is_over", "submitted_at", "application", "due_on"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.mark}"

    @staticmethod
    def sector(code: str) -> str:
        return f"sector:{code}"


class InformationRequest(models.Model):
    """Something asked of the applicant, by when, and what was answered."""

    reference = models.CharField(max_length=20, unique=True)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="requests")
    question = models.TextField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="request_one_open_each", fields=["application"], condition=Q(answered_at=None))
        ]

    def __str__(self) -> str:
        return self.reference


class DecisionQuerySet(models.QuerySet["Decision"]):
    def visible_to(self, user: User) -> "DecisionQuerySet":
        """Officers see all. The subject sees a decision about it once it has been notified or decided, never a proposal."""
        if user.has_perm("licensing.view_decisions"):
            return self.all()
        return self.about(Organisation.objects.acted_for_by(user))

    def about(self, organisations: models.QuerySet[Organisation]) -> "DecisionQuerySet":
        """The decisions on these organisations of which they have been told."""
        told = Q(notified_at__isnull=False) | Q(status=DecisionStatus.DECIDED)
        return self.filter(
            told, Q(application__organisation__in=organisations) | Q(licence__organisation__in=organisations)
        )

    def for_decision_by(self, user: User, day: date) -> "DecisionQuerySet":
        """Those that this person may take on that day: ripe, and neither proposed nor assessed by them."""
        if not user.has_perm("licensing.decide"):
            return self.none()
        answered = Exists(Representation.objects.filter(decision=OuterRef("pk")))
        heard = Q(immediate=True) | Q(reply_by__lt=day) | Q(answered)
        ripe = Q(status=DecisionStatus.PROPOSED, kind=DecisionKind.GRANT) | Q(status=DecisionStatus.NOTIFIED) & heard
        return self.filter(STILL_OPEN, ripe).exclude(proposed_by=user).exclude(application__case_officer=user)


class Decision(models.Model):
    """What is proposed for an application or a licence, what the subject said, and what another person decided."""

    lifecycle = DECISION

    reference = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=20, choices=DecisionKind)
    application = models.ForeignKey(
        Application, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions"
    )
    licence = models.ForeignKey(Licence, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions")
    status = models.CharField(max_length=20, choices=DecisionStatus, default=DECISION.first)
    is_over = models.GeneratedField(
        expression=~Q(status__in=list(OPEN_DECISIONS)),  # type: ignore[arg-type]
        output_field=models.BooleanField(),
        db_persist=True,
    )
    starts = models.DateField(null=True, blank=True, help_text="grant: first day of the licence")
    takes_effect = models.DateField(null=True, blank=True, help_text="suspend, revoke: first day without the licence")
    until = models.DateField(null=True, blank=True, help_text="suspend: last day of the suspension")
    immediate = models.BooleanField(default=False)
    because = models.TextField()
    inspections = models.ManyToManyField("compliance.Inspection", blank=True, related_name="decisions")
    points = models.PositiveIntegerField(null=True, blank=True, help_text="the score of the inspections relied on")
    score_proposes = models.CharField(max_length=30, blank=True)
    departs_because = models.TextField(blank=True, help_text="why the outcome departs from what the score proposes")
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="decisions_proposed")
    proposed_at = models.DateTimeField()
    notified_at = models.DateTimeField(null=True, blank=True)
    reply_by = models.DateField(null=True, blank=True, help_text="last day for the subject to reply")
    decided_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions_taken"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    appeal_by = models.DateField(null=True, blank=True, help_text="last day on which an appeal may arrive")

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
                condition=Q(kind__in=["grant", "refuse"], application__isnull=False, licence=None)
                | Q(kind__in=["suspend", "revoke"], application=None, licence__isnull=False),
            ),
            # Four eyes, in the database as well as in the rules (trust.md G7).
            models.CheckConstraint(
                name="decision_taken_by_another", condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by"))
            ),
            models.CheckConstraint(
                name="decision_decided_has_decider",
                condition=Q(status="decided", decided_by__isnull=False, decided_at__isnull=False)
                | (~Q(status="decided") & Q(decided_by=None, decided_at=None)),
            ),
            models.CheckConstraint(
                name="decision_adverse_was_notified",
                condition=~Q(status="decided") | Q(kind="grant") | Q(notified_at__isnull=False, reply_by__isnull=False),
            ),
            models.UniqueConstraint(
                name="decision_one_open_on_application",
                fields=["application"],
                condition=Q(status__in=["proposed", "notified"], application__isnull=False),
            ),
            models.UniqueConstraint(
                name="decision_one_open_on_licence",
                fields=["licence"],
                condition=Q(status__in=["proposed", "notified"], licence__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="decision_open_first", fields=["is_over", "proposed_at", "id", "status"]),
            models.Index(name="decision_by_day", fields=["proposed_at", "id"]),
            models.Index(name="decision_by_status", fields=["status", "is_over", "proposed_at", "id"]),
            models.Index(name="decision_by_kind", fields=["kind", "is_over", "proposed_at", "id"]),
            models.Index(name="decision_by_reply", fields=["reply_by", "id"]),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def subject(self) -> Application | Licence:
        subject = self.application or self.licence
        assert subject is not None, "a constraint keeps that a decision has one subject"
        return subject

    @property
    def organisation(self) -> Organisation:
        return self.subject.organisation


class Ground(models.Model):
    """One thing relied on: the standard, what is wrong, and the evidence. What was not notified is not relied on."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="grounds")
    standard = models.CharField(max_length=10)
    text = models.TextField()
    evidence = models.TextField()
    notified_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="ground_has_evidence", condition=Q(evidence__gt="", text__gt="")),
        ]

    def __str__(self) -> str:
        return f"{self.decision} {self.standard}"


class ProposedCondition(models.Model):
    """A condition that comes with a grant."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="conditions")
    standard = models.CharField(max_length=10)
    requirement = models.TextField()
    due_on = models.DateField()

    def __str__(self) -> str:
        return f"{self.decision} {self.standard}"


class Representation(models.Model):
    """What the subject said to a notice."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="representations")
    text = models.TextField()
    received_at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.decision}, {self.received_at:%Y-%m-%d}"
