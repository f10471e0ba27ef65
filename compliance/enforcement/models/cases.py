"""Supply without a licence and whoever uses it: cases, offences and what shows them, notices to labour users.

It never touches a licence. Nothing of it is published. Whoever proposes does not approve (migration of the triggers:
`two_act_together`; docs/decisions/0057).
"""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from compliance.enforcement.states.cases import UNLICENSED_CASE, CaseStatus
from registry.conflicts.models import Conflict
from registry.tasks.models import Task
from registry.trail.models.covered import CoveredModel, CoveredQuerySet

if TYPE_CHECKING:
    from registry.accounts.models import User


class CaseTarget(models.TextChoices):
    SUPPLIER = "supplier", _("Supplier without a licence")
    USER = "user", _("A labour user who was supplied")


class CaseOutcome(models.TextChoices):
    PROSECUTION = "prosecution", _("Refer to the prosecutor")
    UNDERTAKING = "undertaking", _("An undertaking or an order is enough")
    WARNING = "warning", _("A notice or a warning is enough")
    NOTHING = "nothing", _("No further action")


class CaseResult(models.TextChoices):
    CONVICTED = "convicted", _("Convicted")
    ACQUITTED = "acquitted", _("Acquitted")
    CAUTION = "caution", _("Cautioned")
    NOT_PURSUED = "not_pursued", _("The prosecutor does not pursue it")


class ElementProof(models.TextChoices):
    NOT_YET = "not_yet", _("Not shown yet")
    YES = "yes", _("Shown")
    NO = "no", _("Cannot be shown")


class StepTaken(models.TextChoices):
    """What a labour user did to find out (2004 Act, s.13(2))."""

    REGISTER = "register", _("Looked in the register")
    FORMAL_CHECK = "formal_check", _("Made a formal check")
    COPY = "copy", _("Asked for the certificate of the licence")
    ASKED_US = "asked_us", _("Asked the authority")
    NOTHING = "nothing", _("Says that nothing was done")


class LadderStep(models.TextChoices):
    NOTICE = "notice", _("Enforcement notice")
    WARNING = "warning", _("Formal warning")


CASE_STATUSES: list[tuple[str, str | Promise]] = [
    (CaseStatus.OPEN.value, _("Being looked into")),
    (CaseStatus.PROPOSED.value, _("Outcome proposed")),
    (CaseStatus.REFERRED.value, _("With the prosecutor")),
    (CaseStatus.CLOSED.value, _("Closed")),
]


class UnlicensedCaseQuerySet(CoveredQuerySet["UnlicensedCase"]):
    def visible_to(self, user: "User") -> "UnlicensedCaseQuerySet":
        """Analysts, deciders, managers and auditors see all, an inspector their own and those of which they have a task; nobody
        what they have a conflict with.
        """
        if user.has_perm("compliance.view_enforcement"):
            return self.open_to(user)
        if user.has_perm("compliance.work_enforcement"):
            return self.open_to(user).filter(Q(officer=user) | Q(pk__in=self._of_tasks(user)))
        return self.none()

    def _of_tasks(self, user: "User") -> "models.QuerySet[UnlicensedCase, int]":
        """The keys of those of which, or of whose undertakings or orders, this person has a task."""
        own, undertakings, orders = (
            Task.objects.subjects_for(user, name) for name in ("unlicensedcase", "undertaking", "convictionorder")
        )
        found = Q(pk__in=own) | Q(undertakings__in=undertakings) | Q(conviction_orders__in=orders)
        return self.model._base_manager.filter(found).values_list("pk", flat=True)

    def open_to(self, officer: "User") -> "UnlicensedCaseQuerySet":
        return self.exclude(organisation__in=Conflict.objects.organisations_of(officer))


