"""The files of organisations and of premises, for staff."""

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, render

from registry import web
from registry.organisations import queries
from registry.organisations.models import Organisation


@web.page("registry.view_organisations")
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


@web.page("licensing.view_applications")
def document(request: web.SignedIn, reference: str, document: str) -> FileResponse:
    """One file that came with the file of the organisation: for those who read cases, as all evidence is."""
    visible = get_object_or_404(Organisation.objects.visible_to(request.user), reference=reference)
    own = visible.documents.about(visible.reference).served()
    return web.serve(get_object_or_404(own, reference=document))
