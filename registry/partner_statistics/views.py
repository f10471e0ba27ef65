"""Signed statistics for other authorities with an agreement; and the agreements with a log, for managers and auditors."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from registry import web
from registry.editions.queries import files
from registry.editions.queries.pages import page_of
from registry.editions.rules.quarters import in_words
from registry.editions.states import READS_SHARED, SEES_PARTNERS
from registry.partner_statistics import queries
from registry.partner_statistics.steps import PARTNER_AGREEMENT
from registry.trail.queries import history


@web.page(READS_SHARED)
def editions(request: web.SignedIn) -> HttpResponse:
    """Those that this person's authority may read now."""
    agreement = queries.agreement_of(request.user, timezone.localdate())
    signed = queries.signed_versions(timezone.now()) if agreement else []
    rows = [(one.edition.code, in_words(one.edition.code), one.published_at) for one in signed]
    return render(request, "registry/partner_statistics/partner_editions.html", {"agreement": agreement, "rows": rows})


@web.page(READS_SHARED)
def edition(request: web.SignedIn, reference: str) -> HttpResponse:
    shown = _shared(request, reference)
    web.shows(request, shown.edition, way="page")
    page = page_of(shown, timezone.now())
    return render(request, "registry/partner_statistics/partner_edition.html", {"page": page, "is_preview": True})


@web.page(READS_SHARED)
def edition_files(request: web.SignedIn, reference: str) -> HttpResponse:
    """Every division of every table that the agreement allows, as CSV."""
    shown = _shared(request, reference)
    web.shows(request, shown.edition, way="document")
    response = HttpResponse(files.zip_of(shown), content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="under-agreement-{shown.code}.zip"'
    return web.not_kept(response)


def _shared(request: web.SignedIn, reference: str) -> queries.PartnerEdition:
    shown = queries.partner_edition(reference, by=request.user, at=timezone.now())
    if shown is None:
        raise Http404
    return shown


@web.page(*SEES_PARTNERS)
def agreements(request: web.SignedIn) -> HttpResponse:
    return render(
        request, "registry/partner_statistics/agreements.html", {"agreements": queries.agreements(request.user)}
    )


@web.page(*SEES_PARTNERS)
def agreement(request: web.SignedIn, reference: str) -> HttpResponse:
    """One agreement, with everyone of the authority who has read an edition."""
    one = PARTNER_AGREEMENT.subject(request.user, reference=reference)
    page = {
        "agreement": one,
        "buttons": PARTNER_AGREEMENT.buttons(one, by=request.user, on=timezone.localdate()),
        "readings": queries.readings_of(one),
        "events": history.in_words(history.history_of(("partneragreement", reference)), about=reference),
    }
    return render(request, "registry/partner_statistics/agreement.html", page)
