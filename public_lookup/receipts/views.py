"""Proofs of check without an account: take one, come back to it, print it, take it away as JSON.

From what is printed on a certificate to the register: paper says nothing, the register does."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from public_lookup import web
from public_lookup.certificates import letters as certificate_letters
from public_lookup.lookup import forms as lookup_forms
from public_lookup.lookup.queries import entries
from public_lookup.receipts import actions as receipts
from public_lookup.receipts import forms, letters
from public_lookup.receipts.models import Receipt
from public_lookup.receipts.queries import receipts as receipts_queries
from public_lookup.receipts.queries.proofs import Proof
from registry import signing
from registry.errors import PdfUnavailable
from registry.web import count, is_too_often

#: Proofs that one connection may take in an hour: a shift of suppliers, and no more rows than that from whoever plays.
MOST_RECEIPTS = 30


@web.keeping
def take(request: HttpRequest, number: str) -> HttpResponse:
    """The one thing on the public pages that leaves a row: what was asked, never who asked. By a button only."""
    now = timezone.now()
    as_at = lookup_forms.AsAt(request.GET, now=now)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("entry", args=[number]), status=303)
    if not as_at.is_valid():
        page = {"form": as_at, "number": number}
        return web.not_kept(render(request, "public_lookup/lookup/day.html", page, status=422))
    if is_too_often(request, "receipt", most=MOST_RECEIPTS, at=now):
        return web.not_kept(render(request, "public_lookup/too_often.html", {"number": number}, status=429))
    receipt = receipts.take(number, as_at=as_at.instant, by=None, at=now)
    count(request, "receipt", at=now)
    return HttpResponseRedirect(reverse("receipt", args=[receipt.number, receipt.key]), status=303)


@web.public
def receipt(request: HttpRequest, number: str, key: str) -> HttpResponse:
    own = _own(number, key)
    told = Proof(own.record)
    page: dict[str, object] = {
        "receipt": own,
        "proof": told,
        "entry": told.entry,
        "address": certificate_letters.address_of(own),
    }
    page["since"] = told.since(timezone.now())
    return web.not_kept(render(request, "public_lookup/receipts/receipt.html", page))


@web.public
def receipt_pdf(request: HttpRequest, number: str, key: str) -> HttpResponse:
    own = _own(number, key)
    try:
        content = letters.proof(own, language=get_language() or settings.LANGUAGE_CODE)
    except PdfUnavailable as unavailable:
        page = {"receipt": own, "why": unavailable}
        return web.not_kept(render(request, "public_lookup/receipts/no_pdf.html", page, status=503))
    return _to_keep(content, f"{own.number}.pdf", "application/pdf")


@web.public
def receipt_json(request: HttpRequest, number: str, key: str) -> HttpResponse:
    own = _own(number, key)
    return _to_keep(signing.canonical(own.sealed), f"{own.number}.json", "application/json")


def _own(number: str, key: str) -> Receipt:
    """The number alone shows nothing here: who checked stands on the page of a formal check."""
    found = Receipt.objects.filter(number=number).first()
    if found is None or not signing.same_digest(found.key, key):
        raise entries.NotShown(number)
    return found


def _to_keep(content: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return web.not_kept(response)


@web.public
def verify_receipt(request: HttpRequest, number: str) -> HttpResponse:
    """What the register answered, for whoever has the number of a proof. Who asked is not shown to them."""
    kept = receipts_queries.receipt_with(number)
    if kept is None:
        raise entries.NotShown(number)
    return _judged(
        request, receipts_queries.RecordCheck(receipts_queries.RecordVerdict.GENUINE, kept.record, kept), by_number=True
    )


@web.public
def verify_document(request: HttpRequest) -> HttpResponse:
    """A file that somebody was shown: confirmed by what we have kept and by its signature, or told apart."""
    form = forms.Document(request.POST, request.FILES) if request.method == "POST" else forms.Document()
    if form.is_valid():
        return _judged(request, receipts_queries.judge_file(form.sealed, form.content), by_number=False)
    page = {"form": form, "posted": web.posted(request)}
    return web.not_kept(render(request, "public_lookup/receipts/document.html", page, status=web.status_of(form)))


def _judged(request: HttpRequest, judged: receipts_queries.RecordCheck, *, by_number: bool) -> HttpResponse:
    proof = judged.proof
    page: dict[str, Any] = {
        "judged": judged,
        "proof": proof,
        "entry": proof.entry if proof else None,
        "original": Proof(judged.kept.record) if judged.kept else None,
        "by_number": by_number,
        "certified": receipts_queries.certified(judged.record),
    }
    if told := proof or page["original"]:
        page["since"] = told.since(timezone.now())
    if page["certified"]:
        page["today"] = entries.today(page["certified"], timezone.now())
    return web.not_kept(render(request, "public_lookup/receipts/judged.html", page))
