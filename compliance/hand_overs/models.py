"""What a report or a piece of intelligence leads to: who must act on it, the text that they may read, and what followed."""

from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.text import format_lazy

from compliance.hand_overs.states import (
    HAND_OVER,
    HANDLES,
    RECORDS,
    SEES,
    HandOverResult,
    HandOverStatus,
    HandOverTo,
    HandOverVerdict,
)
from registry.agencies.models import AgencyChannel
from registry.conflicts.models import Conflict
from registry.trail.models.covered import CoveredModel, CoveredQuerySet
from registry.waits import TaskPriority

if TYPE_CHECKING:
    from registry.accounts.models import User


class HandOverQuerySet(CoveredQuerySet["HandOver"]):
    def visible_to(self, user: "User") -> "HandOverQuerySet":
        """Those who act on them and those who hand over: none about an organisation they have a conflict of interest with.

        What goes to another authority is between it and those who handle reports; those who only record intelligence see
        what it was handed over for.
        """
        if not user.has_perm(SEES):
            return self.none()
        conflicts = Conflict.objects.organisations_of(user)
        seen = self.exclude(organisation__in=conflicts).exclude(intelligence__subjects__organisation__in=conflicts)
        if user.has_perm(HANDLES):
            return seen
        return seen.filter(report=None) if user.has_perm(RECORDS) else seen.exclude(to=HandOverTo.AUTHORITY)

    def for_partner(self, user: "User") -> "HandOverQuerySet":
        """What was passed on to the authority that this person answers for."""
        if not user.has_perm("compliance.receive_intelligence") or user.agency_id is None:
            return self.none()
        return self.filter(agency=user.agency_id, passed_on_at__isnull=False)

    def open(self) -> "HandOverQuerySet":
        return self.filter(status__in=(HandOverStatus.OPEN, HandOverStatus.UNDER_WAY, HandOverStatus.ASKED))


