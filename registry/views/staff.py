"""The files of organisations, for staff."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from registry import queries, web
from registry.models import Organisation


@require_safe
@web.needs("registry.view_organisations")
def organisations(request: web.SignedIn) -> HttpResponse:
    found = queries.organisations(request.GET, by=request.user)
    return render(
        request,
        "registry/staff/organisations.html",
        {"filter": found, "page": web.page(request, found.found())},
        status=200 if found.is_valid() else 422,
    )


@require_safe
@web.needs("registry.view_organisations")
def organisation(request: web.SignedIn, reference: str) -> HttpResponse:
    visible = get_object_or_404(Organisation.objects.visible_to(request.user), reference=reference)
    return render(request, "registry/staff/organisation.html", {"file": queries.organisation_file(visible)})
