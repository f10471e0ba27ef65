"""What is printed: a letter, and the certificate of a licence."""

import io
from base64 import b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import pikepdf
import segno
from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from PIL import Image

from registry import identifiers, schemes, signing
from registry.errors import Reason, Refused
from registry.letters.models import FormerLetter, Letter
from registry.papers import pdf as press
from registry.papers import words
from registry.register.models import Entry
from registry.schemes import Scheme, said


@dataclass(frozen=True, slots=True)
class SampleEntry:
    """What a certificate says of a holder who does not exist."""

    number: str
    name: str
    address: Mapping[str, str]
    valid_from: date
    valid_until: date
    sectors: tuple[str, ...]
    supplies_to: tuple[str, ...]
    trading_names: tuple[str, ...] = ()
    revoked_from: date | None = None
    appealed_from: date | None = None
    surrendered_from: date | None = None
    ended_from: date | None = None
    condition_count: int = 0
    entry_number: int = 0


def printed(letter: Letter | FormerLetter) -> bytes:
    """The letter as a PDF with its facts attached as JSON: the same whenever it is printed again."""
    record = {
        "kind": "letter",
        "letter": letter.number,
        "edition": letter.edition,
        "at": letter.at,
        "about": letter.reference,
        "subject": letter.subject,
        "template": letter.template,
        "language": letter.language,
        "facts": letter.facts,
        "trail": {"number": letter.trail_number, "hash": letter.trail_hash},
    }
    return press.print_page(words.written(letter, words.PRINT), record, at=letter.at)


def batch(several: Iterable[Letter]) -> bytes:
    """Letters one after the other in one file, to be printed and posted. Each by itself is the document; this is paper."""
    paper, whole = io.BytesIO(), pikepdf.new()
    for letter in several:
        with pikepdf.open(io.BytesIO(printed(letter))) as one:
            whole.pages.extend(one.pages)
    whole.save(paper)
    return paper.getvalue()


def certificate(entry: Entry, *, language: str, at: datetime) -> bytes:
    """The licence certificate of a listing as the register shows it now; refused unless it is licensed on that day.

    It says that it is valid only if the register says so, and how to ask: a QR code, a short code and an address in
    words (docs/rules.md T1, T3). The QR code and the attached record are signed, so that they can be checked without a
    connection. Made of what the public may see, and of nothing else. It is printed to the minute: whoever asks twice
    within one is given the same paper.
    """
    at = at.replace(second=0, microsecond=0)
    day = timezone.localdate(at)
    entry = Entry.objects.standing_on(day).select_related("listing").get(pk=entry.pk)
    if not entry.is_licensed:
        raise Refused(
            [Reason("not_licensed", _("There is no certificate: the register does not show a licence today."))]
        )
    number, head = words.head()
    facts = {
        **_certified(entry, schemes.in_force(entry.scheme, day), language),
        "code": entry.listing.code,
        "trail": {"number": number, "hash": head},
        "host": urlsplit(settings.SITE_ADDRESS).netloc,
        "qr": square(_square(entry)),
    }
    record = {
        "kind": "certificate",
        "certificate_of": entry.number,
        "at": at,
        "entry": {"number": entry.entry_number, "hash": entry.hash},
        "code": entry.listing.code,
        "name": entry.name,
        "scheme": entry.scheme,
        "issued_by": entry.issued_by,
        "sectors": entry.sectors,
        "valid_from": entry.valid_from,
        "valid_until": entry.valid_until,
        "revoked_from": entry.revoked_from,
        "appealed_from": entry.appealed_from,
        "surrendered_from": entry.surrendered_from,
        "ended_from": entry.ended_from,
        "conditions": entry.condition_count,
        "trail": {"number": number, "hash": head},
    }
    return press.pdf("registry/letters/certificate.html", facts=facts, record=record, language=language, at=at)


def _last_day(entry: Entry | SampleEntry) -> date:
    """Of its term, or before it is taken away, given up or ended: whoever reads the paper relies on no later one."""
    assert entry.valid_until
    gone = (entry.revoked_from, entry.surrendered_from, entry.ended_from)
    return min([entry.valid_until, *(day - timedelta(days=1) for day in gone if day)])


def _square(entry: Entry) -> str:
    """What the QR code holds: the address of the licence on the register, and behind the # the same in a signed mark.

    A browser never sends what stands behind the #: only who is without a connection reads it.
    """
    assert entry.valid_from
    licence = signing.CertificateMark(entry.number, entry.valid_from, _last_day(entry), entry.entry_number, entry.name)
    return f"{settings.SITE_ADDRESS}/c/{entry.listing.code}/#{signing.mark(settings.SIGNING_KEY, licence)}"


@lru_cache(maxsize=256)
def square(text: str) -> str:
    """The QR code as the address of a picture, kept: to draw it costs more than all else of a certificate that is kept.

    In grey, as WeasyPrint makes colours of black and white and packs them twice.
    """
    rows = [bytes(0 if dark else 255 for dark in row) for row in segno.make(text, error="m").matrix_iter(border=4)]
    grey = Image.frombytes("L", (len(rows), len(rows)), b"".join(rows))
    picture = io.BytesIO()
    grey.resize((4 * len(rows), 4 * len(rows)), Image.Resampling.NEAREST).save(picture, "PNG")
    return f"{press.PICTURE}{b64encode(picture.getvalue()).decode()}"


def preview(scheme: Scheme, entry: SampleEntry, *, language: str, at: datetime) -> bytes:
    """How a certificate of this version will look: marked as a preview, unsigned, and its square code leads to no licence."""
    facts = {
        **_certified(entry, scheme, language),
        "code": "0000 0000",
        "is_preview": True,
        "trail": {"number": 0, "hash": "0" * 64},
        "host": urlsplit(settings.SITE_ADDRESS).netloc,
        "qr": segno.make(f"{settings.SITE_ADDRESS}/check/", error="m").png_data_uri(scale=8, border=4),
    }
    record = {"kind": "preview", "scheme": scheme.name, "version": scheme.version}
    template = "registry/letters/certificate.html"
    return press.pdf(template, facts=facts, record=record, language=language, at=at, unfinished=True)


def _certified(entry: Entry | SampleEntry, scheme: Scheme, language: str) -> dict[str, Any]:
    with translation.override(language):
        title = str(_("Licence %(number)s") % {"number": entry.number})
    letter = {"scheme": scheme.name, "wording": "licence", "issued_under": scheme.version}
    return {
        "title": title,
        "entry": entry,
        "last_day": _last_day(entry),
        "holder_address": identifiers.lines_of(entry.address),
        "authority": words.authority(letter, language, date.fromisoformat(str(scheme.version))),
        "wording": words.wording(letter, language),
        "sectors": [said(scheme.sector(code).title, language) for code in entry.sectors],
        "supplies_to": [said(scheme.nation(code).title, language) for code in entry.supplies_to],
    }
