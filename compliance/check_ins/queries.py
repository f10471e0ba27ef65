"""Who is on a visit now, and who should have checked out."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compliance.check_ins.models import Stay, StayQuerySet
from compliance.check_ins.states import StayStatus
from compliance.danger.models import DangerOutcome, DangerSign, DangerSource
from compliance.inspections.models import Inspection
from compliance.inspections.states import InspectionStatus
from compliance.plans.models import VisitPlan
from compliance.plans.rules import needs_second_officer
from registry import schemes
from registry.accounts.models import User
from registry.trail.queries.history import Words

WORDS: Words = {
    "stay": {
        "check_in": _("Checked in to the visit"),
        "stay_longer": _("Stays longer on the visit"),
        "miss_check_out": _("Did not check out in time: alarm raised"),
        "check_out": _("Checked out of the visit"),
    }
}


def stays_of(inspection: Inspection) -> StayQuerySet:
    return Stay.objects.filter(inspection=inspection).select_related("officer").order_by("-arrived_at", "-pk")


def own_stay(officer: User, reference: str = "") -> Stay | None:
    """The stay of this officer that is not over: of the visit of this reference, or of any.

    Who is there may check out, also when the visit was given to someone else meanwhile.
    """
    going_on = Stay.objects.of(officer).going_on().select_related("inspection__organisation", "inspection__inspector")
    return (going_on.filter(inspection__reference=reference) if reference else going_on).first()


def stays_since(officer: User, at: datetime) -> bool:
    """Whether this officer came to a visit, or left one, after this moment."""
    return Stay.objects.of(officer).filter(Q(arrived_at__gt=at) | Q(left_at__gt=at)).exists()


def needed_two_before(inspection: Inspection) -> bool:
    """Whether the last plan of another visit to the business asked for two officers, or an officer raised the alarm on one.

    Of a visit that no one makes any more it is not asked.
    """
    if inspection.status != InspectionStatus.COMMISSIONED:
        return False
    others = Inspection.objects.filter(organisation=inspection.organisation).exclude(pk=inspection.pk)
    plan = VisitPlan.objects.filter(inspection__in=others).order_by("-day", "-pk").first()
    if plan is not None and needs_second_officer(plan.risk, plan.two_officers, ()):
        return True
    raised = DangerSign.objects.filter(inspection__in=others, source=DangerSource.OFFICER)
    return raised.exclude(outcome=DangerOutcome.NONE).exists()


def grace(on: datetime) -> timedelta:
    """How long after the expected time the alarm is raised, as the pack says."""
    return timedelta(minutes=schemes.first_in_force(timezone.localdate(on)).tasks.alarm.check_out_minutes)


def overdue(at: datetime) -> StayQuerySet:
    return Stay.objects.filter(status=StayStatus.ON_SITE, expected_at__lt=at - grace(at)).order_by("expected_at", "pk")
