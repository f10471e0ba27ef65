"""The signature of the authority inside a PDF (PAdES baseline B, ETSI EN 319 142-1), where a certificate is configured.

It says to any reader of PDFs who made the paper and that nothing of it was changed; our own signature of the attached record
(`registry.signing`) says so of the facts, with or without it. The only importer of pyHanko, which is the extra `signing`.
"""

import asyncio
import hashlib
import io
import logging
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from registry.errors import PdfUnavailable
from registry.papers import seals

FIELD = "Authority"


class SignatureUnavailable(PdfUnavailable):
    """PDFs are to be signed, and cannot be: none leaves the service without the signature. The log says why."""

    def __str__(self) -> str:
        return str(_("This PDF cannot be signed at the moment, so it is not given out. The page shows the same."))


class NotACertificate(Exception):
    """`PDF_CERTIFICATE` is no file from which a signature can be made; says why."""


@dataclass(frozen=True, slots=True)
class SigningCertificate:
    """What signs, whose it is, until when it can, and what tells it from another."""

    signer: Any
    subject: str
    until: datetime
    fingerprint: str


def configured() -> SigningCertificate | None:
    """The certificate that signs PDFs; None when none is configured. Raises `NotACertificate`."""
    if not settings.PDF_CERTIFICATE:
        return None
    path = Path(settings.PDF_CERTIFICATE)
    try:
        # A renewed file is another one: a process that runs for months takes it up.
        changed = path.stat().st_mtime_ns
    except OSError as error:
        raise NotACertificate(f"{path} cannot be read") from error
    return _loaded(path, settings.PDF_CERTIFICATE_PASSPHRASE, changed)


def mark() -> str:
    """What tells papers of this certificate from those of another, or of none. Raises `SignatureUnavailable`."""
    found = _needed()
    return found.fingerprint if found else ""


def sealed_and_signed(made: bytes) -> bytes:
    """The PDF with our seal and, where a certificate is configured, the signature of the authority behind its last byte.

    Neither is seen on the pages, and both leave PDF/A-3 and PDF/UA-1 as they were. The seal is made before the signature
    and covers its whole object but the digits of the signature; the signature covers the seal. So each of them finds any
    change without the other. Raises `SignatureUnavailable`.
    """
    found = _needed()
    blank = seals.add_blank(made)
    return seals.fill(blank) if found is None else asyncio.run(_signed(blank, found))


async def _signed(blank: bytes, found: SigningCertificate) -> bytes:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields, signers
    from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes

    said = signers.PdfSignatureMetadata(
        field_name=FIELD,
        name=settings.ORGANISATION_NAME,
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
    )
    # PDF/A wants it printable, PDF/UA outside the page: a signature of no size beyond its edge is both.
    place = fields.SigFieldSpec(FIELD, invis_sig_settings=fields.InvisSigSettings(box_out_of_bounds=True))
    signer = signers.PdfSigner(said, found.signer, new_field_spec=place)
    output = io.BytesIO()
    reserved, document, _written = await signer.async_digest_doc_for_signing(
        IncrementalPdfFileWriter(io.BytesIO(blank)), output=output
    )
    start, end = reserved.reserved_region_start, reserved.reserved_region_end
    # The region begins with "<" and ends with ">".
    sealed = seals.fill(output.getvalue(), gap=(start + 1, end - 1))
    output.seek(0)
    output.write(sealed)
    await document.perform_signature(
        hashlib.sha256(sealed[:start] + sealed[end:]).digest(),
        PdfCMSSignedAttributes(),
    )
    return output.getvalue()


def _needed() -> SigningCertificate | None:
    try:
        return configured()
    except NotACertificate as fault:
        logging.getLogger(__name__).error("PDFs are not signed: %s", fault)
        raise SignatureUnavailable from fault


@lru_cache(maxsize=2)
def _loaded(path: Path, passphrase: str, _changed: int) -> SigningCertificate:
    try:
        from pyhanko.sign.signers import SimpleSigner
    except ImportError as error:
        raise NotACertificate("pyHanko is not installed: install requirements/signing.txt") from error
    signer = SimpleSigner.load_pkcs12(path, passphrase=passphrase.encode() or None)
    if signer is None or signer.signing_cert is None:
        raise NotACertificate(f"{path} is no PKCS #12 file, or PDF_CERTIFICATE_PASSPHRASE does not open it")
    certificate = signer.signing_cert
    return SigningCertificate(
        signer=signer,
        subject=str(certificate.subject.human_friendly),
        until=certificate.not_valid_after,
        fingerprint=hashlib.sha256(certificate.dump()).hexdigest(),
    )
