"""How officers look whether a condition is met: at the desk, or by a visit."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from licensing.addresses import STAFF_LICENCE
from licensing.applications.steps import HEADING
from licensing.conditions import actions, forms, rules
from licensing.conditions.queries import conditions as queries
from licensing.inspections.steps import inspector_form
from registry.licences.models import Condition, Licence
from registry.steps import Step, Steps

_SHOWN: dict[str, Any] = {
    "template": "licensing/conditions/step.html",
    "facts": lambda condition, by, on: {"row": queries.shown_condition(condition)},
    "is_button": False,
}

CONDITION = Steps(
    Condition,
    "condition",
    url=f"{STAFF_LICENCE}/conditions/<str:condition>",
    lookups={"number": "licence__number", "condition": "reference"},
    keys=lambda condition: (condition.licence.number, condition.reference),
    address_of=lambda condition: reverse("staff_licence", args=[condition.licence.number]),
    related=("licence__organisation", "licence__listing"),
    rows=lambda by: Condition.objects.filter(licence__in=Licence.objects.open_to(by)),
    heading=HEADING,
    facts=lambda condition: {"licence": condition.licence},
    steps=(
        Step(
            "check",
            _("Check at the desk whether a condition is met"),
            press=_("Keep what you found"),
            permission="licensing.record_check",
            form=forms.DeskCheck,
            blockers=lambda condition, by, on: rules.check_blockers(condition),
            action=actions.check_at_desk,
            done=_("Checked at the desk"),
            **_SHOWN,
        ),
        Step(
            "visit",
            _("Request a visit to check a condition"),
            press=_("Commission the visit"),
            permission="compliance.commission_inspection",
            form=inspector_form,
            blockers=lambda condition, by, on: rules.visit_blockers(
                condition, open_visits=queries.open_visits_of(condition)
            ),
            action=actions.commission,
            kind="inspection",
            done=_("Commissioned"),
            **_SHOWN,
        ),
    ),
)
