"""What an officer does with all open checks of a case at once."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from licensing.applications.models import Application
from licensing.applications.rules.applications import in_hand_blockers
from licensing.checks import forms
from licensing.checks.actions import checks as actions
from licensing.checks.queries import checks as queries
from registry.accounts.models import User
from registry.errors import Reason
from registry.steps import Step, Steps

RECORDS = "licensing.record_check"
#: What is done to a check, or to its case, without a change of what an officer finds out.
NO_CHANGE = frozenset(
    {"ask_agency", "remind_agency", "write_note", "write_message", "reply_by_message", "read_messages"}
)


def _nil(data: Any, application: Application, on: date) -> forms.RecordNil:
    # What was answered since it was ticked is still a choice: the version says what has changed, and the rules refuse it.
    ticked = data.getlist("checks") if data else ()
    rows = queries.open_checks_of(application, *ticked, on=on)
    return forms.RecordNil(data, rows=rows, initial={"replied_on": on})


def _nil_blockers(application: Application, by: User, on: date) -> Iterable[Reason]:
    yield from in_hand_blockers(application)
    if not queries.open_checks_of(application, on=on):
        yield Reason("nothing_open", _("No check of this case is open."))


CASE_CHECKS = Steps(
    Application,
    "checks_of_case",
    url="staff/applications/<str:reference>/checks",
    page="application",
    related=("organisation",),
    rows=lambda user: Application.objects.handed_in_to(user),
    also_made_of=lambda application: [("check", check.reference) for check in application.checks.all()],
    unchanged_by=NO_CHANGE,
    heading="licensing/parts/officer_heading.html",
    facts=lambda application: {"application": application},
    steps=(
        Step(
            "record_nil",
            _("Record that nothing is known"),
            press=_("Record nil returns"),
            permission=RECORDS,
            form=_nil,
            about=_(
                "One reason and one day for all the checks that you tick. A reply that an authority gave itself stays."
            ),
            blockers=_nil_blockers,
            action=actions.record_nil,
            slug="nil",
            kind="check",
            verb="record_check",
            done=_("Reply to a check recorded"),
        ),
    ),
)
