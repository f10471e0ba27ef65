"""The files of organisations and of premises, for staff."""

from django.forms import Form
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from registry import forms, queries, web
from registry.actions import exports, holds
from registry.models import Organisation, Premises, WorkList


@require_safe
@web.needs("registry.view_organisations")
def organisations(request: web.SignedIn) -> HttpResponse:
    found = queries.organisations(request.GET, by=request.user)
    return web.list_page(
        request,
        "registry/staff/organisations.html",
        found,
        of_list=WorkList.ORGANISATIONS,
        offered=queries.views_of_organisations(),
        title=_("Organisations"),
    )


@require_POST
@web.needs("registry.view_organisations")
@web.needs("registry.export_lists")
def organisations_csv(request: web.SignedIn) -> HttpResponseBase:
    found = queries.organisations(request.GET, by=request.user)
    columns = queries.organisation_columns()
    return web.list_file(request, WorkList.ORGANISATIONS, found, columns, note=exports.take_list)


@require_safe
@web.needs("registry.view_organisations")
def organisation(request: web.SignedIn, reference: str) -> HttpResponse:
    visible = get_object_or_404(Organisation.objects.visible_to(request.user), reference=reference)
    return render(
        request,
        "registry/staff/organisation.html",
        {"file": queries.organisation_file(visible), "hold": visible.holds.in_force().first()},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs("registry.hold_data")
def place_hold(request: web.SignedIn, reference: str) -> HttpResponse:
    """Keep what would otherwise be erased of this organisation, and say why."""
    visible = get_object_or_404(Organisation.objects.visible_to(request.user), reference=reference)
    form = forms.HoldBecause(web.typed(request))
    tried = web.attempt(request, form, holds.place, visible)
    if tried.is_done:
        return redirect("organisation", reference)
    return _hold(request, visible, form, "registry/staff/place_hold.html")


@require_http_methods(["GET", "HEAD", "POST"])
@web.needs("registry.hold_data")
def lift_hold(request: web.SignedIn, reference: str) -> HttpResponse:
    visible = get_object_or_404(Organisation.objects.visible_to(request.user), reference=reference)
    hold = get_object_or_404(visible.holds.in_force())
    form = forms.HoldBecause(web.typed(request))
    tried = web.attempt(request, form, holds.lift, hold)
    if tried.is_done:
        return redirect("organisation", reference)
    return _hold(request, visible, form, "registry/staff/lift_hold.html")


def _hold(request: web.SignedIn, organisation: Organisation, form: Form, template: str) -> HttpResponse:
    page = {"organisation": organisation, "form": form, "hold": organisation.holds.in_force().first()}
    return web.form_page(request, template, page)


@require_safe
@web.needs("registry.view_premises")
def premises_list(request: web.SignedIn) -> HttpResponse:
    found = queries.premises(request.GET, by=request.user)
    return web.list_page(request, "registry/staff/premises_list.html", found, title=_("Premises"))


@require_safe
@web.needs("registry.view_premises")
def one_premises(request: web.SignedIn, reference: str) -> HttpResponse:
    visible = get_object_or_404(Premises.objects.visible_to(request.user), reference=reference)
    file = queries.premises_file(visible, by=request.user)
    return render(request, "registry/staff/premises.html", {"file": file})
