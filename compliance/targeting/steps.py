"""The steps of a round in which businesses are chosen for visits."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext_lazy as _

from compliance.targeting import forms
from compliance.targeting.actions import rounds as actions
from compliance.targeting.models import VisitRound
from compliance.targeting.rules import rounds as rules
from compliance.targeting.states import RoundStatus
from registry.accounts.models import User
from registry.errors import Reason
from registry.steps import Step, Steps

CHOOSES = "compliance.choose_visits"


def _choose_blockers(one: VisitRound, by: User, on: date) -> Iterable[Reason]:
    return rules.choose_blockers(one, chosen=dict(one.choices.values_list("licence__number", "how")))


ROUND = Steps(
    VisitRound,
    "round",
    page="visit_round",
    url="staff/targeting/rounds/<str:reference>",
    rows=lambda by: VisitRound.objects.all(),
    unchanged_by=frozenset({"send"}),
    steps=(
        Step(
            "fix",
            _("Fix the list"),
            permission=CHOOSES,
            about=_("The list is every licence in force without a visit planned. It is not chosen by a person."),
            blockers=lambda one, by, on: rules.fix_blockers(one),
            action=actions.fix,
            style="",
            done=_("List fixed"),
        ),
        Step(
            "draw",
            _("Select at random"),
            permission=CHOOSES,
            blockers=lambda one, by, on: rules.draw_blockers(one),
            action=actions.draw,
            style="",
            done=_("Selected at random"),
        ),
        Step(
            "choose",
            _("Choose a licence for a visit"),
            press=_("Choose"),
            permission=CHOOSES,
            form=forms.Choose,
            about=_("The score proposes; you choose. The reason stays with the choice."),
            blockers=_choose_blockers,
            action=actions.choose,
            in_statuses=(RoundStatus.DRAWN,),
            is_button=False,
            done=_("Chosen"),
        ),
    ),
)
