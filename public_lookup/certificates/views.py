"""From what is printed on a certificate to the register: paper says nothing, the register does.

Checking a labour provider: ask the register, and read what it says of one of them."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from public_lookup import web
from public_lookup.certificates import forms, letters
from public_lookup.certificates.queries import Certificate
from public_lookup.lookup import forms as lookup_forms
from public_lookup.lookup.queries import entries
from public_lookup.lookup.views import BY_CERTIFICATE
from registry.campaigns.queries import CampaignLead, is_approved, lead_of, plain_word
from registry.errors import PdfUnavailable
from registry.languages import own_names
from registry.register.models import Entry
from registry.web import count, is_too_often
from registry.web.addresses import path_in

#: Posters that one connection may make in an hour.
MOST_POSTERS = 40


TOO_MANY_POSTERS = _("Too much has come from this connection. Try again in an hour, or ring us.")


@web.public
def poster(request: HttpRequest) -> HttpResponse:
    """What the poster says, in the language of the page, and the choice of languages for the sheet that is printed."""
    return _poster(request, _address_of_look_up(request), None, reverse("poster_pdf"))


@web.public
def poster_pdf(request: HttpRequest) -> HttpResponse:
    """The sheet, ready to print, in up to four languages."""
    return _poster_pdf(request, _address_of_look_up(request), None)


@web.public
def poster_of(request: HttpRequest, number: str) -> HttpResponse:
    """The poster of one holder: its square code leads to what the register says of it that day. Only of whoever is licensed."""
    shown = entries.entry(number, at=timezone.now())
    if shown.number != number or not shown.entry.is_licensed:
        return HttpResponseRedirect(reverse("entry", args=[shown.number]), status=303)
    return _poster(request, _address_of(shown), shown.entry, reverse("poster_of_pdf", args=[number]))


@web.public
def poster_of_pdf(request: HttpRequest, number: str) -> HttpResponse:
    shown = entries.entry(number, at=timezone.now())
    if shown.number != number or not shown.entry.is_licensed:
        return HttpResponseRedirect(reverse("entry", args=[shown.number]), status=303)
    return _poster_pdf(request, _address_of(shown), shown.entry)


def _address_of_look_up(request: HttpRequest) -> str:
    """The short address of a campaign, if the poster is printed for one that has been approved."""
    word = plain_word(request.GET.get("campaign"))
    where = path_in(settings.LANGUAGE_CODE, reverse("code", args=[word])) if is_approved(word) else reverse("check")
    return f"{settings.SITE_ADDRESS}{where}"


def _address_of(shown: entries.PublicEntry) -> str:
    return f"{settings.SITE_ADDRESS}{reverse('code', args=[shown.entry.listing.code])}"


def _poster(
    request: HttpRequest, address: str, holder: Entry | None, file: str, *, why: object = "", status: int = 200
) -> HttpResponse:
    current = get_language() or settings.LANGUAGE_CODE
    languages = own_names()
    page = {"address": address, "holder": holder, "file": file, "languages": languages, "current": current, "why": why}
    page["campaign"] = plain_word(request.GET.get("campaign"))
    return render(request, "public_lookup/certificates/poster.html", page, status=status)


def _poster_pdf(request: HttpRequest, address: str, holder: Entry | None) -> HttpResponse:
    now, known = timezone.now(), [code for code, _name in settings.LANGUAGES]
    asked = [code for code in dict.fromkeys(request.GET.getlist("language")) if code in known]
    if is_too_often(request, "poster", most=MOST_POSTERS, at=now):
        return _poster(request, address, holder, request.path, why=TOO_MANY_POSTERS, status=429)
    count(request, "poster", at=now)
    try:
        content = letters.poster(
            languages=asked[: letters.MOST_LANGUAGES] or [get_language() or settings.LANGUAGE_CODE],
            holder=holder,
            address=address,
            on=timezone.localdate(now),
        )
    except PdfUnavailable as unavailable:
        return _poster(request, address, holder, request.path, why=unavailable, status=503)
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = 'attachment; filename="poster.pdf"'
    return response


@web.public
def verify(request: HttpRequest) -> HttpResponse:
    if campaign := lead_of(request.POST.get("code", ""), timezone.localdate()):
        return _by_campaign(campaign)
    form = forms.Verify(request.POST if request.method == "POST" else None, now=timezone.now())
    if form.is_valid():
        return _answer(request, form)
    page = {"form": form, "posted": web.posted(request)}
    return web.not_kept(render(request, "public_lookup/certificates/verify.html", page, status=web.status_of(form)))


@web.public
def code(request: HttpRequest, code: str) -> HttpResponse:
    """Where a short address leads: that of a certificate to its entry, that of a campaign to the look-up in its language."""
    if campaign := lead_of(code, timezone.localdate()):
        return _by_campaign(campaign)
    form = forms.Verify({"code": code}, now=timezone.now())
    if form.is_valid():
        return _answer(request, form)
    return web.not_kept(render(request, "public_lookup/certificates/verify.html", {"form": form}, status=404))


def _by_campaign(campaign: CampaignLead) -> HttpResponse:
    """The word goes along in the address, below which nothing is logged, and in no cookie."""
    address = f"{path_in(campaign.language, reverse('check'))}?campaign={campaign.word}"
    return web.not_kept(HttpResponseRedirect(address, status=303))


def _answer(request: HttpRequest, form: forms.Verify) -> HttpResponse:
    """A code that was shown live is answered here, as it is true for a minute only; all else leads to the entry."""
    if (certificate := form.certificate) is not None:
        return _shown_live(request, certificate)
    if form.receipt is not None:
        return HttpResponseRedirect(reverse("verify_receipt", args=[form.receipt.number]), status=303)
    address = reverse("entry", args=[entries.number_of(form.cleaned_data["code"])])
    return HttpResponseRedirect(f"{address}?by={BY_CERTIFICATE}", status=303)


def _shown_live(request: HttpRequest, certificate: Certificate) -> HttpResponse:
    now = timezone.now()
    shown = entries.entry(entries.number_of(certificate.code), at=now)
    page = {
        "shown": shown,
        "entry": shown.entry,
        "form": lookup_forms.Person(),
        "as_at": lookup_forms.AsAt({}, now=now),
        "certificate": certificate,
        "posted": web.posted(request),
    }
    return web.not_kept(render(request, "public_lookup/lookup/entry.html", page))
