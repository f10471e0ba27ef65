"""What is applied for, what was answered, and what is asked of the applicant.

An application that came on paper."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Literal

from django.db import models
from django.db.models import Q

from licensing.applications.states import APPLICATION, NOT_OVER, PAYABLE, TOLD_APPLICANT, ApplicationStatus, WaitingFor
from registry.accounts.models import User
from registry.conflicts.models import Conflict
from registry.fields import true_when
from registry.licences.models import Licence
from registry.organisations.models import Organisation
from registry.trail.models.covered import CoveredModel, CoveredQuerySet


class ApplicationQuerySet(CoveredQuerySet["Application"]):
    def visible_to(self, user: User) -> "ApplicationQuerySet":
        """Applicants see their own; the authority sees all that have been handed in: a draft is the applicant's."""
        own = self.acted_for_by(user)
        return self.handed_in().open_to(user) | own if user.has_perm("licensing.view_applications") else own

    def handed_in(self) -> "ApplicationQuerySet":
        return self.filter(submitted_at__isnull=False)

    def handed_in_to(self, user: User) -> "ApplicationQuerySet":
        """What a work list shows of all that this user may see: no drafts, whoever's they are."""
        found = self.open_to(user) if user.has_perm("licensing.view_applications") else self.acted_for_by(user)
        return found.handed_in()

    def open_to(self, officer: User) -> "ApplicationQuerySet":
        """All but those of organisations with which this officer has a conflict of interest."""
        return self.exclude(organisation__in=Conflict.objects.organisations_of(officer))

    def filled_in_by(self, user: User) -> "ApplicationQuerySet":
        """Those that this user may fill in: their own, and for whoever types in what came on paper, all of that in draft."""
        own = Q(organisation__in=Organisation.objects.acted_for_by(user))
        if user.has_perm("licensing.enter_paper_application"):
            own |= Q(paper__isnull=False, status=ApplicationStatus.DRAFT)
        return self.filter(own)

    def acted_for_by(self, user: User) -> "ApplicationQuerySet":
        """The applications of the organisations that this user acts for: what applicants' own pages show."""
        return self.filter(organisation__in=Organisation.objects.acted_for_by(user))


class Application(CoveredModel):
    """One organisation's request to be licensed under one scheme, judged by the version of the day it was handed in."""

    lifecycle = APPLICATION
    waits_with = ("renews",)
    #: On rows of a work list: how many working days it was in hand, or has been until today.
    age: int | None = None
    #: On rows of a work list: whose turn it is (`licensing.cases.filters`).
    turns: Sequence[WaitingFor] = ()

    reference = models.CharField(max_length=20, unique=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="applications")
    scheme = models.CharField(max_length=60)
    version = models.DateField(null=True, blank=True, help_text="pinned on submission")
    status = models.CharField(max_length=20, choices=ApplicationStatus, default=APPLICATION.first)
    # A column of its own, so that an index serves the lists that begin with what is in hand.
    is_over = true_when(~Q(status__in=list(NOT_OVER)))
    renews = models.ForeignKey(
        Licence,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="renewals",
        help_text="the licence that is to be renewed; none when a new one is asked for",
    )
    alters = models.ForeignKey(
        Licence,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="alterations",
        help_text="the licence that goes on and is to be altered",
    )
    altering = models.CharField(max_length=60, blank=True, help_text="code of the kind of change in the pack")
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
            ("enter_paper_application", "Type in an application that came on paper"),
            ("assess_application", "Take an application and assess it"),
            ("view_figures", "See the figures of the work"),
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
            models.UniqueConstraint(
                name="altering_one_open_each",
                fields=["alters", "altering"],
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
            models.Index(name="application_by_scheme", fields=["scheme", "is_over", "submitted_at", "id"]),
            models.Index(name="application_by_officer", fields=["case_officer", "is_over", "submitted_at", "id"]),
        ]

    @property
    def status_told(self) -> str:
        """Its status in the words of the applicant's own pages."""
        return str(TOLD_APPLICANT.get(ApplicationStatus(self.status), self.get_status_display()))

    @property
    def is_on_paper(self) -> bool:
        """Whether it came on paper, and was typed in here."""
        return hasattr(self, "paper")

    @property
    def typed_in_by(self) -> int | None:
        """The primary key of whoever typed in what came on paper."""
        return self.paper.entered_by_id if self.is_on_paper else None

    @property
    def fee_kind(self) -> Literal["application", "renewal"]:
        """Which of the scheme's fees it costs."""
        return "application" if self.renews_id is None else "renewal"

    @property
    def is_new(self) -> bool:
        """Whether it asks for something else than to renew a licence."""
        return self.renews_id is None

    @property
    def demanded_by(self) -> date | None:
        """The earliest day by which we have asked for more money than the fee, of what still counts."""
        demanded = [one.due_on for one in self.demands.all() if one.ended_at is None and one.amount]
        return min(demanded, default=None)

    @property
    def paid(self) -> Decimal:
        return sum((payment.amount for payment in self.payments.all()), Decimal(0))

    @property
    def owed(self) -> Decimal:
        """All that it costs: the fee, and what has been demanded since."""
        return sum((one.amount for one in self.demands.all() if one.ended_at is None), self.fee or Decimal(0))

    @property
    def still_to_pay(self) -> Decimal:
        return max(self.owed - self.paid, Decimal(0))

    @property
    def overpaid(self) -> Decimal:
        return max(self.paid - self.owed, Decimal(0))

    @property
    def awaits_payment(self) -> bool:
        """Whether somebody is to pay something now."""
        return self.status in PAYABLE and self.still_to_pay > 0


class Answer(CoveredModel):
    """What was answered on one page of the form; on an add-to-a-list page, for one item of the list."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="answers")
    page = models.CharField(max_length=60)
    item = models.CharField(max_length=12, blank=True, help_text="empty on a page that is not a list")
    data = models.JSONField(default=dict)
    is_complete = models.BooleanField(default=False)
    saved_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    part = models.ForeignKey(
        "licensing.Part",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="answers",
        help_text="the link by which the person answered for themselves; nobody then saved it for them",
    )
    saved_at = models.DateTimeField()
    version = models.BigIntegerField(default=0, help_text="the number of the event that saved it last")
    others_version = models.BigIntegerField(default=0, help_text="the version that somebody else than saved_by left")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="answer_once_an_item", fields=["application", "page", "item"]),
            models.CheckConstraint(
                name="answer_by_user_or_link",
                condition=Q(saved_by__isnull=False, part=None) | Q(saved_by=None, part__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} {self.page} {self.item}".strip()

    @property
    def saver(self) -> str:
        """Who saved it last: somebody who acts for the applicant, or the person whom it is about."""
        return str(self.saved_by) if self.saved_by else self.part.name if self.part else ""

    def is_news_to(self, user: User, *, opened: int) -> bool:
        """Whether somebody else has saved it since this user opened it in that version; 0 when there was nothing yet."""
        return opened < self.others_version if self.saved_by_id == user.pk else opened != self.version

    def version_of_others(self, user: User) -> int:
        """The version that somebody else than this user saved last."""
        return self.others_version if self.saved_by_id == user.pk else self.version


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


class Paper(CoveredModel):
    """That an application was typed in for its applicant: by whom, when the paper arrived, and where it is kept."""

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="paper")
    received_on = models.DateField()
    file_reference = models.CharField(max_length=60)
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.application} {self.file_reference}"
