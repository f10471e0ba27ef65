"""The second person's look at money that workers got back."""

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from compliance.follow_ups import actions, rules
from compliance.follow_ups.models import Remedy
from compliance.inspections.forms import Because
from registry.steps import Step, Steps

CONFIRMS = "compliance.confirm_remedies"


def _words(remedy: Remedy) -> str:
    facts = {
        "kind": remedy.get_kind_display(),
        "workers": remedy.workers,
        "pounds": f"{remedy.pounds:,.2f}",
        "shown": remedy.shown_by,
    }
    return gettext("%(kind)s: £%(pounds)s to %(workers)s workers.\n%(shown)s") % facts


REMEDY = Steps(
    Remedy,
    "remedy",
    url="staff/inspections/<str:reference>/remedies/<int:number>",
    lookups={"reference": "inspection__reference"},
    keys=lambda remedy: (remedy.inspection.reference, remedy.number),
    address_of=lambda remedy: f"{reverse('inspection', args=[remedy.inspection.reference])}#remedies",
    related=("inspection__organisation", "exhibit"),
    heading="compliance/parts/heading.html",
    facts=lambda remedy: {"inspection": remedy.inspection},
    steps=(
        Step(
            "confirm",
            _("Confirm that it was paid"),
            press=_("Confirm"),
            permission=CONFIRMS,
            about=_words,
            blockers=lambda remedy, by, on: rules.confirm_blockers(remedy, by=by),
            action=actions.confirm,
            done=_("Confirmed"),
        ),
        Step(
            "turn_down",
            _("It is not shown that it was paid"),
            press=_("Turn down"),
            permission=CONFIRMS,
            form=Because,
            about=_words,
            blockers=lambda remedy, by, on: rules.turn_down_blockers(remedy, by=by),
            action=actions.turn_down,
            done=_("Turned down"),
        ),
    ),
)
