"""The list of applications."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from licensing.applications.models import Application
from licensing.applications.queries import offices
from licensing.applications.states import IN_HAND, TURN_IN_LISTS, WaitingFor
from licensing.cases.filters import ApplicationFilter
from licensing.cases.forms import AssignMany
from licensing.cases.queries import work_list as queries
from licensing.cases.queries.page_facts import facts_of_page
from licensing.checks.states import CheckResult
from registry import web
from registry.accounts.models import User
from registry.tasks.filters import OVERDUE
from registry.worklists import EVERYWHERE, FILES, Column, RowPreview, WorkList, due_column

SEES_APPLICATIONS = "licensing.view_applications"
ASSIGNS = "licensing.assign_application"
LAST_EVENTS = 3


def _turns(row: Application, on: date) -> str:
    return gettext(" and ").join(str(TURN_IN_LISTS[turn]) for turn in row.turns)


def _views(user: User) -> web.Offered:
    in_hand = "&".join(f"status={status}" for status in IN_HAND)
    return (
        (_("All"), ""),
        (_("Not assigned yet"), f"officer=nobody&{in_hand}"),
        (_("Mine"), f"officer=mine&{in_hand}"),
        *([(_("My team’s"), f"officer=team&{in_hand}")] if user.team else []),
        (_("Overdue"), f"due={OVERDUE}"),
        (_("With an overdue check"), "overdue=on"),
        *((format_lazy(_("Waiting for: {party}"), party=TURN_IN_LISTS[turn]), f"turn={turn}") for turn in WaitingFor),
    )


def _facts(request: web.SignedIn, found: object, at: datetime) -> Mapping[str, Any]:
    """For giving the cases that are ticked to an officer, which is done on the page of the list."""
    assigns = request.user.has_perm(ASSIGNS)
    return {
        "form": AssignMany(officers=offices.case_officers()) if assigns else None,
        "here": web.query_to_keep(request.GET),
        "ticked": frozenset(request.POST.getlist("applications")),
    }


def _beside(row: Application, by: User, at: datetime) -> Mapping[str, Any]:
    facts = facts_of_page(row, by=by, on=timezone.localdate(at))
    adverse = [check for check in facts["file"].checks if check.check.result == CheckResult.ADVERSE]
    unread = [message for message in facts["said"] if message.is_new]
    return {
        **facts,
        "adverse": adverse,
        "unread": unread[-1] if unread else None,
        "last_events": facts["file"].events[:LAST_EVENTS],
    }


APPLICATIONS = WorkList(
    "applications",
    _("Applications"),
    url="staff/applications/",
    permission=SEES_APPLICATIONS,
    query=lambda asked, by, at: queries.applications(asked, by=by, on=timezone.localdate(at)),
    filters=ApplicationFilter,
    columns=(
        Column("reference", _("Application"), "reference", link="application", show=EVERYWHERE),
        Column("organisation", _("Organisation"), "organisation", sort="name", show=EVERYWHERE),
        Column("scheme", _("Scheme"), show=FILES),
        Column("renews", _("Renews licence"), value="renews.number", needs=("renews",), show=("csv",)),
        Column("status", _("Status"), "status", sort="status", at_end=True, show=EVERYWHERE),
        Column("submitted_at", _("Submitted"), "moment", sort="submitted", show=EVERYWHERE),
        Column("age", _("Age in working days"), "number", heading=_("Age"), show=EVERYWHERE, about="In working days"),
        Column(
            "waiting_for",
            _("Waiting for"),
            value=lambda row, on: [str(turn) for turn in row.turns],
            type=list[str],
            show=("api",),
        ),
        Column(
            "case_officer",
            _("Case officer"),
            "person",
            sort="officer",
            absent=_("No one yet"),
            may_be_empty=True,
            show=EVERYWHERE,
        ),
        Column("turns", _("Waiting for"), value=_turns),
        Column("signs", _("Fee and checks"), value="pk", template="licensing/cases/signs_cell.html", show=("page",)),
        Column("still_to_pay", _("Fee still to pay"), "money", show=FILES),
        Column("open_checks", _("Open checks"), "number", show=FILES),
        Column("overdue_checks", _("Overdue checks"), "number", show=FILES),
        Column("unread_messages", _("Messages not read"), "number", show=FILES),
        Column("closed_at", _("Closed"), "moment", may_be_empty=True, show=FILES),
        due_column(ApplicationFilter),
    ),
    count_in_words=ngettext_lazy("%(how_many)s application", "%(how_many)s applications", "n"),
    nothing=_("No application matches. Take a filter off, or look for another name."),
    views=_views,
    template="licensing/cases/officer_cases.html",
    facts=_facts,
    about=_("Applications to assess"),
    preview=RowPreview("licensing/cases/preview.html", _beside),
)
