"""For whoever weighs the signals: what is in force, a proposal with what it would have found, and its adoption by another."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from compliance.targeting import forms as weight_forms
from compliance.targeting.actions import weights as actions
from compliance.targeting.models import Weighting
from compliance.targeting.queries import scores
from compliance.targeting.queries import weights as weights_queries
from compliance.targeting.rules import weights as rules
from compliance.targeting.steps import PROPOSES, WEIGHTS
from registry import schemes, web
from registry.errors import Reason
from registry.schemes import Scheme, said

SEES = "compliance.view_scores"


@web.page(SEES)
def weights(request: web.SignedIn) -> HttpResponse:
    found = weights_queries.scheme_weights(timezone.localdate())
    page = {"schemes": found, "may_propose": request.user.has_perm(PROPOSES)}
    return render(request, "compliance/targeting/weights.html", page)


@web.page_with_form(PROPOSES)
def propose_weights(request: web.SignedIn, scheme: str) -> HttpResponse:
    pack = _scored(scheme)
    in_force = scores.weights_in_force(pack, timezone.localdate())
    form = weight_forms.Propose(web.typed(request), signals=weights_queries.signals_of(pack), in_force=in_force.steps)

    def act(**told: Any) -> Weighting:
        return actions.propose(pack, steps=form.steps, **told)

    return _proposed(request, pack, form, act, list(rules.waiting_blockers(weights_queries.waiting_weights(scheme))))


@web.page_with_form(PROPOSES)
def return_to_scheme(request: web.SignedIn, scheme: str) -> HttpResponse:
    pack = _scored(scheme)
    form = weight_forms.ProposeReturn(web.typed(request))

    def act(**told: Any) -> Weighting:
        return actions.propose_return(pack, **told)

    in_force = scores.weights_in_force(pack, timezone.localdate()).number
    waits = rules.waiting_blockers(weights_queries.waiting_weights(scheme))
    return _proposed(request, pack, form, act, [*rules.return_blockers(in_force=in_force), *waits])


@web.page(SEES)
def weighting(request: web.SignedIn, number: int) -> HttpResponse:
    one = WEIGHTS.subject(request.user, number=number)
    in_force = scores.weights_in_force(schemes.in_force(one.scheme, timezone.localdate()), timezone.localdate())
    page = {
        "file": weights_queries.weighting_file(one),
        "one": one,
        "is_in_force": one.adopted_at is not None and in_force.number == one.number,
        "buttons": WEIGHTS.buttons(one, by=request.user, on=timezone.localdate()),
    }
    return render(request, "compliance/targeting/weighting.html", page)


def _scored(name: str) -> Scheme:
    """The scheme as it is today, if licences are scored under it."""
    for scheme in scores.scored_schemes(timezone.localdate()):
        if scheme.name == name:
            return scheme
    raise Http404(name)


def _proposed(
    request: web.SignedIn, pack: Scheme, form: forms.Form, act: Callable[..., Weighting], blockers: list[Reason]
) -> HttpResponse:
    tried = web.attempt(request, form, act, typed=lambda: {"because": form.cleaned_data["because"]})
    if tried.is_done:
        return redirect("weighting", tried.result.number)
    return web.show_form(
        request,
        form,
        title=_("Propose other weights"),
        press=_("Propose"),
        back=reverse("weights"),
        back_text=_("Weights of the signals"),
        about=(
            _(
                "For each signal write the steps: from which value on how many points. “1: 5, 16: 10” gives 5 points from 1 to 15, and 10 from 16 on. With “1: 0” a signal gives no points."
            ),
            _(
                "We test the proposal on the visits of past years with a known chance, and keep the results with it. With too few of them it cannot be adopted. It scores nothing until another person adopts it."
            ),
        ),
        caption=said(pack.title, get_language()),
        blockers=blockers,
    )
