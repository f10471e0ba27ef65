"""Work lists: whose turn it is, and what can be found among applications, decisions and licences."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from licensing.filters import ApplicationFilter, ConditionFilter, DecisionFilter, LicenceFilter
from licensing.models import Application, Check, Decision, Message, ProposedCondition
from licensing.models.turns import asked
from licensing.states import IN_HAND, TURN_IN_LISTS, Turn
from registry import schemes
from registry.accounts.models import User
from registry.holidays import queries as registry_queries
from registry.holidays.models import Calendar
from registry.licences.models import Condition, Licence
from registry.licences.states import ConditionStatus
from registry.pagination import STILL_OPEN
from registry.schemes import said

# In which nation the officers work who must not let cases grow old.
OFFICE = Calendar.ENGLAND_AND_WALES


def applications(params: Mapping[str, Any], *, by: User, on: date) -> ApplicationFilter:
    """The applications that this person may see: those in hand first, the longest waiting at the top."""
    unanswered = Check.objects.filter(application=OuterRef("pk"), result="")
    rows = (
        Application.objects.handed_in_to(by)
        .select_related("organisation", "case_officer")
        .prefetch_related("payments", "demands")
        .annotate(
            open_checks=_how_many(unanswered, "application"),
            unread_messages=_how_many(
                Message.objects.unread_by_authority().filter(application=OuterRef("pk")), "application"
            ),
            overdue_checks=_how_many(unanswered.filter(due_on__lt=on), "application"),
            **asked(on),
        )
    )
    return ApplicationFilter(
        params,
        applications=rows,
        officers=case_officers(),
        sectors=sectors(on),
        schemes=schemes_offered(on),
        by=by,
        on=on,
        holidays=office_holidays(),
    )


def office_holidays() -> frozenset[date]:
    """The bank holidays by which the age of cases is counted: those of the office, wherever an applicant is."""
    return registry_queries.holidays(OFFICE)


def views_of_applications(user: User) -> list[tuple[Promise, str]]:
    """The ways to look at the list that everybody is offered: what each is called, and its filters."""
    in_hand = "&".join(f"status={status}" for status in IN_HAND)
    return [
        (_("All"), ""),
        (_("Nobody’s yet"), f"officer=nobody&{in_hand}"),
        (_("Mine"), f"officer=mine&{in_hand}"),
        *([(_("My team’s"), f"officer=team&{in_hand}")] if user.team else []),
        (_("Overdue"), "overdue=on"),
        *((format_lazy(_("Waiting for: {whom}"), whom=TURN_IN_LISTS[turn]), f"turn={turn}") for turn in Turn),
    ]


def views_of_decisions(user: User) -> list[tuple[Promise, str]]:
    return [
        (_("All"), ""),
        *([(_("For me to decide"), "mine=on")] if user.has_perm("licensing.decide") else []),
        (_("Proposed"), "status=proposed"),
        (_("Being heard"), "status=notified"),
    ]


def views_of_licences() -> list[tuple[Promise, str]]:
    return [
        (_("All"), ""),
        (_("In force today"), "term=in_force"),
        (_("Suspended today"), "term=suspended"),
        (_("With open conditions"), "conditions=on"),
        (_("Run out and not ended"), "term=run_out&status=active"),
    ]


def decisions(params: Mapping[str, Any], *, by: User, on: date) -> DecisionFilter:
    """The decisions that this person may see: open ones first, the oldest proposal at the top."""
    rows = Decision.objects.visible_to(by).select_related(
        "application__organisation", "licence__organisation", "proposed_by", "decided_by"
    )
    return DecisionFilter(params, decisions=rows, schemes=schemes_offered(on), by=by, on=on)


def licences(params: Mapping[str, Any], *, by: User, on: date) -> LicenceFilter:
    """The licences that this person may see: active ones first, by number."""
    unmet = Condition.objects.filter(licence=OuterRef("pk"), status=ConditionStatus.OPEN)
    rows = (
        Licence.objects.open_to(by).select_related("organisation").annotate(open_conditions=_how_many(unmet, "licence"))
    )
    return LicenceFilter(params, licences=rows, sectors=sectors(on), on=on)


def conditions(params: Mapping[str, Any], *, by: User, on: date) -> ConditionFilter:
    """The conditions of all licences that this person may see: open ones first, what is due first at the top.

    Each with who proposed it; a condition that came of no decision has nobody.
    """
    proposed = ProposedCondition.objects.filter(became=OuterRef("pk")).order_by("pk")
    rows = (
        Condition.objects.open_to(by)
        .select_related("licence__organisation")
        .annotate(officer=Subquery(proposed.values("decision__proposed_by__name")[:1]))
    )
    return ConditionFilter(
        params,
        conditions=rows,
        standards=standards(on),
        schemes=schemes_offered(on),
        officers=case_officers(),
        by=by,
        on=on,
    )


def views_of_conditions() -> list[tuple[Promise, str]]:
    return [
        (_("All"), ""),
        (_("Open"), "status=open"),
        (_("Overdue"), "due=overdue"),
        (_("Due within four weeks"), "due=soon"),
        (_("Mine"), "officer=mine&status=open"),
    ]


def standards(on: date) -> dict[str, str]:
    """The standards of the schemes in force, each with its number; of two schemes that share a number, both are said."""
    found: dict[str, list[str]] = {}
    for name in schemes.names():
        if min(schemes.versions(name)) <= on:
            for one in schemes.in_force(name, on).standards:
                title = said(one.title, get_language())
                found.setdefault(one.code, [])
                found[one.code] += [title] if title not in found[one.code] else []
    return {code: f"{code} {' / '.join(titles)}" for code, titles in sorted(found.items())}


def case_officers() -> "QuerySet[User]":
    """Everybody to whom a case may be given."""
    return User.objects.who_may("licensing.assess_application").order_by("name", "email")


def applications_waiting_for(user: User) -> int:
    """How many applications wait for this case officer: in their hands, and not waiting for the applicant."""
    return user.applications_in_hand.filter(STILL_OPEN, status="assessing").count()


def decisions_waiting_for(user: User, on: date) -> int:
    """How many decisions this person may take today."""
    return Decision.objects.for_decision_by(user, on).count()


def schemes_offered(on: date) -> dict[str, str]:
    """The schemes that there are, each with its name in the reader's language."""
    return {
        name: said(schemes.in_force(name, on).title, get_language())
        for name in schemes.names()
        if min(schemes.versions(name)) <= on
    }


def sectors(on: date) -> dict[str, str]:
    """The sectors of the schemes in force, in the reader's language."""
    found: dict[str, str] = {}
    for name in schemes.names():
        if min(schemes.versions(name)) <= on:
            found |= {one.code: said(one.title, get_language()) for one in schemes.in_force(name, on).sectors}
    return found


def _how_many(rows: "QuerySet[Any]", of: str) -> Coalesce:
    """A count that costs nothing for rows that are not shown."""
    return Coalesce(Subquery(rows.order_by().values(of).annotate(number=Count("pk")).values("number")), 0)
