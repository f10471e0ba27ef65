"""An override of a reply as officers see it."""

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from licensing.overrides import queries
from licensing.overrides.models import ReplyOverride
from licensing.overrides.states import SEES
from licensing.overrides.steps import OVERRIDE
from registry import web


@web.page(SEES)
def override(request: web.SignedIn, reference: str) -> HttpResponse:
    one = OVERRIDE.subject(request.user, reference=reference)
    file = queries.override_file(one, by=request.user)
    moves = OVERRIDE.buttons(one, by=request.user, on=timezone.localdate())
    page = "licensing/overrides/officer_override.html"
    return render(request, page, {"override": one, "file": file, "moves": moves, **OVERRIDE.facts(one)})


@web.page(SEES)
def document(request: web.SignedIn, reference: str, document: str) -> FileResponse:
    """A file that shows that a reply is not right: for those who weigh the case."""
    one = get_object_or_404(ReplyOverride.objects.visible_to(request.user), reference=reference)
    return web.serve(
        get_object_or_404(queries.documents_of(one, by=request.user).filter(status="clean"), reference=document)
    )
