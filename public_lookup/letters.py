"""What the look-up prints: a proof of check."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from public_lookup.models import Receipt
from public_lookup.queries.receipts import Proof
from registry import letters


def address_of(receipt: Receipt) -> str:
    """Where its page is, to come back to: by a key that nobody can guess."""
    return f"{settings.SITE_ADDRESS}{reverse('receipt', args=[receipt.number, receipt.key])}"


def proof(receipt: Receipt, *, language: str) -> bytes:
    """The proof as a PDF with what was signed attached: the same whenever it is printed again. Raises `PdfUnavailable`."""
    told = Proof(receipt.record)
    with translation.override(language):
        title = _("Proof of check %(number)s") % {"number": receipt.number}
        address = address_of(receipt)
    facts = {
        "title": title,
        "proof": told,
        "entry": told.entry,
        "authority": {"name": told.authority},
        "address": address,
        "site": settings.SITE_ADDRESS,
        "qr": letters.square(address),
        "key": receipt.sealed["key"],
    }
    return letters.pdf_of_sealed(
        "public_lookup/letters/receipt.html", facts=facts, sealed=receipt.sealed, language=language, at=receipt.taken_at
    )
