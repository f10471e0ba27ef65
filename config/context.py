"""What every page knows about the installation it belongs to."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, get_language_from_request, get_language_info, gettext, override

from config import queries
from config.catalogues import is_draft
from registry import web
from registry.templatetags.registry_parts import path_in


def site(request: HttpRequest) -> dict[str, Any]:
    here = request.get_full_path()
    return {
        # The names are settings; the catalogue may know them in other languages.
        "SERVICE_NAME": gettext(settings.SERVICE_NAME),
        "ORGANISATION_NAME": gettext(settings.ORGANISATION_NAME),
        "LOGO": settings.LOGO,
        "PHASE": settings.PHASE and gettext(settings.PHASE),
        "CONTACT_EMAIL": settings.CONTACT_EMAIL,
        "CONTACT_TELEPHONE": settings.CONTACT_TELEPHONE,
        "SITE_ADDRESS": settings.SITE_ADDRESS,
        "demo_people": queries.sample_people() if settings.DEMO else [],
        **_languages(request, here),
    }


def _languages(request: HttpRequest, here: str) -> dict[str, Any]:
    """This page in the languages that it speaks; and the one that the browser asks for first, if it is another."""
    current = get_language() or settings.LANGUAGE_CODE
    view = request.resolver_match and request.resolver_match.func
    languages = [
        {
            "code": code,
            "name": get_language_info(code.split("-")[0])["name_local"],
            "href": path_in(code, here),
            "current": code == current,
        }
        for code in web.speaks(view)
    ]
    named = len(settings.SITE_LANGUAGES)
    beyond = next((language for language in languages[named:] if language["current"]), None)
    return {
        "site_languages": languages[:named],
        "more_languages": languages[named:],
        "language_beyond": beyond,
        "offered_language": _offered(request, languages, current),
        "is_draft_translation": is_draft(current),
        "in_english": path_in(settings.LANGUAGE_CODE, here),
    }


def _offered(request: HttpRequest, languages: list[dict[str, Any]], current: str) -> dict[str, Any] | None:
    wanted = get_language_from_request(request)
    if wanted == current or current != settings.LANGUAGE_CODE:
        return None
    found = next((language for language in languages if language["code"] == wanted), None)
    if found is None:
        return None
    with override(wanted):
        # Translators: name your own language in place of English.
        return {**found, "offer": gettext("This page is in English too")}
