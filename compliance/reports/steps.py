"""What is done with a report by those who handle reports."""

from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from compliance.hand_overs import rules as hand_over_rules
from compliance.hand_overs.models import HandOver
from compliance.hand_overs.queries import result_with_answer
from compliance.hand_overs.states import QUIET
from compliance.hand_overs.steps import HEADING
from compliance.hand_overs.steps import URL as HAND_OVERS
from compliance.reports.actions import reports as actions
from compliance.reports.actions import triage as triage_actions
from compliance.reports.forms import triage as triage_forms
from compliance.reports.lists import HANDLES
from compliance.reports.models.reports import Report
from compliance.reports.queries import reports as queries
from compliance.reports.queries import triage as sorting
from compliance.reports.rules import handling
from compliance.reports.rules import triage as rules
from compliance.reports.states import ContactChoice, ReportStatus
from registry.accounts.models import User
from registry.conflicts.queries import named
from registry.form_fields import Because
from registry.steps import Step, Steps
from registry.templatetags.registry_parts import moment


def why_first(report: Report, by: User, at: datetime) -> str:
    """Where to say why the report is read, for who has not said so within the hour."""
    return "" if queries.may_read_on(report, by=by, at=at) else reverse("staff_report", args=[report.reference])


def _decide(data: Any, report: Report, on: date) -> triage_forms.Decide:
    known = {"priority": report.priority, "decision": report.decision}
    return triage_forms.Decide(data, priorities=sorting.priorities(report), initial=known)


def _tag_form(data: Any, report: Report, on: date) -> triage_forms.Tag:
    offered = sorting.tags_for(report, on=on)
    named = {"standards": offered.standards, "indicators": offered.indicators, "methods": offered.methods}
    return triage_forms.Tag(data, offered=named, initial=offered.chosen)


def _tag(report: Report, *, by: User, at: datetime, **typed: Any) -> Report:
    scheme = sorting.tags_for(report, on=timezone.localdate(at)).scheme
    return triage_actions.tag(report, scheme=scheme, by=by, at=at, **typed)


def _by_when(report: Report) -> str:
    said = gettext("By %(when)s. The reporter sees nothing of it until the report is closed.")
    return said % {"when": moment(report.decide_by)}


def _and_what_they_read(said: Any) -> Any:
    """The sentence, and the language of the reporter, for what is written to them."""
    return lambda report: f"{said}\n{gettext('The reporter reads %(reads)s.') % {'reads': queries.language_of(report)}}"


def _and_reach_them(report: Report, done: object) -> str:
    """Who gave a number or an address may not look into the mailbox: they are told that there is something to read."""
    return reverse(
        "reach_reporter" if report.contact == ContactChoice.DIRECT else "staff_report", args=[report.reference]
    )


REPORT = Steps(
    Report,
    "report",
    page="staff_report",
    url="staff/reports/<str:reference>",
    unchanged_by=frozenset({"reach"}),
    heading="compliance/reports/officer_heading.html",
    facts=lambda report: {"report": report},
    permission=HANDLES,
    steps=(
        Step(
            "begin",
            _("Begin to look at this report"),
            label=_("Begin"),
            about=_("The reporter sees in the mailbox that it is being looked at."),
            action=actions.begin,
            style="",
            done=_("Begun"),
        ),
        Step(
            "decide",
            _("Decide what to do with the report"),
            press=_("Save"),
            first=why_first,
            form=_decide,
            about=_by_when,
            blockers=lambda report, by, on: rules.decide_blockers(report),
            action=triage_actions.decide,
            in_statuses=(ReportStatus.BEING_LOOKED_AT,),
            style="",
            done=_("Decided what to do with the report"),
        ),
        Step(
            "close",
            _("Close this report"),
            label=_("Close"),
            form=triage_forms.Close,
            about=_and_what_they_read(_("It can be opened again if the reporter writes more.")),
            blockers=lambda report, by, on: handling.close_blockers(report),
            action=actions.close,
            then=_and_reach_them,
            style="",
            done=_("Closed"),
        ),
        Step(
            "reopen",
            _("Reopen this report"),
            label=_("Reopen"),
            form=Because,
            about=_("The reporter sees in the mailbox that it is being looked at again."),
            blockers=lambda report, by, on: handling.reopen_blockers(report),
            action=actions.reopen,
            done=_("Reopened"),
        ),
        Step(
            "ask",
            _("Write to the reporter"),
            press=_("Send"),
            form=triage_forms.Ask,
            about=_and_what_they_read(_("No one else reads it. Do not promise what you cannot keep.")),
            blockers=lambda report, by, on: handling.ask_blockers(report),
            action=actions.ask,
            then=_and_reach_them,
            fits=lambda report, on: report.has_mailbox,
            done=_("Message to the reporter"),
        ),
        Step(
            "translate",
            _("Add a translation"),
            press=_("Save"),
            first=why_first,
            form=triage_forms.Translate,
            about=lambda report: report.text,
            action=triage_actions.translate,
            is_button=False,
            done=_("Translation added"),
        ),
        Step(
            "tag",
            _("Say what it speaks of"),
            press=_("Save"),
            first=why_first,
            form=_tag_form,
            about=lambda report: report.text,
            action=_tag,
            verb="tag",
            is_button=False,
            done=_("Tagged"),
        ),
        Step(
            "identify",
            _("Say which organisation it is about"),
            press=_("Save"),
            first=why_first,
            form=lambda data, report, on: triage_forms.Identify(data, initial={"number": report.about_number}),
            typed=lambda form: {"organisation": named(form.cleaned_data["number"])},
            about=lambda report: report.about_name,
            action=triage_actions.identify,
            is_button=False,
            done=_("Organisation identified"),
        ),
    ),
)


#: The last step of a hand-over is taken by those who handle the report that it came from.
HANDED_OVER = Steps(
    HandOver,
    "result",
    page="hand_over",
    url=HAND_OVERS,
    related=("report", "organisation"),
    heading=HEADING,
    unchanged_by=QUIET,
    facts=lambda one: {"hand_over": one},
    steps=(
        Step(
            "note",
            _("Read the result and tell the reporter"),
            press=_("Save and close"),
            permission=HANDLES,
            form=triage_forms.NoteResult,
            about=result_with_answer,
            blockers=lambda one, by, on: hand_over_rules.note_blockers(one),
            action=triage_actions.note,
            fits=lambda one, on: one.is_from_report,
            then=lambda one, done: reverse("staff_report", args=[one.report.reference]),
            style="",
            done=_("Result read"),
        ),
    ),
)
