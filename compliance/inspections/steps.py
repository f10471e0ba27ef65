"""What is decided about an inspection: by its inspector, by the second person, and by those who send inspectors."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.forms import Form
from django.utils.translation import gettext_lazy as _

from compliance.addresses import ONE
from compliance.inspection_reports import queries as visit_reports
from compliance.inspections import actions, forms, rules
from compliance.inspections.models import Inspection
from compliance.inspections.queries import inspections as queries
from compliance.inspections.states import InspectionStatus
from registry.accounts.models import User
from registry.errors import Reason
from registry.form_fields import Because
from registry.steps import Step, Steps

REPORTS, CONFIRMS = "compliance.report_inspection", "compliance.confirm_inspection"
COMMISSIONS = "compliance.commission_inspection"
#: What a device that goes along says to the service: nothing of it changes what was found.
QUIET = frozenset({"take_along", "hear"})


def _file(inspection: Inspection, by: User, on: date) -> Mapping[str, Any]:
    return {"file": queries.inspection_file(inspection, by=by, on=on)}


def _versions(inspection: Inspection, by: User, on: date) -> Mapping[str, Any]:
    """What the second person confirms, and what was to be corrected in the version before it."""
    version, corrected, *_earlier = [*visit_reports.versions_of(inspection)[:2], None, None]
    return {**_file(inspection, by, on), "version": version, "corrected": corrected}


def _report_blockers(inspection: Inspection, by: User, on: date) -> Iterable[Reason]:
    return [
        *rules.report_blockers(inspection, by=by, on=on),
        *queries.blockers_elsewhere("report", inspection),
    ]


def _confirm_blockers(inspection: Inspection, by: User, on: date) -> Iterable[Reason]:
    return [*rules.confirm_blockers(inspection, by=by), *queries.blockers_elsewhere("confirm", inspection)]


def _reassign(data: Any, inspection: Inspection, on: date) -> Form:
    return forms.Reassign(data, inspectors=queries.inspectors())


HEADING = "compliance/parts/heading.html"


def of_inspection_page(inspection: Inspection) -> dict[str, Any]:
    """What `web.show_form` shows of the inspection where the page is a view of a room."""
    return {"subject": inspection, "inspection": inspection, "heading": HEADING}


def of_inspection(name: str, *steps: Step, url: str = ONE, **more: Any) -> Steps:
    """Steps of an inspection that another room declares, with what the page of each of them shows."""
    return Steps(
        Inspection,
        name,
        url=url,
        page="inspection",
        heading=HEADING,
        facts=lambda inspection: {"inspection": inspection},
        unchanged_by=QUIET,
        steps=steps,
        **more,
    )


INSPECTION = of_inspection(
    "inspection",
    Step(
        "report",
        _("Report this inspection"),
        label=_("Report"),
        press=_("Report"),
        permission=REPORTS,
        about=_(
            "Read it once more. When you have reported it you cannot change it, unless a reviewer returns it to you."
        ),
        blockers=_report_blockers,
        action=actions.report,
        rows=lambda by: Inspection.objects.visible_to(by).filter(inspector=by),
        template="compliance/inspections/inspector_report.html",
        facts=_file,
        style="",
        done=_("Reported"),
    ),
    Step(
        "confirm",
        _("Confirm this report"),
        label=_("Confirm"),
        press=_("Confirm"),
        permission=CONFIRMS,
        about=_(
            "Confirm it when the evidence supports every finding and the same would be found elsewhere. After that "
            "no one can change it, and licensing may rely on it."
        ),
        blockers=_confirm_blockers,
        action=actions.confirm,
        template="compliance/inspections/second_person_confirm.html",
        facts=_versions,
        style="",
        done=_("Confirmed"),
    ),
    Step(
        "return",
        _("Return the report for correction"),
        label=_("Return for correction"),
        press=_("Return for correction"),
        permission=CONFIRMS,
        form=Because,
        about=_("The inspector can change the findings again, and sees your reason. Say what must be corrected."),
        blockers=lambda inspection, by, on: rules.return_for_correction_blockers(inspection, by=by),
        action=actions.return_for_correction,
        slug="return-for-correction",
        done=_("Returned for correction"),
    ),
    Step(
        "reassign",
        _("Give this inspection to another inspector"),
        label=_("Give to another inspector"),
        press=_("Give to this inspector"),
        permission=COMMISSIONS,
        form=_reassign,
        about=_("What has been recorded so far goes along. The present inspector will no longer see it."),
        blockers=lambda inspection, by, on: rules.reassign_blockers(inspection),
        action=actions.reassign,
        in_statuses=(InspectionStatus.COMMISSIONED,),
        done=_("Given to another inspector"),
    ),
    Step(
        "call_off",
        _("Call off this inspection"),
        label=_("Call off"),
        press=_("Call off"),
        permission=COMMISSIONS,
        form=Because,
        about=_(
            "The inspector will not carry it out. What has been recorded so far is kept, but it cannot be changed or used "
            "any more."
        ),
        blockers=lambda inspection, by, on: rules.call_off_blockers(inspection),
        action=actions.call_off,
        done=_("Called off"),
    ),
)
