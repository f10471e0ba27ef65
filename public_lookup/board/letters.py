"""What a board prints: the audit pack as a sealed PDF, and as a ZIP with every line and every receipt."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from public_lookup.board.models.sharing import SupplierInvitation
from public_lookup.board.queries.packs import AuditPack
from registry import signing
from registry.letters.letters import sending
from registry.papers import pdf

#: The mail that asks a provider: the beginning of the name of its template.
ASKED = "public_lookup/letters/supplier_asked"
PACK = "public_lookup/letters/supplier_pack.html"


def forget(invitations: "QuerySet[SupplierInvitation]") -> None:
    """Delete the mails of invitations whose lines go: they name the site and who asked."""
    sending.forget(ASKED, about=[invitation.reference for invitation in invitations])


def pack_pdf(pack: AuditPack, *, language: str, at: datetime) -> bytes:
    """What the pack proves and what not, with what is wrong first. The sealed record names the file of all lines by its hash."""
    with translation.override(language):
        title = _("Evidence pack: suppliers of %(name)s") % {"name": pack.board.name}
    facts = {"title": title, "pack": pack, "authority": {"name": pack.authority}, "site": settings.SITE_ADDRESS}
    return pdf.pdf(PACK, facts=facts, record=record_of(pack, at=at), language=language, at=at, keeps=False)


def record_of(pack: AuditPack, *, at: datetime) -> Mapping[str, Any]:
    """What is signed."""
    return {
        "kind": "supplier pack",
        "of": pack.board.name,
        "from": pack.starts,
        "until": pack.until,
        "made_at": at,
        "lines": len(pack.lines),
        "lines_csv_sha256": hashlib.sha256(pack.csv.encode()).hexdigest(),
        "receipts": [proof.receipt.number for proof in pack.proofs],
        "register": {"entries": pack.head[0], "hash": pack.head[1]},
    }


def pack_zip(pack: AuditPack, *, language: str, at: datetime) -> bytes:
    """The PDF, every line as CSV, and every receipt as the JSON that was signed."""
    parts = [
        ("pack.pdf", pack_pdf(pack, language=language, at=at)),
        ("lines.csv", pack.csv.encode()),
        *((f"receipts/{proof.receipt.number}.json", signing.canonical(proof.receipt.sealed)) for proof in pack.proofs),
    ]
    return _packed(parts, at=at)


def _packed(parts: Iterable[tuple[str, bytes]], *, at: datetime) -> bytes:
    made, stamp = BytesIO(), timezone.localtime(at).timetuple()[:6]
    with ZipFile(made, "w") as archive:
        for name, content in parts:
            archive.writestr(ZipInfo(name, stamp), content, compress_type=ZIP_DEFLATED)
    return made.getvalue()