class UnlicensedCase(CoveredModel):
    """One organisation, or a supplier of whom only a description is known, and what it may have done."""

    lifecycle = UNLICENSED_CASE

    reference = models.CharField(max_length=20, unique=True)
    status = models.CharField(max_length=20, choices=CASE_STATUSES, default=UNLICENSED_CASE.first)
    against = models.CharField(max_length=10, choices=CaseTarget)
    organisation = models.ForeignKey(
        "registry.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="unlicensed_cases"
    )
    described = models.TextField(blank=True, help_text="what is known of a supplier who has no file")
    scheme = models.CharField(max_length=60)
    version = models.DateField()
    report = models.ForeignKey("compliance.Report", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    intelligence = models.ForeignKey(
        "compliance.Intelligence", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    inspection = models.ForeignKey(
        "compliance.Inspection", null=True, blank=True, on_delete=models.PROTECT, related_name="unlicensed_cases"
    )
    disclosed = models.TextField(blank=True, help_text="what whoever it is about told by itself")
    officer = models.ForeignKey("registry.User", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    outcome = models.CharField(max_length=20, choices=CaseOutcome, blank=True)
    proposed_by = models.ForeignKey("registry.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(null=True, blank=True)
    proposed_because = models.TextField(blank=True)
    approved_by = models.ForeignKey("registry.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_because = models.TextField(blank=True)
    result = models.CharField(max_length=20, choices=CaseResult, blank=True)
    result_on = models.DateField(null=True, blank=True)
    sentence = models.TextField(blank=True)

    objects = UnlicensedCaseQuerySet.as_manager()

    class Meta:
        permissions = [
            ("view_enforcement", "See every case of supply without a licence"),
            ("work_enforcement", "Open and work on cases of supply without a licence, and draft undertakings"),
            ("approve_enforcement", "Approve as a second person what is proposed in such a case"),
        ]
        constraints = [
            models.CheckConstraint(
                name="case_is_about_somebody", condition=Q(organisation__isnull=False) | ~Q(described="")
            ),
            models.CheckConstraint(
                name="case_begins_somewhere",
                condition=Q(report__isnull=False)
                | Q(intelligence__isnull=False)
                | Q(inspection__isnull=False)
                | ~Q(disclosed=""),
            ),
            models.CheckConstraint(
                name="case_approved_by_another", condition=Q(approved_by=None) | ~Q(approved_by=F("proposed_by"))
            ),
            models.CheckConstraint(
                name="case_outcome_takes_two",
                condition=~Q(status__in=["referred", "closed"])
                | Q(proposed_by__isnull=False, approved_by__isnull=False, outcome__gt="", approved_because__gt=""),
            ),
            models.CheckConstraint(
                name="case_proposed_says_why",
                condition=~Q(status="proposed") | Q(proposed_by__isnull=False, outcome__gt="", proposed_because__gt=""),
            ),
            models.CheckConstraint(
                name="case_referred_to_be_prosecuted", condition=~Q(status="referred") | Q(outcome="prosecution")
            ),
            models.CheckConstraint(
                name="case_result_has_a_day",
                condition=Q(result="", result_on=None) | Q(result__gt="", result_on__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="unlicensed_newest", fields=["-opened_at", "-id"]),
            models.Index(name="unlicensed_by_status", fields=["status", "-opened_at", "-id"]),
        ]

    @property
    def last_file_by(self) -> "User | None":
        """Who put the last file for the prosecutor together."""
        last = self.files.select_related("made_by").order_by("-number").first()
        return last.made_by if last else None

    @property
    def name(self) -> str:
        return str(self.organisation) if self.organisation else self.described[:80]


class CaseOffence(CoveredModel):
    """An offence of the pack that the case is about."""

    case = models.ForeignKey(UnlicensedCase, on_delete=models.PROTECT, related_name="offences")
    code = models.CharField(max_length=20)
    committed_from = models.DateField(null=True, blank=True, help_text="the day, or the first of several")
    committed_until = models.DateField(null=True, blank=True, help_text="the last of several days")
    place = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey("registry.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="case_offence_once", fields=["case", "code"])]

    def __str__(self) -> str:
        return f"{self.case}: {self.code}"


class CaseElement(CoveredModel):
    """Whether one element of an offence is shown, by what evidence, and where that is kept."""

    offence = models.ForeignKey(CaseOffence, on_delete=models.PROTECT, related_name="elements")
    code = models.CharField(max_length=30)
    shown = models.CharField(max_length=10, choices=ElementProof)
    evidence = models.TextField(blank=True)
    kept_at = models.CharField(max_length=200, blank=True, help_text="references of inspections, documents, exhibits")
    by = models.ForeignKey("registry.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="case_element_once", fields=["offence", "code"]),
            models.CheckConstraint(
                name="case_element_shown_by_evidence", condition=Q(shown="not_yet") | ~Q(evidence="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offence}, {self.code}: {self.shown}"


class ReasonableStep(CoveredModel):
    """Something that a labour user did, or did not do, to find out whether there was a licence (2004 Act, s.13(2))."""

    case = models.ForeignKey(UnlicensedCase, on_delete=models.PROTECT, related_name="reasonable_steps")
    kind = models.CharField(max_length=20, choices=StepTaken)
    receipt = models.CharField(max_length=40, blank=True, help_text="number of the receipt that the labour user shows")
    on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)
    by = models.ForeignKey("registry.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="formal_check_has_a_receipt", condition=~Q(kind="formal_check", receipt=""))
        ]

    def __str__(self) -> str:
        return f"{self.case}: {self.kind}"


class UserNotice(CoveredModel):
    """A step of the ladder: a notice or a warning to a labour user, by a letter that is kept as sent."""

    case = models.ForeignKey(UnlicensedCase, on_delete=models.PROTECT, related_name="user_notices")
    step = models.CharField(max_length=10, choices=LadderStep)
    supplier = models.TextField(help_text="who supplied, as the letter says it")
    because = models.TextField()
    letter = models.ForeignKey("registry.Letter", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("registry.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    acknowledged_on = models.DateField(null=True, blank=True)
    acknowledged_how = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="user_notice_says_why", condition=~Q(because="") & ~Q(supplier="")),
            models.CheckConstraint(
                name="user_notice_acknowledged_somehow",
                condition=Q(acknowledged_on=None, acknowledged_how="")
                | Q(acknowledged_on__isnull=False, acknowledged_how__gt=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case}: {self.step}"
