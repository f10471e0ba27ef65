"""Work lists: whose turn it is, and what can be found among applications, decisions and licences."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import Case, Count, Q, QuerySet, Value, When
from django.utils.translation import get_language

from licensing.filters import ApplicationFilter, DecisionFilter, LicenceFilter
from licensing.models import Application, Decision
from licensing.rules.applications import IN_HAND
from licensing.states import DecisionStatus
from registry import schemes
from registry.models import Licence, User
from registry.schemes import said

OPEN_DECISIONS = (DecisionStatus.PROPOSED, DecisionStatus.NOTIFIED)


def applications(params: Mapping[str, Any], *, by: User, on: date) -> ApplicationFilter:
    """The applications that this person may see: those in hand first, the longest waiting at the top."""
    checks = Count("checks", filter=Q(checks__result=""))
    overdue = Count("checks", filter=Q(checks__result="", checks__due_on__lt=on))
    rows = (
        Application.objects.visible_to(by)
        .exclude(status="draft")
        .select_related("organisation", "case_officer")
        .prefetch_related("payments")
        .annotate(open_checks=checks, overdue_checks=overdue)
    )
    return ApplicationFilter(
        params,
        applications=rows.order_by(*_ordering(params, APPLICATIONS_BY, IN_HAND, "submitted_at")),
        officers=case_officers(),
        sectors=sectors(on),
        by=by,
        on=on,
    )


def decisions(params: Mapping[str, Any], *, by: User, on: date) -> DecisionFilter:
    """The decisions that this person may see: open ones first, the oldest proposal at the top."""
    rows = Decision.objects.visible_to(by).select_related(
        "application__organisation", "licence__organisation", "proposed_by", "decided_by"
    )
    ordering = _ordering(params, DECISIONS_BY, OPEN_DECISIONS, "proposed_at")
    return DecisionFilter(params, decisions=rows.order_by(*ordering), by=by, on=on)


def licences(params: Mapping[str, Any], *, on: date) -> LicenceFilter:
    """Every licence: active ones first, by number."""
    rows = Licence.objects.select_related("organisation").annotate(
        open_conditions=Count("conditions", filter=Q(conditions__status="open"))
    )
    ordering = _ordering(params, LICENCES_BY, ("active",), "number")
    return LicenceFilter(params, licences=rows.order_by(*ordering), sectors=sectors(on), on=on)


def case_officers() -> "QuerySet[User]":
    """Everybody to whom a case may be given."""
    permission = Permission.objects.filter(codename="assess_application", content_type__app_label="licensing")
    return User.objects.filter(is_active=True, groups__permissions__in=permission).distinct().order_by("name", "email")


def applications_waiting_for(user: User) -> int:
    """How many applications wait for this case officer: in their hands, and not waiting for the applicant."""
    return user.applications_in_hand.filter(status="assessing").count()


def decisions_waiting_for(user: User, on: date) -> int:
    """How many decisions this person may take today."""
    return Decision.objects.for_decision_by(user, on).count()


def sectors(on: date) -> dict[str, str]:
    """The sectors of the schemes in force, in the reader's language."""
    found: dict[str, str] = {}
    for name in schemes.names():
        if min(schemes.versions(name)) <= on:
            found |= {one.code: said(one.title, get_language()) for one in schemes.in_force(name, on).sectors}
    return found


APPLICATIONS_BY = {
    "name": "organisation__legal_name",
    "submitted": "submitted_at",
    "status": "status",
    "officer": "case_officer__name",
}
DECISIONS_BY = {"proposed": "proposed_at", "kind": "kind", "status": "status", "reply": "reply_by"}
LICENCES_BY = {"number": "number", "name": "organisation__legal_name", "until": "valid_until", "status": "status"}


def _ordering(
    params: Mapping[str, Any], by: Mapping[str, str], first: tuple[str, ...] | frozenset[Any], then: str
) -> tuple[Any, ...]:
    sort = str(params.get("sort", ""))
    if field := by.get(sort.removeprefix("-")):
        return ("-" if sort.startswith("-") else "") + field, "pk"
    return Case(When(status__in=first, then=Value(0)), default=Value(1)), then, "pk"
