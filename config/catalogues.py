"""The written translations: which are drafts, and what belongs in the catalogue of a language that only workers meet."""

import gettext
from collections.abc import Iterator
from functools import cache
from typing import Any

from django.conf import settings
from django.utils import translation
from pydantic import BaseModel

from registry import schemes
from registry.schemes import Scheme, Text

#: The files whose messages a worker meets: patterns of `msggrep --location`.
WORKER_PLACES = (
    "public_lookup/bulk_checks/queries/*.py",
    "public_lookup/certificates/*.py",
    "public_lookup/follows/actions/codes.py",
    "public_lookup/follows/actions/follows.py",
    "public_lookup/follows/actions/texts.py",
    "public_lookup/follows/forms/follows.py",
    "public_lookup/follows/queries/*.py",
    "public_lookup/follows/views/mail.py",
    "public_lookup/follows/views/texts.py",
    "public_lookup/formal_checks/queries.py",
    "public_lookup/help/forms.py",
    "public_lookup/help/queries.py",
    "public_lookup/help/states.py",
    "public_lookup/notes/*.py",
    "public_lookup/lookup/*.py",
    "public_lookup/lookup/queries/*.py",
    "public_lookup/lookup/rules/*.py",
    "public_lookup/open_data/queries/*.py",
    "public_lookup/open_data/views/*.py",
    "public_lookup/private/queries/*.py",
    "public_lookup/private/views/*.py",
    "public_lookup/receipts/*.py",
    "public_lookup/receipts/queries/*.py",
    "public_lookup/telephone/*.py",
    "public_lookup/templatetags/*.py",
    "public_lookup/web.py",
    "public_lookup/templates/public_lookup/*.html",
    "public_lookup/templates/public_lookup/certificates/*",
    "public_lookup/templates/public_lookup/follows/[!sw]*",
    "public_lookup/templates/public_lookup/help/*",
    "public_lookup/templates/public_lookup/letters/changed.html",
    "public_lookup/templates/public_lookup/letters/confirm.html",
    "public_lookup/templates/public_lookup/letters/poster.html",
    "public_lookup/templates/public_lookup/letters/receipt.html",
    "public_lookup/templates/public_lookup/lookup/*",
    "public_lookup/templates/public_lookup/notes/*",
    "public_lookup/templates/public_lookup/open_data/badge.svg",
    "public_lookup/templates/public_lookup/parts/*",
    "public_lookup/templates/public_lookup/private/*",
    "public_lookup/templates/public_lookup/receipts/*",
    "compliance/sharing_requests/queries/published.py",
    "compliance/statistics/queries/quarters.py",
    "compliance/templates/compliance/sharing_requests/reporter_*",
    "compliance/templates/compliance/reports/reporter_*",
    "compliance/reports/views/intake.py",
    "compliance/reports/forms/intake.py",
    "compliance/reports/forms/intake_fields.py",
    "compliance/reports/forms/intake_steps.py",
    "compliance/reports/rules/promises.py",
    "compliance/reports/rules/reports.py",
    "compliance/reports/states.py",
    "registry/checking/*.py",
    "registry/recordings/sentences.py",
    "registry/templates/registry/parts/heard.html",
    "registry/uploads/photos.py",
    "registry/uploads/sounds.py",
    "config/templates/4*.html",
    "config/templates/5*.html",
    "config/templates/base*.html",
    "config/templates/start.html",
    "config/templates/pages/contact.html",
    "config/templates/pages/workers/*",
    "config/templates/parts/[!v]*",
    "config/context.py",
    "config/forms.py",
    "config/settings.py",
    "registry/documents/states.py",
    "registry/licences/states.py",
    "registry/register/states.py",
    "registry/templatetags/*",
    "registry/web/dates.py",
    "registry/web/emails.py",
)


@cache
def is_draft(language: str) -> bool:
    """Whether the catalogue of the language says in its head (X-Needs-Review: yes) that no translator has read it."""
    compiled = settings.LOCALE_PATHS[0] / language / "LC_MESSAGES" / "django.mo"
    if not compiled.exists():
        return False
    with compiled.open("rb") as opened:
        return gettext.GNUTranslations(opened).info().get("x-needs-review", "") == "yes"


def translated(english: str, language: str) -> str:
    """A text of a pack by the catalogue: in English where that has no such message."""
    with translation.override(language):
        return translation.gettext(english)


def pack_words(only: str = "") -> list[str]:
    """Every text of every version of every pack that a worker meets, or of `only` one scheme, in English, each once."""
    every = (
        words
        for name in ([only] if only else schemes.names())
        for version in schemes.versions(name)
        for words in _shown_to_workers(schemes.get(name, version))
    )
    return list(dict.fromkeys(text["en"] for text in every))


def _shown_to_workers(scheme: Scheme) -> Iterator[Text]:
    yield from (scheme.title, scheme.authority.name, scheme.authority.hours)
    yield from (*scheme.ended.workers, *scheme.ended.users)
    yield from (one.text for one in scheme.reporting.happens) if scheme.reporting else ()
    yield from (one.title for one in scheme.guarded)
    yield from _texts(scheme.public.reasons)
    yield from (one.title for one in scheme.standards)
    yield from scheme.objections.words if scheme.objections else ()
    yield from _texts(scheme.interviews) if scheme.interviews else ()
    yield from _texts(scheme.worker_help) if scheme.worker_help else ()
    for part in (scheme.outcomes, *scheme.help_lines, *scheme.sectors, *scheme.nations):
        yield from _texts(part)


def _texts(part: BaseModel) -> Iterator[Text]:
    for _name, value in part:
        for one in value if isinstance(value, tuple) else (value,):
            yield from _within(one)


def _within(one: Any) -> Iterator[Text]:
    if isinstance(one, Text):
        yield one
    elif isinstance(one, BaseModel):
        yield from _texts(one)
