"""How what would otherwise be erased of an organisation is held, and the hold lifted."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from registry.accounts.models import User
from registry.organisations.models import Organisation
from registry.retention import actions, forms
from registry.retention.models import Hold
from registry.steps import Step, Steps
from registry.steps.step import Paragraphs

HOLDS = "registry.hold_data"


def _hold(organisation: Organisation) -> Hold:
    return organisation.holds.in_force().get()


def _lift(organisation: Organisation, *, by: User, at: datetime, **typed: Any) -> Hold:
    return actions.lift(_hold(organisation), **typed, by=by, at=at)


def _about_lift(organisation: Organisation) -> Paragraphs:
    later = _("What is past its time may then be erased, from the next night on.")
    return _hold(organisation).because, later


HOLD = Steps(
    Organisation,
    "hold",
    url="staff/organisations/<str:reference>",
    address_of=lambda organisation: reverse("organisation", args=[organisation.reference]),
    permission=HOLDS,
    steps=(
        Step(
            "place",
            _("Keep everything for now"),
            press=_("Keep everything"),
            form=forms.HoldBecause,
            about=_("Nothing of this organisation is erased until the hold is lifted, however old it is."),
            action=actions.place,
            slug="hold",
            verb="place_hold",
            done=_("Held: nothing is erased"),
        ),
        Step(
            "lift",
            _("Lift the hold"),
            form=forms.HoldBecause,
            about=_about_lift,
            action=_lift,
            rows=lambda by: Organisation.objects.visible_to(by).filter(
                pk__in=Hold.objects.in_force().values("organisation")
            ),
            then=lambda organisation, hold: reverse("organisation", args=[organisation.reference]),
            slug="lift-hold",
            verb="lift_hold",
            done=_("Hold lifted"),
        ),
    ),
)
