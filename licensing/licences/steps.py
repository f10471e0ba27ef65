"""The steps of a licence that any officer may take at any time, and those after its last day."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from licensing.applications.steps import HEADING
from licensing.correspondence.steps import adding
from licensing.holding.actions import after_term as actions
from licensing.holding.forms import SeenAfterTerm
from licensing.holding.queries import after_term as queries
from licensing.inspections.steps import commissioning
from registry.accounts.models import User
from registry.errors import Reason
from registry.licences.models import Licence
from registry.steps import Step, Steps


def _is_asked(licence: Licence, on: date) -> bool:
    return licence.has_run_out(on) and queries.is_to_be_seen(licence, on)


def _blockers(licence: Licence, by: User, on: date) -> list[Reason]:
    return list(queries.blockers(licence, on=on))


LICENCE = Steps(
    Licence,
    "licence",
    url="staff/licences/<str:number>",
    address_of=lambda licence: reverse("staff_licence", args=[licence.number]),
    keys=lambda licence: (licence.number,),
    related=("organisation",),
    rows=lambda user: Licence.objects.open_to(user),
    heading=HEADING,
    facts=lambda licence: {"licence": licence},
    permission=actions.HANDLES,
    steps=(
        Step(
            "find_stopped",
            _("Record that the business has stopped"),
            press=_("Save"),
            form=SeenAfterTerm,
            about=_(
                "The licence has run out. You have looked, and found no sign that the business supplies workers now."
            ),
            blockers=_blockers,
            action=actions.find_stopped,
            fits=_is_asked,
            style="",
            done=_("Found that the business has stopped supplying"),
        ),
        Step(
            "find_supplying",
            _("Report that the business may still supply"),
            press=_("Save and report it"),
            form=SeenAfterTerm,
            about=_(
                "The licence has run out. What you write becomes a report: an analyst decides whether to have the business "
                "visited or to open a case of supply without a licence."
            ),
            blockers=_blockers,
            action=actions.find_supplying,
            fits=_is_asked,
            done=_("Found that the business may still supply, and reported it"),
        ),
        adding(),
        commissioning("commission_for_licence"),
    ),
)
