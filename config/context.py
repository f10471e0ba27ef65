"""What every page knows about the installation it belongs to."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, get_language_info, gettext

from config import queries
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
        "site_languages": [
            {
                "code": code,
                "name": get_language_info(code.split("-")[0])["name_local"],
                "href": path_in(code, here),
                "current": code == (get_language() or settings.LANGUAGE_CODE),
            }
            for code, _name in settings.LANGUAGES
        ],
    }
