"""What an inspection found that licensing must consider."""

from django.db import models
from django.db.models import F, Q

from compliance.inspections.models import Inspection
from licensing.applications.models import Application
from licensing.findings.states import FINDING, PROPOSES, SEES, FindingStatus
from registry.accounts.models import User
from registry.conflicts.models import Conflict
from registry.licences.models import Licence
from registry.organisations.models import Organisation
from registry.trail.models.covered import CoveredModel, CoveredQuerySet


class FindingQuerySet(CoveredQuerySet["FindingToConsider"]):
    def visible_to(self, user: User) -> "FindingQuerySet":
        """Who sees decisions sees these: none about an organisation they have a conflict of interest with."""
        if not user.has_perm(SEES):
            return self.none()
        return self.exclude(organisation__in=Conflict.objects.organisations_of(user))

    def unconsidered(self) -> "FindingQuerySet":
        return self.exclude(status=FindingStatus.CONSIDERED)


class FindingToConsider(CoveredModel):
    """A confirmed inspection that failed, or found a critical standard not met: it ends by a proposal, or by no action for a reason."""

    lifecycle = FINDING

    inspection = models.OneToOneField(Inspection, on_delete=models.PROTECT, related_name="finding")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    application = models.ForeignKey(
        Application, null=True, blank=True, on_delete=models.PROTECT, related_name="findings"
    )
    licence = models.ForeignKey(Licence, null=True, blank=True, on_delete=models.PROTECT, related_name="findings")
    status = models.CharField(max_length=20, choices=FindingStatus, default=FINDING.first)
    points = models.PositiveIntegerField(help_text="the score of the inspection")
    failed = models.BooleanField(help_text="the score says refuse or revoke: no action takes two people")
    critical = models.JSONField(default=list, blank=True, help_text="codes of the critical standards not met")
    opened_at = models.DateTimeField()
    decision = models.ForeignKey(
        "licensing.Decision", null=True, blank=True, on_delete=models.PROTECT, related_name="findings"
    )
    no_action_because = models.TextField(blank=True)
    proposed_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="who proposed no action"
    )
    proposed_at = models.DateTimeField(null=True, blank=True)
    considered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    considered_at = models.DateTimeField(null=True, blank=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "findings to consider"
        constraints = [
            # Two people, in the database as well as in the rules (docs/rules.md G7).
            models.CheckConstraint(
                name="finding_no_action_confirmed_by_another",
                condition=~Q(status="considered", failed=True, decision=None)
                | (Q(proposed_by__isnull=False) & ~Q(considered_by=F("proposed_by"))),
            ),
            models.CheckConstraint(
                name="finding_considered_has_an_answer",
                condition=~Q(status="considered") | Q(decision__isnull=False) | ~Q(no_action_because=""),
            ),
        ]
        indexes = [
            models.Index(name="finding_of_licence", fields=["licence", "status"]),
            models.Index(name="finding_of_application", fields=["application", "status"]),
        ]

    @property
    def reference(self) -> str:
        """That of the inspection: there is one for each."""
        return self.inspection.reference

    @property
    def scheme(self) -> str:
        return self.inspection.scheme

    @property
    def case_officer(self) -> User | None:
        """The officer who assesses the application, or assessed the newest one of the licence; no one if they may not act on it now."""
        if self.application is not None:
            return free_to_act(self.application.case_officer, self.organisation)
        return officer_of_licence(self.licence) if self.licence else None


def officer_of_licence(licence: Licence) -> User | None:
    """The officer who assessed the newest application of the licence, if they may act on it now."""
    newest = licence.applications.exclude(case_officer=None).select_related("case_officer").order_by("-pk").first()
    return free_to_act(newest.case_officer, licence.organisation) if newest else None


def officer_of_number(number: str) -> User | None:
    """The same by the number of the licence: for a room below (`officer_of_licence` of the configuration)."""
    licence = Licence.objects.filter(number=number).select_related("organisation").first()
    return officer_of_licence(licence) if licence else None


def free_to_act(officer: User | None, organisation: Organisation) -> User | None:
    """The officer, if they still work here and have no conflict of interest with the organisation."""
    if officer is None or not officer.is_active or not officer.has_perm(PROPOSES):
        return None
    in_conflict = Conflict.objects.in_force().filter(officer=officer, organisation=organisation)
    return None if in_conflict.exists() else officer
