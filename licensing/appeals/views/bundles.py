"""The page of one appeal, and what is written down of it; the list of appeals."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from licensing.appeals.actions import bundles
from licensing.appeals.models import AppealBundle
from licensing.appeals.queries import appeals as queries
from licensing.appeals.queries import columns
from licensing.appeals.views.officer import SEES, visible
from registry import web
from registry.errors import Refused
from registry.trail.actions import exports
from registry.web import as_pdf
from registry.worklists.models import WorkList


@require_safe
@web.needs(SEES)
def appeals(request: web.SignedIn) -> HttpResponse:
    return web.list_page(
        request,
        "licensing/appeals/officer_appeals.html",
        queries.appeals(request.GET, by=request.user),
        of_list=WorkList.APPEALS,
        offered=queries.views(),
        title=_("Appeals"),
    )


@require_POST
@web.needs(SEES)
@web.needs("registry.export_lists")
def appeals_csv(request: web.SignedIn) -> HttpResponseBase:
    found = queries.appeals(request.GET, by=request.user)
    return web.list_file(request, WorkList.APPEALS, found, columns.appeal_columns(), note=exports.take_list)


@require_POST
@web.needs(SEES)
def bundle(request: web.SignedIn, reference: str) -> HttpResponse:
    """Ask for everything that the decision rested on; the background worker makes it, and the page of the appeal has it."""
    one = visible(request, reference)
    try:
        bundles.ask(one, by=request.user, at=timezone.now())
    except Refused as refused:
        for reason in refused.reasons:
            messages.warning(request, str(reason))
    return redirect(f"{reverse('appeal', args=[one.reference])}#bundle")


@require_POST
@web.needs(SEES)
def take_bundle(request: web.SignedIn, reference: str, bundle: int) -> HttpResponse:
    """The bundle as one file; that it left is noted."""
    one = visible(request, reference)
    made = get_object_or_404(AppealBundle, pk=bundle, appeal=one)
    try:
        return as_pdf(
            request, lambda: bundles.take(made, by=request.user, at=timezone.now()), name=f"{one.reference} bundle"
        )
    except Refused as refused:
        for reason in refused.reasons:
            messages.warning(request, str(reason))
        return redirect(f"{reverse('appeal', args=[one.reference])}#bundle")
