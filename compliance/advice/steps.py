"""Advice after a visit, for the inspector and for reviewers."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from compliance.advice import actions, forms, queries, rules
from compliance.advice.states import GIVES
from compliance.inspections.models import Inspection
from compliance.inspections.steps import of_inspection
from registry.steps import Step


def _advice(data: Any, inspection: Inspection, on: date) -> forms.GiveAdvice:
    return forms.GiveAdvice(data, standards=queries.standards_to_choose(inspection))


ADVICE = of_inspection(
    "advice",
    Step(
        "give",
        _("Give advice"),
        press=_("Give the advice"),
        permission=GIVES,
        form=_advice,
        about=_("Advice asks for nothing and sets no day. We count what followed after it, and publish the counts."),
        blockers=lambda inspection, by, on: rules.advise_blockers(inspection, by=by),
        action=actions.give_advice,
        previews=True,
        slug="advice",
        kind="advice",
        then=lambda inspection, made: f"{reverse('inspection', args=[inspection.reference])}#advice",
        adds_to=lambda inspection: inspection.advice.all(),
        done=_("Advice was given"),
    ),
)
