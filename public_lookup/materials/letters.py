"""What anyone prints and passes on: posters, cards, stickers and payslip inserts, in several languages at once."""

from collections.abc import Sequence
from datetime import date, datetime, time

from django.utils import timezone

from public_lookup.certificates.letters import part_of_poster, poster
from public_lookup.materials.rules import LAYOUTS
from registry.material_orders.states import POSTERS, PrintKind
from registry.papers import pdf, printed
from registry.schemes import contact


def sheet(kind: PrintKind, *, languages: Sequence[str], address: str, on: date) -> bytes:
    """One sheet of this kind, ready for a printer: bleed, crop marks and its own fonts. Raises `PdfUnavailable`."""
    if kind in POSTERS:
        return poster(languages=languages, holder=None, address=address, on=on, sheet=kind)
    layout = LAYOUTS[kind]
    parts = [part_of_poster(language, on) for language in languages]
    facts = {
        "kind": kind.value,
        "parts": parts,
        "title": parts[0]["title"],
        "shown_address": address.partition("://")[2],
        "qr": printed.square(address),
        "authority": {"name": parts[0]["authority"]},
        "telephone": contact.telephone(on),
        "places": list(layout.places()),
        "ticks": list(layout.ticks()),
    }
    record = {"kind": "material", "material": kind.value, "languages": list(languages), "address": address, "day": on}
    at = timezone.make_aware(datetime.combine(on, time()))
    return pdf.pdf("public_lookup/letters/material.html", facts=facts, record=record, language=languages[0], at=at)
