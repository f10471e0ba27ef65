"""What the look-up prints: a proof of check, and a poster."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from public_lookup.lookup.queries.advice import authority_names, help_lines
from public_lookup.receipts.models import Receipt
from registry.papers import pdf, printed
from registry.register.models import Entry
from registry.schemes import contact


def address_of(receipt: Receipt) -> str:
    """Where its page is, to come back to: by a key that nobody can guess."""
    return f"{settings.SITE_ADDRESS}{reverse('receipt', args=[receipt.number, receipt.key])}"


#: As many languages as one sheet holds in letters that are read from two metres away.
MOST_LANGUAGES = 4


def poster(*, languages: Sequence[str], holder: Entry | None, address: str, on: date, sheet: str = "") -> bytes:
    """One sheet to be hung up where workers see it, in each of these languages, the first at the top. Raises `PdfUnavailable`.

    For a printer it has a `sheet`, a4 or a3, with bleed and crop marks.

    `address` is where its square code leads. The same wish on the same day is the same file.
    """
    parts = [part_of_poster(language, on) for language in languages]
    facts = {
        "parts": parts,
        "title": parts[0]["title"],
        "holder": holder,
        "sheet": sheet,
        "address": address,
        "shown_address": address.partition("://")[2],
        "qr": printed.square(address),
        "authority": {"name": parts[0]["authority"]},
        "telephone": contact.telephone(on),
    }
    record = {
        "kind": "poster",
        "languages": list(languages),
        "number": holder.number if holder else "",
        **({"sheet": sheet} if sheet else {}),
        "address": address,
        "day": on,
    }
    at = timezone.make_aware(datetime.combine(on, time()))
    return pdf.pdf("public_lookup/letters/poster.html", facts=facts, record=record, language=languages[0], at=at)


def part_of_poster(language: str, on: date) -> dict[str, Any]:
    """What a poster says in one language, apart from the sentences in its template."""
    with translation.override(language):
        return {
            "language": language,
            "title": _("Check before you start work"),
            "authority": next(iter(authority_names(on)), ""),
            "helpers": [(name, number) for name, number in help_lines(on) if number],
        }
