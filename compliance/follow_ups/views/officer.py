"""For the authority: what businesses are to put right after inspections, and what becomes of it."""

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from compliance.follow_ups import queries
from compliance.follow_ups.steps import FOLLOW_UP
from compliance.inspections.lists import SEES
from registry import web
from registry.documents.models import Document


@web.page(*SEES)
def follow_up(request: web.SignedIn, reference: str) -> HttpResponse:
    one, today = FOLLOW_UP.subject(request.user, reference=reference), timezone.localdate()
    page = {
        "file": queries.follow_up_file(one, on=today),
        "inspection": one.inspection,
        "buttons": FOLLOW_UP.buttons(one, by=request.user, on=today),
    }
    return render(request, "compliance/follow_ups/officer_follow_up.html", page)


@web.page(*SEES)
def follow_up_file(request: web.SignedIn, reference: str, document: str) -> FileResponse:
    of = Document.objects.about(FOLLOW_UP.subject(request.user, reference=reference).reference).served()
    return web.serve(get_object_or_404(of, reference=document))
