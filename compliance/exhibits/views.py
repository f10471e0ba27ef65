"""The register of exhibits of an inspection: what is in it, one exhibit, and its file."""

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from compliance.exhibits import queries
from compliance.exhibits.steps import EXHIBIT, REGISTER
from compliance.inspections.lists import SEES
from registry import web
from registry.documents.models import Document


@web.page(*SEES)
def register(request: web.SignedIn, reference: str) -> HttpResponse:
    inspection = REGISTER.subject(request.user, reference=reference)
    page = {
        "inspection": inspection,
        "exhibits": queries.exhibits_of(inspection),
        "buttons": REGISTER.buttons(inspection, by=request.user, on=timezone.localdate()),
    }
    return render(request, "compliance/exhibits/register.html", page)


@web.page(*SEES)
def item(request: web.SignedIn, reference: str, number: int) -> HttpResponse:
    found = EXHIBIT.subject(request.user, reference=reference, number=number)
    buttons = EXHIBIT.buttons(found, by=request.user, on=timezone.localdate())
    page = {"inspection": found.inspection, "shown": queries.shown_exhibit(found), "buttons": buttons}
    return render(request, "compliance/exhibits/exhibit.html", page)


@web.page(*SEES)
def file(request: web.SignedIn, reference: str, number: int) -> FileResponse:
    found = EXHIBIT.subject(request.user, reference=reference, number=number)
    return web.serve(get_object_or_404(Document.objects.served(), exhibit=found))
