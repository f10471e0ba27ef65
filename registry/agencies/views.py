"""Other authorities that are asked: who they are, how they are asked, what they answer."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from registry import forms as registry_forms
from registry import web
from registry.agencies import actions, forms, queries, rules
from registry.agencies.models import Agency
from registry.trail.queries import history

MANAGE = "registry.manage_agencies"
form_page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@web.needs(MANAGE)
def agencies(request: web.SignedIn) -> HttpResponse:
    return render(request, "registry/agencies/agencies.html", {"agencies": queries.agencies()})


@require_safe
@web.needs(MANAGE)
def agency(request: web.SignedIn, reference: str) -> HttpResponse:
    shown = get_object_or_404(queries.agencies(), reference=reference)
    events = history.in_words(history.history_of(("agency", reference)), about=reference)
    facts = {"agency": shown, "rows": queries.agency_in_words(shown, timezone.localdate()), "events": events}
    return render(request, "registry/agencies/agency.html", facts)


@form_page
@web.needs(MANAGE)
def add_agency(request: web.SignedIn) -> HttpResponse:
    form = forms.AgencyParticulars(web.typed(request), **_choices())
    tried = web.attempt(request, form, actions.open_for)
    if tried.is_done:
        return redirect("agency", tried.result.reference)
    return _form(request, "add_agency", form)


@form_page
@web.needs(MANAGE)
def change_agency(request: web.SignedIn, reference: str) -> HttpResponse:
    shown = get_object_or_404(Agency, reference=reference)
    known = {**shown.address, **{field: getattr(shown, field) for field in actions.FIELDS}}
    known["remits"] = [str(remit) for remit in shown.remits.all()]
    form = forms.AgencyParticulars(web.typed(request), initial=known, **_choices())
    tried = web.attempt(request, form, actions.change, shown)
    if tried.is_done:
        return redirect("agency", reference)
    return _form(request, "change_agency", form, agency=shown)


@form_page
@web.needs(MANAGE)
def close_agency(request: web.SignedIn, reference: str) -> HttpResponse:
    shown = get_object_or_404(Agency, reference=reference)
    form = registry_forms.Because(web.typed(request))
    tried = web.attempt(request, form, actions.close, shown)
    if tried.is_done:
        return redirect("agency", reference)
    return _form(request, "close_agency", form, agency=shown, blockers=list(rules.close_agency_blockers(shown)))


def _choices() -> dict[str, Any]:
    return {"checks": queries.checks_of_packs(), "guards": queries.guard_choices(timezone.localdate())}


def _form(request: web.SignedIn, verb: str, form: Any, **facts: Any) -> HttpResponse:
    page = f"registry/agencies/{verb}.html"
    return web.form_page(request, page, {"form": form, **facts})
