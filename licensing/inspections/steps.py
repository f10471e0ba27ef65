"""Having a case, a licence or a condition visited; and letting a reason to inspect count again."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from compliance.inspections.queries import inspections as compliance_queries
from licensing.addresses import CASE
from licensing.applications.models import Application
from licensing.applications.steps import HEADING, of_case
from licensing.decisions.queries.readiness import readiness
from licensing.inspections import actions, forms, rules
from licensing.inspections.models import Waiver
from registry.accounts.models import User
from registry.errors import Reason
from registry.steps import Step, Steps

WAIVES = "licensing.waive_inspection"


def inspector_form(data: Any, subject: Any, on: date) -> forms.Commission:
    return forms.Commission(data, inspectors=compliance_queries.inspectors())


def _blockers(subject: Any, by: User, on: date) -> list[Reason]:
    return list(rules.commission_blockers(subject, inspections_open=readiness(subject).inspections_open))


def commissioning(url_name: str) -> Step:
    """The step that commissions an inspection of its subject; one for each table, as each has its own address."""
    return Step(
        "commission",
        _("Commission an inspection"),
        press=_("Commission the inspection"),
        permission="compliance.commission_inspection",
        form=inspector_form,
        blockers=_blockers,
        action=actions.commission,
        is_button=False,
        slug="commission-inspection",
        url_name=url_name,
        kind="inspection",
        done=_("Commissioned"),
    )


VISIT = of_case("visit_of_case", commissioning("commission_for_application"))

WAIVER = Steps(
    Waiver,
    "waiver",
    url=f"{CASE}/triggers/<str:trigger>",
    lookups={"reference": "application__reference"},
    keys=lambda waiver: (waiver.application.reference, waiver.trigger),
    address_of=lambda waiver: reverse("application", args=[waiver.application.reference]),
    related=("application__organisation", "application__case_officer"),
    rows=lambda by: Waiver.objects.standing().filter(application__in=Application.objects.handed_in_to(by)),
    locks_first=lambda waiver: (waiver.application,),
    also_made_of=lambda waiver: (("application", waiver.application.reference),),
    heading=HEADING,
    facts=lambda waiver: {"subject": waiver.application, "application": waiver.application},
    steps=(
        Step(
            "take_back",
            _("Let the reason to inspect count again"),
            press=_("Let it count again"),
            permission=WAIVES,
            about=lambda waiver: waiver.because,
            blockers=lambda waiver, by, on: rules.take_back_blockers(waiver),
            action=actions.take_back,
            kind="application",
            verb="take_back_waiver",
            then=lambda waiver, done: reverse("application", args=[waiver.application.reference]),
            done=_("Reason to inspect counts again"),
        ),
    ),
)
