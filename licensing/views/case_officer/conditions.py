"""What officers do about the conditions of a licence, and about its suspension: look, and propose what becomes of it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from compliance.inspections.queries import inspections as compliance_queries
from licensing import queries
from licensing.actions import proposals, verifications
from licensing.forms import conditions as forms
from licensing.forms.officer import Commission
from licensing.models import Transfer
from licensing.rules import conditions as rules
from licensing.rules import decisions as decision_rules
from licensing.states import ON_TRANSFERS
from licensing.views.case_officer.licences import wanted
from registry import web
from registry.licences.models import Condition, Licence

PAGE = "licensing/case_officer/about_condition.html"


def _of(licence: Licence, reference: str) -> Condition:
    return get_object_or_404(licence.conditions.all(), reference=reference)


def _page(
    request: web.SignedIn, licence: Licence, form: Any, condition: Condition | None, **facts: Any
) -> HttpResponse:
    shown = queries.shown_condition(condition) if condition is not None else None
    page = {"licence": licence, "row": shown, "form": form, **facts}
    return web.form_page(request, PAGE, page)


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs("licensing.record_check")
def check_condition(request: web.SignedIn, number: str, condition: str) -> HttpResponse:
    licence = wanted(request, number)
    one = _of(licence, condition)
    form = forms.DeskCheck(web.typed(request))
    tried = web.attempt(request, form, verifications.check_at_desk, one)
    if tried.is_done:
        return redirect("staff_licence", number)
    title, press = _("Check at the desk whether a condition is met"), _("Keep what you found")
    return _page(request, licence, form, one, title=title, press=press, blockers=list(rules.check_blockers(one)))


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs("compliance.commission_inspection")
def visit_condition(request: web.SignedIn, number: str, condition: str) -> HttpResponse:
    licence = wanted(request, number)
    one = _of(licence, condition)
    form = Commission(web.typed(request), inspectors=compliance_queries.inspectors())
    tried = web.attempt(request, form, verifications.commission, one)
    if tried.is_done:
        return redirect("staff_licence", number)
    title, press = _("Have somebody visit to see whether a condition is met"), _("Commission the visit")
    blockers = list(rules.visit_blockers(one, open_visits=queries.open_visits_of(one)))
    return _page(request, licence, form, one, title=title, press=press, blockers=blockers)


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs("licensing.propose_decision")
def propose_unheard(request: web.SignedIn, number: str, kind: str, condition: str = "") -> HttpResponse:
    """To discharge a condition, to give more time for it, to lift a suspension, or to consent to a transfer."""
    licence = wanted(request, number)
    one = _of(licence, condition) if condition else None
    ready = queries.readiness(licence)
    asked = _asked(request, licence) if kind in ON_TRANSFERS else None
    form = UNHEARD[kind](web.typed(request), initial={"takes_effect": asked.from_day} if asked else {})
    tried = web.attempt(request, form, proposals.propose, licence, typed=lambda: form.proposed(one))
    if tried.is_done:
        return redirect("decision", tried.result.reference)
    blockers = list(decision_rules.begin_blockers(licence, kind=kind, ready=ready, condition=one))
    facts = {"title": queries.PROPOSING[kind], "press": _("Propose"), "blockers": blockers, "transfer": asked}
    return _page(request, licence, form, one, **facts)


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs("licensing.propose_decision")
def propose_heard(request: web.SignedIn, number: str, kind: str, condition: str = "") -> HttpResponse:
    """To find a condition failed, to vary it, to add one, or to refuse a transfer: on grounds, of which the holder is heard."""
    licence = wanted(request, number)
    one = _of(licence, condition) if condition else None
    offered = queries.offered_for(licence, today=timezone.localdate())
    given = [queries.ground_on(one)] if one else []
    form = HEARD[kind](web.typed(request), offered=offered, given=given, initial=_as_it_is(one))
    tried = web.attempt(request, form, proposals.propose, licence, typed=lambda: form.proposed_about(one))
    if tried.is_done:
        return redirect("decision", tried.result.reference)
    ready = queries.readiness(licence)
    blockers = list(decision_rules.begin_blockers(licence, kind=kind, ready=ready, condition=one))
    if one is not None and kind == "fail":
        blockers += decision_rules.due_blockers(one, today=timezone.localdate())
    facts: dict[str, Any] = {
        "title": queries.PROPOSING[kind],
        "press": _("Propose"),
        "blockers": blockers,
        "offered": offered,
        "transfer": _asked(request, licence) if kind in ON_TRANSFERS else None,
    }
    return _page(request, licence, form, one, **facts)


def _asked(request: web.SignedIn, licence: Licence) -> Transfer:
    """The transfer that the holder asks for, unless it concerns a business with which this officer has a conflict."""
    return get_object_or_404(Transfer.objects.open_to(request.user).open(), licence=licence)


def _as_it_is(condition: Condition | None) -> dict[str, Any]:
    return {"requirement": condition.requirement, "due_on": condition.due_on} if condition else {}


HEARD: dict[str, type[forms.Fail] | type[forms.Modification] | type[forms.RefuseTransfer]] = {
    "fail": forms.Fail,
    "vary": forms.Vary,
    "impose": forms.Impose,
    "refuse_transfer": forms.RefuseTransfer,
}
UNHEARD: dict[str, type[forms.Unheard]] = {
    "discharge": forms.Discharge,
    "extend": forms.Extend,
    "lift": forms.Lift,
    "allow_transfer": forms.AllowTransfer,
}
