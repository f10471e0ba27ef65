"""How an absence is recorded, and a rule made by which tasks are given to people."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from registry.accounts.models import User
from registry.assignment import actions, forms
from registry.steps import Start

ASSIGNS = "registry.assign_tasks"


def _absence(data: Any, by: User, at: datetime) -> forms.AbsenceForm:
    """One's own; who assigns tasks may record anyone's."""
    return forms.AbsenceForm(data, assigns=by.has_perm(ASSIGNS))


def _record(*, person: User | None = None, by: User, at: datetime, **typed: Any) -> object:
    return actions.record_absence(person or by, **typed, by=by, at=at)


ABSENCE = Start(
    "record_absence",
    _("Record an absence"),
    url="staff/absences/record/",
    permission="registry.work_for_authority",
    form=_absence,
    action=_record,
    back="absences",
    back_text=_("Absences"),
    press=_("Record the absence"),
    about=_("On these days the deputy sees the tasks of the person who is away, and can do them with their own roles."),
    is_held=False,
)

RULE = Start(
    "make_assignment_rule",
    _("Add an assignment rule"),
    url="staff/assignment/make/",
    permission=ASSIGNS,
    form=lambda data, by, at: forms.RuleForm(data, initial={"method": "round_robin"}),
    action=actions.make_rule,
    back="assignment_rules",
    back_text=_("Assignment rules"),
    press=_("Add the rule"),
    about=_(
        "New tasks that match are assigned within a minute. People who are away or cannot do the task are left out."
    ),
    is_held=False,
)
