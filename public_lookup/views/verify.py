"""From what is printed on a certificate to the register: paper says nothing, the register does."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from public_lookup import forms, queries, web
from public_lookup.queries import receipts
from public_lookup.queries.certificates import Certificate
from public_lookup.views.worker import BY_CERTIFICATE


@web.public
def verify(request: HttpRequest) -> HttpResponse:
    form = forms.Verify(request.POST if request.method == "POST" else None, now=timezone.now())
    if form.is_valid():
        return _answer(request, form)
    page = {"form": form, "posted": web.posted(request)}
    return web.not_kept(render(request, "public_lookup/verify.html", page, status=web.status_of(form)))


@web.public
def code(request: HttpRequest, code: str) -> HttpResponse:
    form = forms.Verify({"code": code}, now=timezone.now())
    if form.is_valid():
        return _answer(request, form)
    return web.not_kept(render(request, "public_lookup/verify.html", {"form": form}, status=404))


@web.public
def verify_receipt(request: HttpRequest, number: str) -> HttpResponse:
    """What the register answered, for whoever has the number of a proof. Who asked is not shown to them."""
    kept = receipts.receipt_with(number)
    if kept is None:
        raise queries.NotShown(number)
    return _judged(request, receipts.Judged(receipts.Verdict.GENUINE, kept.record, kept), by_number=True)


@web.public
def verify_document(request: HttpRequest) -> HttpResponse:
    """A file that somebody was shown: confirmed by what we have kept and by its signature, or told apart."""
    form = forms.Document(request.POST, request.FILES) if request.method == "POST" else forms.Document()
    if form.is_valid():
        return _judged(request, receipts.judge_file(form.sealed, form.content), by_number=False)
    page = {"form": form, "posted": web.posted(request)}
    return web.not_kept(render(request, "public_lookup/receipts/document.html", page, status=web.status_of(form)))


def _judged(request: HttpRequest, judged: receipts.Judged, *, by_number: bool) -> HttpResponse:
    proof = judged.proof
    page: dict[str, Any] = {
        "judged": judged,
        "proof": proof,
        "entry": proof.entry if proof else None,
        "original": receipts.Proof(judged.kept.record) if judged.kept else None,
        "by_number": by_number,
        "certified": receipts.certified(judged.record),
    }
    if told := proof or page["original"]:
        page["since"] = told.since(timezone.now())
    if page["certified"]:
        page["today"] = queries.today(page["certified"], timezone.now())
    return web.not_kept(render(request, "public_lookup/receipts/judged.html", page))


def _answer(request: HttpRequest, form: forms.Verify) -> HttpResponse:
    """A code that was shown live is answered here, as it is true for a minute only; all else leads to the entry."""
    if (certificate := form.certificate) is not None:
        return _shown_live(request, certificate)
    if form.receipt is not None:
        return HttpResponseRedirect(reverse("verify_receipt", args=[form.receipt.number]), status=303)
    address = reverse("entry", args=[queries.number_of(form.cleaned_data["code"])])
    return HttpResponseRedirect(f"{address}?by={BY_CERTIFICATE}", status=303)


def _shown_live(request: HttpRequest, certificate: Certificate) -> HttpResponse:
    now = timezone.now()
    shown = queries.entry(queries.number_of(certificate.code), at=now)
    page = {
        "shown": shown,
        "entry": shown.entry,
        "form": forms.Person(),
        "as_at": forms.AsAt({}, now=now),
        "certificate": certificate,
        "posted": web.posted(request),
    }
    return web.not_kept(render(request, "public_lookup/entry.html", page))
