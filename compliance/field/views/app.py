"""The app for visits: its page, which works without a connection once it is kept, and every sentence that it says."""

from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import get_language, gettext

from compliance.check_ins.rules import LONGEST_MINUTES
from compliance.exhibits.models import EvidenceKind
from compliance.field.models import VisitPart
from compliance.field.views import words
from compliance.inspections.states import Finding
from compliance.interviews.models import SampleReason, SignedHow
from compliance.interviews.rules import OTHER_LANGUAGE
from compliance.safeguarding.queries import danger_card as safeguarding
from registry import schemes, web
from registry.languages import own_names

REPORTS = "compliance.report_inspection"
#: Stands for the key of a device in an address, until the app knows which one it is.
NO_DEVICE = "00000000-0000-0000-0000-000000000000"


@web.page(REPORTS)
def app(request: web.SignedIn) -> HttpResponse:
    """Nothing on this page says whose it is: it is kept on the device in the open."""
    return render(request, "compliance/field/app.html", {"facts": facts()})


@web.page(REPORTS)
def worker(request: web.SignedIn) -> HttpResponse:
    """The script that answers for the page without a connection."""
    headers = {"Service-Worker-Allowed": "/", "Cache-Control": "no-cache"}
    script = web.asset("vendor/field-worker.js")
    return HttpResponse(script, content_type="text/javascript; charset=utf-8", headers=headers)


@web.page(REPORTS)
def web_manifest(request: web.SignedIn) -> HttpResponse:
    """What a telephone asks before it keeps the app beside its other applications (W3C, Web Application Manifest)."""
    manifest = {
        "name": gettext("Visits without a connection"),
        "short_name": gettext("Visits"),
        "start_url": reverse("field"),
        "scope": reverse("field"),
        "display": "standalone",
        "lang": get_language(),
        "background_color": "#ffffff",
        "theme_color": "#ffffff",
        "icons": [{"src": static("brand/icon-180.png"), "sizes": "180x180", "type": "image/png", "purpose": "any"}],
    }
    return JsonResponse(manifest, content_type="application/manifest+json")


def facts() -> dict[str, Any]:
    page = reverse("field")
    return {
        "addresses": {
            "page": page,
            "pages": _in_every_language(),
            "worker": reverse("field_worker"),
            "sign_in": f"{reverse('account_login')}?next={page}",
            "standing": reverse("device_standing", args=[NO_DEVICE]),
            **{
                name: reverse(f"field_{name}")
                for name in (
                    "session",
                    "common_passphrases",
                    "take_along",
                    "hear",
                    "piece",
                    "take",
                    "settle",
                    "finish",
                    "alarm",
                    "check_in",
                    "check_out",
                )
            },
        },
        "cards": _cards(),
        "longest_stay": LONGEST_MINUTES,
        "lead": settings.SAFEGUARDING_TELEPHONE,
        "kinds": {value: str(label) for value, label in EvidenceKind.choices},
        "findings": {value: str(label) for value, label in Finding.choices},
        "sampled": {value: str(label) for value, label in SampleReason.choices},
        "how": {value: str(label) for value, label in SignedHow.choices},
        "parts": {value: str(label) for value, label in VisitPart.choices},
        "languages": [*own_names(), (OTHER_LANGUAGE, gettext("Another language"))],
        "states": words.states(),
        "words": words.sentences(),
    }


def _cards() -> dict[str, Any]:
    """What to do when somebody is in danger, by the scheme and for whoever has opened no visit: public words, kept in the open."""
    today = timezone.localdate()
    cards = {name: safeguarding.card(name, on=today) for name in ("", *schemes.names())}
    return {name: asdict(card) for name, card in cards.items() if card}


def _in_every_language() -> list[str]:
    """All are kept together, so that whoever changes the language without a connection finds the page."""
    pages = []
    for code in settings.SITE_LANGUAGES:
        with translation.override(code):
            pages.append(reverse("field"))
    return pages
