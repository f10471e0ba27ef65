"""What the look-up prints: a proof of check, and a poster."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from public_lookup.certificates.letters import address_of
from public_lookup.receipts.models import Receipt
from public_lookup.receipts.queries.proofs import Proof
from registry.papers import pdf, printed


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
        "qr": printed.square(address),
        "key": receipt.sealed["key"],
    }
    return pdf.pdf_of_sealed(
        "public_lookup/letters/receipt.html", facts=facts, sealed=receipt.sealed, language=language, at=receipt.taken_at
    )
