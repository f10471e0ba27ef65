"""The steps of a round in which visits are chosen, of one of its visits, and of why a visit is not made."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from compliance.inspections.queries import inspections
from compliance.targeting import forms
from compliance.targeting.actions import explanations
from compliance.targeting.actions import rounds as actions
from compliance.targeting.actions import weights as weight_actions
from compliance.targeting.models import Choice, VisitExplanation, VisitRound, Weighting
from compliance.targeting.queries import rounds as queries
from compliance.targeting.queries import scores, weights
from compliance.targeting.rules import rounds as rules
from compliance.targeting.rules import weights as weight_rules
from compliance.targeting.states import CHOOSES, RoundStatus
from registry import schemes
from registry.accounts.models import User
from registry.conflicts.models import Conflict
from registry.errors import Reason
from registry.form_fields import Because
from registry.schemes import said
from registry.steps import Start, Step, Steps


def _choose_blockers(one: VisitRound, by: User, on: date) -> Iterable[Reason]:
    return rules.choose_blockers(one, chosen=queries.numbers_chosen(one))


def _close_blockers(one: VisitRound, by: User, on: date) -> Iterable[Reason]:
    return rules.close_blockers(one, waiting=queries.visits_waiting(one).count())


ROUND = Steps(
    VisitRound,
    "round",
    page="visit_round",
    url="staff/targeting/rounds/<str:reference>",
    rows=lambda by: VisitRound.objects.all(),
    unchanged_by=frozenset({"send"}),
    permission=CHOOSES,
    steps=(
        Step(
            "choose",
            _("Choose a licence for a visit"),
            press=_("Choose"),
            form=forms.Choose,
            about=_("The score proposes; you choose. The reason stays with the choice."),
            blockers=_choose_blockers,
            action=actions.choose,
            in_statuses=(RoundStatus.OPENED,),
            is_button=False,
            done=_("Chosen"),
        ),
        Step(
            "fix",
            _("Fix the list"),
            about=_(
                "The list is every licence in force. Those that were chosen are visited, and all others have the same chance. "
                "Nothing can be chosen afterwards, and another person selects."
            ),
            blockers=lambda one, by, on: rules.fix_blockers(one),
            action=actions.fix,
            style="",
            done=_("List fixed"),
        ),
        Step(
            "draw",
            _("Select at random"),
            form=forms.Draw,
            about=_("Your figures and the seed decide together which licences are visited. It cannot be repeated."),
            blockers=lambda one, by, on: rules.draw_blockers(one, by=by),
            action=actions.draw,
            style="",
            done=_("Selected at random"),
        ),
        Step(
            "explain",
            _("Explain why a visit is not made"),
            press=_("Send to a second person"),
            form=forms.Explain,
            about=_("Every visit of a round is made or explained. Explained visits are counted and published as such."),
            blockers=lambda one, by, on: rules.explain_blockers(one, choices={}),
            action=explanations.explain,
            in_statuses=(RoundStatus.DRAWN,),
            is_button=False,
            kind="visitexplanation",
            done=_("Explained why the visit is not made"),
        ),
        Step(
            "close",
            _("Close the round"),
            about=_("Every visit has been made or explained. Another round can be opened afterwards."),
            blockers=_close_blockers,
            action=actions.close_round,
            style="",
            done=_("Round closed"),
        ),
    ),
)


def _send(data: Any, choice: Choice, on: date) -> forms.Send:
    return forms.Send(data, inspectors=inspections.inspectors())


CHOICE = Steps(
    Choice,
    "visit",
    url="staff/targeting/rounds/<str:reference>/<str:number>",
    lookups={"reference": "round__reference", "number": "licence__number"},
    keys=lambda choice: (choice.round.reference, choice.licence.number),
    address_of=lambda choice: reverse("visit_round", args=[choice.round.reference]),
    related=("licence__organisation", "round", "inspection"),
    rows=lambda by: Choice.objects.exclude(licence__organisation__in=Conflict.objects.organisations_of(by)),
    also_made_of=lambda choice: (("visitround", choice.round.reference),),
    facts=lambda choice: {"subject": choice.round},
    steps=(
        Step(
            "send",
            _("Send an inspector"),
            press=_("Commission the inspection"),
            permission="compliance.commission_inspection",
            form=_send,
            about=lambda choice: f"{choice.licence.organisation}, {choice.licence.number}\n{choice.because}",
            blockers=lambda choice, by, on: rules.send_blockers(choice),
            action=actions.send,
            kind="visitround",
            then=lambda choice, visit: reverse("inspection", args=[visit.reference]),
            done=_("Visit commissioned"),
        ),
    ),
)


def _to_round(explanation: VisitExplanation) -> str:
    return reverse("visit_round", args=[explanation.round_reference])


EXPLANATION = Steps(
    VisitExplanation,
    "visit_explanation",
    url="staff/targeting/explanations/<str:reference>",
    address_of=_to_round,
    related=("choice__round", "choice__licence__organisation", "explained_by"),
    rows=lambda by: VisitExplanation.objects.exclude(
        choice__licence__organisation__in=Conflict.objects.organisations_of(by)
    ),
    permission=CHOOSES,
    steps=(
        Step(
            "accept",
            _("Accept why the visit is not made"),
            press=_("Accept"),
            about=lambda one: one.because,
            blockers=lambda one, by, on: rules.settle_blockers(one, "accept_explanation", by=by),
            action=explanations.accept_explanation,
            done=_("Accepted why the visit is not made"),
        ),
        Step(
            "refuse",
            _("Refuse why the visit is not made"),
            press=_("Refuse"),
            form=Because,
            about=lambda one: one.because,
            blockers=lambda one, by, on: rules.settle_blockers(one, "refuse_explanation", by=by),
            action=explanations.refuse_explanation,
            done=_("Refused why the visit is not made"),
        ),
    ),
)


def _open(data: Any, by: User, at: datetime) -> forms.OpenRound:
    offered = scores.scored_schemes(timezone.localdate(at))
    return forms.OpenRound(data, schemes={one.name: said(one.title, get_language()) for one in offered})


def _opened(*, scheme: str, by: User, at: datetime, **typed: Any) -> VisitRound:
    return actions.open_round(schemes.in_force(scheme, timezone.localdate(at)), **typed, by=by, at=at)


OPENED = Start(
    "open_round",
    _("Open a round"),
    url="staff/targeting/rounds/open/",
    permission=CHOOSES,
    form=_open,
    action=_opened,
    back="rounds",
    back_text=_("Rounds of visits"),
    press=_("Open the round"),
    about=_(
        "When you open it, a secret seed is made and its digest is published. People then choose visits and fix the list. Another person adds figures, and the visits that no one chose are selected at random. Every visit is made or explained before the next round."
    ),
    then=lambda one: reverse("visit_round", args=[one.reference]),
)


PROPOSES, ADOPTS = "compliance.propose_weights", "compliance.adopt_weights"


def _adopt_blockers(one: Weighting, by: User, on: date) -> Iterable[Reason]:
    scheme = schemes.in_force(one.scheme, on)
    in_force = scores.weights_in_force(scheme, on).number
    trial = weights.trial_of_all(one)
    return weight_rules.adopt_blockers(one, by=by, in_force=in_force, version=scheme.version, today=on, trial=trial)


_SETTLED: dict[str, Any] = {
    "about": lambda one: one.because,
    "template": "compliance/targeting/settle_weights.html",
    "facts": lambda one, by, on: {"one": one, "file": weights.weighting_file(one)},
}

WEIGHTS = Steps(
    Weighting,
    "weights",
    url="staff/targeting/weights/<int:number>",
    lookups={"number": "number"},
    keys=lambda one: (one.number,),
    address_of=lambda one: reverse("weighting", args=[one.number]),
    related=("proposed_by", "adopted_by", "dropped_by"),
    rows=lambda by: Weighting.objects.all(),
    steps=(
        Step(
            "adopt",
            _("Adopt these weights"),
            permission=ADOPTS,
            form=forms.Adopt,
            blockers=_adopt_blockers,
            action=weight_actions.adopt,
            style="",
            done=_("Weights adopted"),
            **_SETTLED,
        ),
        Step(
            "drop",
            _("Drop this proposal"),
            permission=(PROPOSES, ADOPTS),
            form=Because,
            blockers=lambda one, by, on: weight_rules.drop_blockers(one),
            action=weight_actions.drop,
            done=_("Proposal of weights dropped"),
            **_SETTLED,
        ),
    ),
)
