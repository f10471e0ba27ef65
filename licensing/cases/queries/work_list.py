"""Work lists: whose turn it is, and what can be found among applications, decisions and licences."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import OuterRef

from licensing.applications.models import Application
from licensing.applications.queries.offices import case_officers, count_of, office_holidays, schemes_offered, sectors
from licensing.cases.filters import ApplicationFilter, asked
from licensing.checks.models import Check
from licensing.messages.models import Message
from registry.accounts.models import User


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
            overdue_checks=count_of(unanswered.overdue_on(on), "application"),
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
