"""The case page, and its files beside the answers."""

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from licensing.applications.queries import documents
from licensing.applications.views.officer import visible
from licensing.cases.queries.page_facts import facts_of_page
from licensing.cases.queries.reading import file_to_read, reading_of
from licensing.cases.steps import CASE
from licensing.payments.steps import REFUND
from licensing.requests.steps import buttons
from registry import web
from registry.organisations.queries import same_people


@web.page("licensing.view_applications")
def application(request: web.SignedIn, reference: str) -> HttpResponse:
    case = visible(request, reference)
    on = timezone.localdate()
    facts = facts_of_page(case, by=request.user, on=on, all_open=request.GET.get("open") == "all")
    facts["moves"] = (*facts["file"].moves, *CASE.buttons(case, by=request.user, on=on))
    facts["same_people"] = same_people(case.organisation, by=request.user)
    refunds = case.refunds.order_by("-pk")
    facts["refunds"] = [(one, REFUND.buttons(one, by=request.user, on=on)) for one in refunds]
    facts["requests"] = [(one, buttons(one.request, by=request.user, on=on)) for one in facts["file"].requests]
    return render(request, "licensing/cases/officer_case.html", facts)


@web.page("licensing.view_applications", "compliance.view_own_inspections")
def case_document(request: web.SignedIn, reference: str, document: str) -> FileResponse:
    """One file of the evidence: for those who read cases, and for the inspector who has this one to inspect."""
    case = get_object_or_404(documents.cases_read_by(request.user), reference=reference)
    return web.serve(get_object_or_404(documents.documents_of(case).served(), reference=document))


@web.page("licensing.view_applications")
@web.framing_own_files
def read_document(request: web.SignedIn, reference: str, document: str) -> HttpResponse:
    """A file of the case beside the answers of the application, with the one before and the one after it."""
    case = visible(request, reference)
    reading = reading_of(case, document, by=request.user, on=timezone.localdate())
    if reading is None:
        raise Http404
    return render(request, "licensing/cases/reading.html", {"application": case, "reading": reading})


@web.page("licensing.view_applications")
def shown_document(request: web.SignedIn, reference: str, document: str) -> FileResponse:
    """The file itself, as the page of reading shows it."""
    found = file_to_read(visible(request, reference), document, by=request.user)
    if found is None:
        raise Http404
    return web.show(found)
