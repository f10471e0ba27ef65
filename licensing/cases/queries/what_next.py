"""What a case, a decision or an appeal waits for: who must do what, and by when, whether or not the reader is the one."""

from collections.abc import Mapping
from datetime import date

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from licensing.applications.models import Application
from licensing.applications.queries.applications import scheme_of
from licensing.applications.queries.offices import office_holidays
from licensing.applications.states import ApplicationStatus
from licensing.decisions.models.decisions import Decision
from licensing.decisions.queries.what_next import NextStage, next_of_decision
from registry.schemes.targets import Aim
from registry.workdays import add_working_days


def next_of_case(
    case: Application,
    *,
    opened: Decision | None,
    due_on: date | None,
    is_held_up: bool,
    lapsed: str = "",
    on: date,
) -> NextStage | None:
    """`opened` is what has been proposed and is not decided; `due_on` by when the applicant answers what it was asked first,
    `lapsed` a request that it did not answer in time.

    Nothing while something else is missing, which the page says by itself, and when the case is over.
    """
    if opened is not None:
        return next_of_decision(opened, on=on)
    if case.status == ApplicationStatus.AWAITING_APPLICANT:
        return NextStage(_("The applicant answers what it was asked. Then the assessment goes on."), on, due_on)
    if lapsed and case.status == ApplicationStatus.ASSESSING:
        return NextStage(format_lazy(UNANSWERED, request=lapsed), on)
    if is_held_up or case.status not in _OF_CASE or case.submitted_at is None:
        return None
    text, aim = _OF_CASE[case.status]
    days = scheme_of(case).target(aim)
    handed_in = timezone.localdate(case.submitted_at)
    return NextStage(text, on, add_working_days(handed_in, days, office_holidays()) if days else None)


UNANSWERED = _(
    "The applicant did not answer {request} in time. Ask again, decide on what there is, or propose to refuse for want of reply."
)


_OF_CASE: Mapping[str, tuple[str | Promise, Aim]] = {
    ApplicationStatus.SUBMITTED: (_("A case officer takes the case and begins the assessment."), "begin"),
    ApplicationStatus.ASSESSING: (
        _("Nothing is missing. Next, the case officer proposes to grant the licence or to refuse it."),
        "decide",
    ),
}
