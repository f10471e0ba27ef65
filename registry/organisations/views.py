"""The files of organisations and of premises, for staff."""

from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from registry import web
from registry.organisations import queries
from registry.organisations.models import Organisation
from registry.trail.actions import exports
from registry.worklists.models import ListName


@require_safe
@web.needs("registry.view_organisations")
def organisations(request: web.SignedIn) -> HttpResponse:
    found = queries.organisations(request.GET, by=request.user)
    return web.list_page(
        request,
        "registry/organisations/organisations.html",
        found,
        of_list=ListName.ORGANISATIONS,
        offered=queries.views_of_organisations(),
        title=_("Organisations"),
    )


@require_POST
@web.needs("registry.view_organisations")
@web.needs("registry.export_lists")
def organisations_csv(request: web.SignedIn) -> HttpResponseBase:
    found = queries.organisations(request.GET, by=request.user)
    columns = queries.organisation_columns()
    return web.list_file(request, ListName.ORGANISATIONS, found, columns, note=exports.take_list)


@require_safe
@web.needs("registry.view_organisations")
def organisation(request: web.SignedIn, reference: str) -> HttpResponse:
    visible = get_object_or_404(Organisation.objects.visible_to(request.user), reference=reference)
    return render(
        request,
        "registry/organisations/organisation.html",
        {
            "file": queries.organisation_file(visible),
            "same_people": queries.same_people(visible, by=request.user),
            "hold": visible.holds.in_force().first(),
        },
    )


@require_safe
@web.needs("licensing.view_applications")
def document(request: web.SignedIn, reference: str, document: str) -> FileResponse:
    """One file that came with the file of the organisation: for those who read cases, as all evidence is."""
    visible = get_object_or_404(Organisation.objects.visible_to(request.user), reference=reference)
    own = visible.documents.about(visible.reference).served()
    return web.serve(get_object_or_404(own, reference=document))
