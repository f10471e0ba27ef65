"""What a phone may keep under a neutral name: pages, the files that they read, and how the app is called."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext

from public_lookup.help.queries import scheme_with_help
from registry.schemes import Scheme, said
from registry.web.addresses import path_in


def neutral_name() -> str:
    """Nothing that says labour, licence or report: anyone who sees the phone sees an ordinary app."""
    return gettext(settings.NEUTRAL_NAME)


def nations(on: date) -> list[tuple[str, str]]:
    scheme = scheme_with_help(on)
    return [(one.code, said(one.title, get_language())) for one in scheme.nations] if scheme else []


def facts(on: date) -> dict[str, Any]:
    """The addresses that the script of the page keeps, in the language of the page."""
    notes, private, helped = (reverse(name) for name in ("notes", "private", "help"))
    scheme = scheme_with_help(on)
    codes = path_in(settings.LANGUAGE_CODE, reverse("code", args=["-"])).removesuffix("-/")
    query = urlencode(
        {"look-up": private, "codes": codes, "serves": [notes, private, helped, settings.STATIC_URL]}, doseq=True
    )
    return {
        "notes": notes,
        "pages": [notes, f"{notes}draft/", private, *(_pages_of_help(scheme) if scheme else [])],
        "nations": {one.code: _topics_of(scheme, one.code) for one in scheme.nations} if scheme else {},
        "data": [reverse("snapshot"), reverse("snapshot_index")],
        "worker": f"{path_in(settings.LANGUAGE_CODE, reverse('notes_worker'))}?{query}",
        "cleared": gettext("Deleted"),
    }


def _pages_of_help(scheme: Scheme) -> list[str]:
    return [reverse("help"), reverse("help_calculator"), *_topics_of(scheme)]


def _topics_of(scheme: Scheme, *nation: str) -> list[str]:
    """The pages of the topics: those on which a nation is chosen, or those of one nation."""
    name = "help_topic_in" if nation else "help_topic"
    topics = scheme.worker_help.topics if scheme.worker_help else ()
    return [reverse(name, args=[one.code, *nation]) for one in topics]


def manifest(start: str, icons: Mapping[str, int], *, scope: str = ".") -> dict[str, Any]:
    """What a phone asks before it keeps a page beside its other applications (W3C, Web Application Manifest)."""
    return {
        "name": neutral_name(),
        "short_name": neutral_name(),
        "id": start,
        "start_url": start,
        "scope": scope,
        "display": "standalone",
        "lang": get_language(),
        "background_color": "#ffffff",
        "theme_color": "#ffffff",
        "icons": [
            {"src": address, "sizes": f"{size}x{size}", "type": "image/png", "purpose": "any"}
            for address, size in icons.items()
        ],
    }