class HandOver(CoveredModel):
    """One report or piece of intelligence in the hands of who can act on it: with a text written for them, never with what it is from."""

    lifecycle = HAND_OVER

    reference = models.CharField(max_length=20, unique=True)
    report = models.ForeignKey(
        "compliance.Report", null=True, blank=True, on_delete=models.PROTECT, related_name="hand_overs"
    )
    intelligence = models.ForeignKey(
        "compliance.Intelligence", null=True, blank=True, on_delete=models.PROTECT, related_name="hand_overs"
    )
    to = models.CharField(max_length=20, choices=HandOverTo)
    status = models.CharField(max_length=20, choices=HandOverStatus, default=HAND_OVER.first)
    organisation = models.ForeignKey(
        "registry.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    licence_number = models.CharField(max_length=8, blank=True)
    scheme = models.CharField(max_length=60)
    text = models.TextField(help_text="cleared for who acts: nothing that says who reported it")
    agency = models.ForeignKey("registry.Agency", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    basis = models.TextField(blank=True, help_text="the legal basis on which another authority is told")
    handed_by = models.ForeignKey("registry.User", on_delete=models.PROTECT, related_name="+")
    handed_at = models.DateTimeField()
    passed_on_at = models.DateTimeField(null=True, blank=True)
    answer_by = models.DateField(
        null=True, blank=True, help_text="the day until which the other authority was given time"
    )
    inspection = models.ForeignKey(
        "compliance.Inspection", null=True, blank=True, on_delete=models.PROTECT, related_name="hand_overs"
    )
    decision = models.CharField(max_length=20, blank=True, help_text="reference of the decision that was proposed")
    result = models.CharField(max_length=20, choices=HandOverResult, blank=True)
    standards = models.JSONField(default=list, blank=True, help_text="codes of the standards not met")
    answer_text = models.TextField(blank=True, help_text="why nothing is done, or what the other authority replied")
    answered_by = models.ForeignKey("registry.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    noted_by = models.ForeignKey("registry.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(null=True, blank=True)
    verdict = models.CharField(
        max_length=20, choices=HandOverVerdict, blank=True, help_text="what the result says of the intelligence"
    )

    objects = HandOverQuerySet.as_manager()

    class Meta:
        permissions = [("view_hand_overs", "See what reports were handed over for, and what followed")]
        constraints = [
            models.CheckConstraint(
                name="hand_over_has_one_origin",
                condition=Q(report__isnull=False, intelligence=None) | Q(report=None, intelligence__isnull=False),
            ),
            # Another authority is given intelligence on the conditions of its handling code, which it accepts first.
            models.CheckConstraint(
                name="hand_over_of_intelligence_stays_here", condition=Q(intelligence=None) | ~Q(to="agency")
            ),
            models.CheckConstraint(name="hand_over_has_a_cleared_text", condition=~Q(text="")),
            models.CheckConstraint(
                name="hand_over_to_authority_says_which_and_why",
                condition=~Q(to="agency") | (Q(agency__isnull=False) & ~Q(basis="")),
            ),
            models.CheckConstraint(
                name="hand_over_answered_by_someone",
                condition=~Q(status="answered") | (~Q(result="") & Q(answered_by__isnull=False)),
            ),
            models.UniqueConstraint(
                name="hand_over_once_open",
                fields=["report", "to"],
                condition=Q(status__in=["open", "under_way", "asked"]),
            ),
            models.UniqueConstraint(
                name="hand_over_of_intelligence_once_open",
                fields=["intelligence", "organisation", "to"],
                condition=Q(status__in=["open", "under_way", "asked"]),
            ),
        ]
        indexes = [models.Index(name="hand_over_newest", fields=["-handed_at", "-id"])]

    def __str__(self) -> str:
        return self.reference

    @property
    def result_in_words(self) -> str | Promise:
        """What followed, with the codes of the standards that were not met."""
        words: str | Promise = self.get_result_display() if self.result else ""
        return (
            format_lazy("{words}: {codes}", words=words, codes=", ".join(self.standards)) if self.standards else words
        )

    @property
    def origin(self) -> "HandOver":
        """What is approved before a guarded authority is told, as of what was passed on of intelligence it is the intelligence."""
        return self

    @property
    def is_from_report(self) -> bool:
        return self.report_id is not None

    @property
    def is_from_intelligence(self) -> bool:
        return self.intelligence_id is not None

    @property
    def tells_of_grade(self) -> bool:
        """Whether the result says something of the intelligence, so that it may be graded again."""
        return self.verdict not in ("", HandOverVerdict.CANNOT_TELL)

    @property
    def handled_with(self) -> str:
        """The permission of those who hand it over, take it back and read the result."""
        return RECORDS if self.is_from_intelligence else HANDLES

    @property
    def is_for_visit(self) -> bool:
        return self.to == HandOverTo.VISIT

    @property
    def is_for_licensing(self) -> bool:
        return self.to == HandOverTo.LICENSING

    @property
    def is_for_authority(self) -> bool:
        return self.to == HandOverTo.AUTHORITY

    @property
    def is_answered_here(self) -> bool:
        """Whether people of the other authority sign in and answer for it."""
        return self.agency is not None and self.is_for_authority and self.agency.way == AgencyChannel.ACCOUNT

    @property
    def is_answered_by_post(self) -> bool:
        return self.is_for_authority and not self.is_answered_here

    @property
    def case_officer(self) -> "User | None":
        """Of the licence: licensing says who (`officer_of_licence` of its configuration). No one where there is no licence."""
        for config in apps.get_app_configs():
            path: str = getattr(config, "officer_of_licence", "")
            if path and self.licence_number:
                found: User | None = import_string(path)(self.licence_number)
                return found
        return None

    @property
    def task_priority(self) -> TaskPriority:
        """As urgent as the report; intelligence that cannot wait is reported as a danger."""
        if self.report is None:
            return TaskPriority.NORMAL
        priority: TaskPriority = self.report.task_priority
        return priority
