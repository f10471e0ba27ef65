"""For those who choose whom to visit, and those who send the inspector: rounds, from the seed to the visit."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from compliance.inspections import forms as inspection_forms
from compliance.inspections.queries import inspections
from compliance.targeting import forms as round_forms
from compliance.targeting.actions import rounds as actions
from compliance.targeting.models import Choice, VisitRound
from compliance.targeting.queries import rounds as rounds_queries
from compliance.targeting.queries import scores
from compliance.targeting.rules import rounds as rules
from registry import permissions, schemes, web
from registry.conflicts.models import Conflict
from registry.schemes import said

CHOOSES = "compliance.choose_visits"
SENDS = "compliance.commission_inspection"
SEES = ("compliance.view_scores", SENDS)
METHODS = ["GET", "HEAD", "POST"]


@require_safe
@web.needs(*SEES)
def rounds(request: web.SignedIn) -> HttpResponse:
    found = rounds_queries.rounds(request.GET)
    return web.list_page(request, "compliance/targeting/rounds.html", found, title=_("Rounds of choosing"))


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
    return web.form_page(request, "compliance/targeting/round_open.html", {"form": form})


@require_safe
@web.needs(*SEES)
def visit_round(request: web.SignedIn, reference: str) -> HttpResponse:
    one = get_object_or_404(VisitRound, reference=reference)
    return render(request, "compliance/targeting/round.html", _shown(request, one, inspection_forms.Press()))


@require_safe
@web.needs(*SEES)
def drawing(request: web.SignedIn, reference: str) -> HttpResponse:
    """What anybody needs to do the drawing again, as a file."""
    one = get_object_or_404(VisitRound, reference=reference)
    headers = {"Content-Disposition": f'attachment; filename="{reference}.json"'}
    return JsonResponse(rounds_queries.drawing(one), headers=headers)


@require_http_methods(METHODS)
@web.needs(CHOOSES)
def fix_round(request: web.SignedIn, reference: str) -> HttpResponse:
    return _move(request, reference, actions.fix)


@require_http_methods(METHODS)
@web.needs(CHOOSES)
def draw_round(request: web.SignedIn, reference: str) -> HttpResponse:
    return _move(request, reference, actions.draw)


@require_http_methods(METHODS)
@web.needs(CHOOSES)
def choose_visit(request: web.SignedIn, reference: str) -> HttpResponse:
    one = get_object_or_404(VisitRound, reference=reference)
    form = round_forms.Choose(web.typed(request), initial={"number": request.GET.get("number", "")})
    tried = web.attempt(request, form, actions.choose, one)
    if tried.is_done:
        return redirect("visit_round", reference)
    chosen = dict(one.choices.values_list("licence__number", "how"))
    page = {"round": one, "form": form, "blockers": list(rules.choose_blockers(one, chosen=chosen))}
    return web.form_page(request, "compliance/targeting/round_choose.html", page)


@require_http_methods(METHODS)
@web.needs(SENDS)
def send_visit(request: web.SignedIn, reference: str, number: str) -> HttpResponse:
    barred = Conflict.objects.organisations_of(request.user)
    mine = Choice.objects.exclude(licence__organisation__in=barred).select_related("licence__organisation", "round")
    choice = get_object_or_404(mine, round__reference=reference, licence__number=number)
    form = round_forms.Send(web.typed(request), inspectors=inspections.inspectors())
    tried = web.attempt(request, form, actions.send, choice)
    if tried.is_done:
        return redirect("inspection", tried.result.reference)
    page = {"choice": choice, "form": form, "blockers": list(rules.send_blockers(choice))}
    return web.form_page(request, "compliance/targeting/round_send.html", page)


def _move(request: web.SignedIn, reference: str, act: Callable[..., VisitRound]) -> HttpResponse:
    """One press on the page of the round; what keeps it from being done is said there."""
    one = get_object_or_404(VisitRound, reference=reference)
    form = inspection_forms.Press(web.typed(request))
    tried = web.attempt(request, form, act, one)
    if tried.is_done:
        return redirect("visit_round", reference)
    return web.form_page(request, "compliance/targeting/round.html", _shown(request, one, form))


def _shown(request: web.SignedIn, one: VisitRound, form: Any) -> dict[str, Any]:
    return {
        "file": rounds_queries.round_file(one, by=request.user),
        "round": one,
        "form": form,
        "scheme_title": said(schemes.get(one.scheme, one.version).title, get_language()),
        "fix_blockers": list(rules.fix_blockers(one)),
        "draw_blockers": list(rules.draw_blockers(one)),
        "may_choose": permissions.is_staff(request.user) and request.user.has_perm(CHOOSES),
        "may_send": request.user.has_perm(SENDS),
        "sees_scores": request.user.has_perm(SEES[0]),
    }
