"""PDFs are signed with the certificate of the authority where one is configured, and are as they were where none is."""

import io
import json
import re
from collections.abc import Iterator
from datetime import UTC, timedelta
from pathlib import Path

import pdfua
import pikepdf
import pytest
from asn1crypto.x509 import Certificate
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pytest_django import Settings

from config.checks import keys
from registry import errors, signing
from registry.papers import pades, pdf, seals
from tests.conftest import NOW
from tests.registry.trail.test_verify_script import run

pytestmark = [pytest.mark.pdf, pytest.mark.django_db]
PASSPHRASE = "only in this test"
RECORD = {"kind": "receipt", "number": "R-0001"}


@pytest.fixture(scope="module")
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def certificate_of(key: rsa.RSAPrivateKey, *, days: int) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Labour Licensing Registry of Sampleshire")])
    now = NOW.astimezone(UTC)
    usage = x509.KeyUsage(True, True, False, False, False, True, False, False, False)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(7)
    made = made.not_valid_before(now - timedelta(days=400)).not_valid_after(now + timedelta(days=days))
    made = made.add_extension(usage, critical=True).add_extension(x509.BasicConstraints(True, None), critical=True)
    return made.sign(key, hashes.SHA256())


def configure(settings: Settings, folder: Path, key: rsa.RSAPrivateKey, *, days: int = 400) -> x509.Certificate:
    certificate = certificate_of(key, days=days)
    path = folder / f"authority-{days}.p12"
    sealed = BestAvailableEncryption(PASSPHRASE.encode())
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"authority", key, certificate, None, sealed))
    settings.PDF_CERTIFICATE, settings.PDF_CERTIFICATE_PASSPHRASE = str(path), PASSPHRASE
    return certificate


@pytest.fixture(autouse=True)
def var_dir(tmp_path: Path, settings: Settings) -> Iterator[None]:
    settings.VAR_DIR = tmp_path
    yield


def page() -> bytes:
    return pdf.pdf("registry/letters/bare.html", facts={}, record=RECORD, language="en-gb", at=NOW)


def judged(content: bytes, trusted: x509.Certificate) -> PdfSignatureStatus:
    (signature,) = PdfFileReader(io.BytesIO(content)).embedded_signatures
    roots = [Certificate.load(trusted.public_bytes(Encoding.DER))]
    return validate_pdf_signature(signature, ValidationContext(trust_roots=roots))


def test_whoever_opens_the_pdf_is_told_who_made_it_and_that_it_is_whole(
    settings: Settings, tmp_path: Path, key: rsa.RSAPrivateKey
) -> None:
    certificate = configure(settings, tmp_path, key)

    status = judged(page(), certificate)

    assert status.bottom_line, status.summary()
    assert (status.intact, status.valid, status.trusted) == (True, True, True)
    assert status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    (field,) = PdfFileReader(io.BytesIO(page())).embedded_signatures
    assert (field.field_name, field.sig_object["/SubFilter"]) == ("Authority", "/ETSI.CAdES.detached")


def test_a_changed_byte_breaks_it(settings: Settings, tmp_path: Path, key: rsa.RSAPrivateKey) -> None:
    certificate = configure(settings, tmp_path, key)
    whole = bytearray(page())
    whole[200] ^= 1

    assert not judged(bytes(whole), certificate).bottom_line


def test_it_leaves_the_pages_and_the_record_as_they_were(
    settings: Settings, tmp_path: Path, key: rsa.RSAPrivateKey
) -> None:
    plain = page()
    configure(settings, tmp_path, key)

    signed = page()

    without_seal = re.compile(rb"(?m)^%Seal-1 .*$").sub
    assert without_seal(b"", signed).startswith(without_seal(b"", plain))
    with pikepdf.open(io.BytesIO(signed)) as document:
        assert list(document.attachments) == ["record.json"]
        (widget,) = document.Root.AcroForm.Fields
        assert int(widget.F) & 0b110 == 0b100, "printed and not hidden, as PDF/A wants it"
        assert all(float(edge) <= 0 for edge in widget.Rect), "outside the page, as PDF/UA wants it"
    assert complaints(signed, tmp_path) == complaints(plain, tmp_path)
    keys = tmp_path / "jwks.json"
    keys.write_text(json.dumps(signing.key_set(settings.SIGNING_KEY)))
    assert run(keys, tmp_path / "judged.pdf")[0] == 0, "the record inside and the seal are proved as before"


