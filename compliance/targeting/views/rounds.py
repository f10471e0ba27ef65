"""For those who choose whom to visit, and those who send the inspector: rounds, from the seed to the visit."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from compliance.inspections.queries import inspections
from compliance.targeting import forms as round_forms
from compliance.targeting.actions import rounds as actions
from compliance.targeting.lists import SEES
from compliance.targeting.models import Choice, VisitRound
from compliance.targeting.queries import published_rounds, rounds, scores
from compliance.targeting.rules import rounds as rules
from compliance.targeting.states import CHOOSES
from compliance.targeting.steps import ROUND
from registry import permissions, schemes, web
from registry.conflicts.models import Conflict
from registry.schemes import said

SENDS = "compliance.commission_inspection"
METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
@web.needs(CHOOSES)
def open_round(request: web.SignedIn) -> HttpResponse:
    offered = scores.scored_schemes(timezone.localdate())
    titles = {scheme.name: said(scheme.title, get_language()) for scheme in offered}
    form = round_forms.OpenRound(web.typed(request), schemes=titles)

    def opened(*, scheme: str, **typed: Any) -> VisitRound:
        return actions.open_round(schemes.in_force(scheme, timezone.localdate()), **typed)

    tried = web.attempt(request, form, opened)
    if tried.is_done:
        return redirect("visit_round", tried.result.reference)
    return web.show_form(
        request,
        form,
        title=_("Open a round"),
        press=_("Open the round"),
        back=reverse("rounds"),
        about=(
            _(
                "When you open it, a secret seed is made and its digest is published. People then choose visits and fix the list. Another person adds figures, and the visits that no one chose are selected at random. Every visit is made or explained before the next round."
            ),
        ),
    )


@require_safe
@web.needs(*SEES)
def visit_round(request: web.SignedIn, reference: str) -> HttpResponse:
    one = get_object_or_404(VisitRound, reference=reference)
    page = {
        "file": rounds.round_file(one, by=request.user, on=timezone.localdate()),
        "round": one,
        "scheme_title": said(schemes.get(one.scheme, one.version).title, get_language()),
        "buttons": ROUND.buttons(one, by=request.user, on=timezone.localdate()),
        "may_choose": permissions.is_staff(request.user) and request.user.has_perm(CHOOSES),
        "may_send": request.user.has_perm(SENDS),
        "sees_scores": request.user.has_perm(SEES[0]),
    }
    return render(request, "compliance/targeting/round.html", page)


@require_safe
@web.needs(*SEES)
def drawing(request: web.SignedIn, reference: str) -> HttpResponse:
    """What it takes to repeat the selection, with the numbers of the licences, as a file."""
    one = get_object_or_404(VisitRound, reference=reference)
    headers = {"Content-Disposition": f'attachment; filename="{reference}.json"'}
    return JsonResponse(published_rounds.round_for_auditors(one), headers=headers)


@require_http_methods(METHODS)
@web.needs(SENDS)
def send_visit(request: web.SignedIn, reference: str, number: str) -> HttpResponse:
    barred = Conflict.objects.organisations_of(request.user)
    related = ("licence__organisation", "round", "inspection")
    mine = Choice.objects.exclude(licence__organisation__in=barred).select_related(*related)
    choice = get_object_or_404(mine, round__reference=reference, licence__number=number)
    form = round_forms.Send(web.typed(request), inspectors=inspections.inspectors())
    tried = web.attempt(request, form, actions.send, choice, made_of=[choice.round])
    if tried.is_done:
        return redirect("inspection", tried.result.reference)
    return web.show_form(
        request,
        form,
        title=_("Send an inspector"),
        press=_("Commission the inspection"),
        back=reverse("visit_round", args=[reference]),
        about=[choice.because] if choice.because else [],
        caption=f"{choice.licence.organisation}, {choice.licence.number}",
        blockers=rules.send_blockers(choice),
    )
