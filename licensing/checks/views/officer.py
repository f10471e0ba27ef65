"""One check as officers see it: which authority was asked, and what came back."""

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from licensing.checks.queries import checks as checks_queries
from licensing.checks.steps import CHECK, about_case
from registry import web

SEES = "licensing.view_applications"


@web.page(SEES)
def check(request: web.SignedIn, asked: str) -> HttpResponse:
    one = CHECK.subject(request.user, asked=asked)
    file = checks_queries.check_file(one, by=request.user, on=timezone.localdate())
    buttons = CHECK.buttons(one, by=request.user, on=timezone.localdate())
    return render(request, "licensing/checks/officer_check.html", {"file": file, "buttons": buttons, **about_case(one)})


@web.page(SEES)
def reply_document(request: web.SignedIn, asked: str, document: str) -> FileResponse:
    """A file that came with a reply: for those who may read the reply."""
    return web.serve(
        get_object_or_404(
            checks_queries.documents_of_check(CHECK.subject(request.user, asked=asked), by=request.user),
            reference=document,
        )
    )
