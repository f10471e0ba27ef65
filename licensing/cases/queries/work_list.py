"""Work lists: whose turn it is, and what can be found among applications, decisions and licences."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import OuterRef
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from licensing.applications.models import Application
from licensing.applications.queries.offices import case_officers, count_of, office_holidays, schemes_offered, sectors
from licensing.applications.states import IN_HAND, TURN_IN_LISTS, Turn
from licensing.cases.filters import ApplicationFilter, asked
from licensing.checks.models import Check
from licensing.messages.models import Message
from registry.accounts.models import User
from registry.pagination import STILL_OPEN


def applications(params: Mapping[str, Any], *, by: User, on: date) -> ApplicationFilter:
    """The applications that this person may see: those in hand first, the longest waiting at the top."""
    unanswered = Check.objects.filter(application=OuterRef("pk"), result="")
    rows = (
        Application.objects.handed_in_to(by)
        .select_related("organisation", "case_officer")
        .prefetch_related("payments", "demands")
        .annotate(
            open_checks=count_of(unanswered, "application"),
            unread_messages=count_of(
                Message.objects.unread_by_authority().filter(application=OuterRef("pk")), "application"
            ),
            overdue_checks=count_of(unanswered.filter(due_on__lt=on), "application"),
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


def applications_waiting_for(user: User) -> int:
    """How many applications wait for this case officer: in their hands, and not waiting for the applicant."""
    return user.applications_in_hand.filter(STILL_OPEN, status="assessing").count()