def test_the_seal_and_the_certificate_each_find_a_change_without_the_other(
    settings: Settings, tmp_path: Path, key: rsa.RSAPrivateKey
) -> None:
    """The seal leaves out only the digits of the other signature, in which nothing can be shown."""
    configure(settings, tmp_path, key)
    signed = page()
    public = {signing.key_id(own): own for own in [signing.public_key(settings.SIGNING_KEY)]}
    start, end = (int(number) for number in re.findall(rb"%Seal-1 \S+ (\d+) (\d+) ", signed)[0])

    assert seals.check(signed, public) is seals.Seal.WHOLE
    assert set(signed[start:end]) <= set(b"0123456789ABCDEFabcdef") and signed[start - 1 : start] == b"<"
    for at in (*range(0, start, 97), start - 1, end, len(signed) - 1):
        assert seals.check(signed[:at] + bytes([signed[at] ^ 1]) + signed[at + 1 :], public) is not (
            seals.Seal.WHOLE
        ), at
    hidden = signed[:start] + b">/Contents (" + signed[start + 12 :]
    assert seals.check(hidden, public) is seals.Seal.BROKEN
    assert seals.check(signed + b"\n1 0 obj", public) is seals.Seal.BROKEN


def complaints(content: bytes, folder: Path) -> list[str]:
    path = folder / "judged.pdf"
    path.write_bytes(content)
    return [f"{finding.rule_id}: {finding.message}" for finding in pdfua.validate(str(path)).findings]


def test_without_a_certificate_nothing_is_signed() -> None:
    assert PdfFileReader(io.BytesIO(page())).embedded_signatures == []
    assert keys.pdfs_can_be_signed() == []


def test_another_certificate_signs_anew(settings: Settings, tmp_path: Path, key: rsa.RSAPrivateKey) -> None:
    first = configure(settings, tmp_path, key)
    assert judged(page(), first).bottom_line
    second = configure(settings, tmp_path, rsa.generate_private_key(public_exponent=65537, key_size=2048), days=500)

    assert judged(page(), second).bottom_line


@pytest.mark.parametrize("fault", ["no file", "no certificate", "another passphrase"])
def test_what_cannot_be_signed_is_not_given_out(
    settings: Settings, tmp_path: Path, key: rsa.RSAPrivateKey, fault: str
) -> None:
    configure(settings, tmp_path, key)
    if fault == "no file":
        settings.PDF_CERTIFICATE = str(tmp_path / "gone.p12")
    elif fault == "no certificate":
        Path(settings.PDF_CERTIFICATE).write_text("a letter")
    else:
        settings.PDF_CERTIFICATE_PASSPHRASE = "another"

    with pytest.raises(errors.PdfUnavailable, match="cannot be signed at the moment"):
        page()
    (said,) = keys.pdfs_can_be_signed()
    assert said.id == "config.E008" and PASSPHRASE not in said.msg


@pytest.mark.parametrize(("days", "said"), [(400, []), (20, ["config.W007"]), (-1, ["config.E008"])])
def test_whoever_deploys_is_told_that_it_ends(
    settings: Settings, tmp_path: Path, key: rsa.RSAPrivateKey, days: int, said: list[str]
) -> None:
    configure(settings, tmp_path, key, days=days)

    assert [one.id for one in keys.pdfs_can_be_signed()] == said


def test_it_is_read_once(settings: Settings, tmp_path: Path, key: rsa.RSAPrivateKey) -> None:
    configure(settings, tmp_path, key)

    assert pades.configured() is pades.configured()
