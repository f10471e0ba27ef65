"""What is on a file besides what its subject sent by this site; and all correspondence about an application."""

from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from licensing.applications.queries.history import events_of
from licensing.applications.views.officer import visible
from licensing.correspondence import queries
from licensing.correspondence.steps import ENTRY
from registry import web
from registry.documents.models import Document

SEES = "licensing.view_applications"


@web.page(SEES)
def file_entry(request: web.SignedIn, reference: str) -> HttpResponse:
    """One document, letter, email or call, with its files and what was done with it."""
    entry = ENTRY.subject(request.user, reference=reference)
    page = {
        "entry": entry,
        "documents": queries.documents_of(entry),
        "events": events_of(("fileentry", entry.reference)),
        "about": queries.address_of(entry),
        "buttons": ENTRY.buttons(entry, by=request.user, on=timezone.localdate()),
    }
    return render(request, "licensing/correspondence/entry.html", page)


@web.page(SEES)
def entry_file(request: web.SignedIn, reference: str, document: str) -> FileResponse:
    return web.serve(_file(request, reference, document))


@web.page(SEES)
def shown_entry_file(request: web.SignedIn, reference: str, document: str) -> FileResponse:
    """The same file, as a page of ours shows it beside a form."""
    return web.show(_file(request, reference, document))


def _file(request: web.SignedIn, reference: str, document: str) -> Document:
    entry = ENTRY.subject(request.user, reference=reference)
    return get_object_or_404(queries.documents_of(entry).served(), reference=document)


@web.page(SEES)
def correspondence(request: web.SignedIn, reference: str) -> HttpResponse:
    """All letters, messages, emails, calls and documents about one application, newest first."""
    case = visible(request, reference)
    page = {"application": case, "log": queries.correspondence_of(case, by=request.user)}
    return render(request, "licensing/correspondence/log.html", page)
