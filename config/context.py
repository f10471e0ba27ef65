"""What every page knows about the installation it belongs to."""

from functools import cache
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language, get_language_from_request, gettext, override

from config import passkeys
from config.catalogues import is_draft
from config.demo import progress
from config.queries import finding, menu, sample_people
from registry import web
from registry.accounts.models import User
from registry.directory_service import citizens_provider, staff_directory
from registry.integrity import head_file
from registry.languages import own_name
from registry.schemes import contact
from registry.web.addresses import path_in

#: What our own pages and their filters stay below; of one that is longer, the links to other languages forget the question.
LONGEST_ADDRESS = 2_000
# Where the links of the public navigation lead: which of them is marked is all that differs from page to page.
NAVIGATION = ("/check/", "/report/", "/account/login/")


def site(request: HttpRequest) -> dict[str, Any]:
    this_page = path_in(settings.LANGUAGE_CODE, _address(request))
    names = {
        # The names are settings; the catalogue may know them in other languages.
        "SERVICE_NAME": gettext(settings.SERVICE_NAME),
        "ORGANISATION_NAME": gettext(settings.ORGANISATION_NAME),
        "LOGO": settings.LOGO,
        "NEUTRAL_NAME": gettext(settings.NEUTRAL_NAME),
        "PHASE": settings.PHASE and gettext(settings.PHASE),
        "CONTACT_EMAIL": contact.email(timezone.localdate()),
        "CONTACT_TELEPHONE": contact.telephone(timezone.localdate()),
        "SITE_ADDRESS": settings.SITE_ADDRESS,
    }
    languages = _languages(request)
    offered = languages["offered_language"]
    return {
        **names,
        **languages,
        # This page in the language of the site: `in_language` makes the others of it.
        "this_page": this_page,
        "section": next((address for address in NAVIGATION if this_page.startswith(address)), ""),
        # What the parts around every page are drawn from, apart from its own address.
        "frame": (*names.values(), len(languages["more_languages"]), (offered and offered["code"]) or ""),
        # The look-up goes on; whoever signs in is told.
        "is_read_only": _needs_sign_in(request) and head_file.is_behind(),
        "desk": lambda: _desk(request),
        "offers_passkey": lambda: passkeys.is_offered(request),
        "staff_directory": staff_directory,
        "citizens_provider": citizens_provider,
        "demo_people": sample_people.sample_people if settings.DEMO else [],
        "demo_loading": progress.left if settings.DEMO else None,
    }


def _address(request: HttpRequest) -> str:
    """Of this page, which stands in it once for each language: no stranger may have it said so often at any length."""
    addresses = (request.get_full_path(), request.path, "/")
    return next(one for one in addresses if len(one) <= LONGEST_ADDRESS)


def _desk(request: HttpRequest) -> dict[str, Any]:
    """What the frame of staff pages offers; nothing to those who have yet to show a second factor, and may go nowhere."""
    if web.lacks_second_factor(request):
        return {}
    user = cast(User, request.user)
    return {"menu": menu.open_menu(user, request.path), "can_find": finding.can_find(user)}


def _needs_sign_in(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and bool(getattr(match.func, "login_required", True))


def _languages(request: HttpRequest) -> dict[str, Any]:
    """The languages that this page speaks; and the one that the browser asks for first, if it is another."""
    current = get_language() or settings.LANGUAGE_CODE
    view = request.resolver_match and request.resolver_match.func
    languages = _named(tuple(web.speaks(view)), current)
    named = len(settings.SITE_LANGUAGES)
    beyond = next((language for language in languages[named:] if language["current"]), None)
    return {
        "site_languages": languages[:named],
        "more_languages": languages[named:],
        "language_beyond": beyond,
        "offered_language": _offered(request, languages, current),
        "is_draft_translation": is_draft(current),
    }


@cache
def _named(codes: tuple[str, ...], current: str) -> list[dict[str, Any]]:
    return [{"code": code, "name": own_name(code), "current": code == current} for code in codes]


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
