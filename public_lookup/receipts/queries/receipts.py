"""Whether a record or a paper that someone shows is a proof of check that we gave."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from django.conf import settings

from public_lookup.receipts.models import Receipt
from public_lookup.receipts.queries import before_seals, documents
from public_lookup.receipts.queries.proofs import Proof
from public_lookup.receipts.queries.records import KIND
from registry import codes, identifiers, signing
from registry.papers import seals

LETTER = "V"


class RecordVerdict(StrEnum):
    GENUINE = "genuine"
    ALTERED = "altered"
    NOT_OURS = "not_ours"
    NOT_KEPT = "not_kept"  # signed by our key, and not among what we have given
    ALTERED_PAPER = "altered_paper"  # the record inside is genuine, and the PDF around it was changed
    BEFORE_SEALS = "before_seals"  # the same, and the record was signed before this installation began to seal papers
    UNSEALED_PAPER = "unsealed_paper"  # the record inside is genuine, and nothing confirms the PDF around it


@dataclass(frozen=True, slots=True)
class RecordCheck:
    """What we say of a signed record. `record` only where it is to be believed; `kept` is our own of the same number."""

    verdict: RecordVerdict
    record: Mapping[str, Any] | None = None
    kept: Receipt | None = None

    @property
    def proof(self) -> Proof | None:
        return Proof(self.record) if self.record and self.record.get("kind") == KIND else None


def judge_file(sealed: Mapping[str, Any], content: bytes) -> RecordCheck:
    """Whether we gave this file: its record, and if it is a PDF, every byte that people see on its pages."""
    judged = judge(sealed)
    if judged.verdict is not RecordVerdict.GENUINE or not documents.is_pdf(content):
        return judged
    seal = seals.check(content, _public_keys())
    if seal is seals.Seal.WHOLE:
        return judged
    if seal is seals.Seal.BROKEN or "paper" in sealed["record"]:
        return replace(judged, verdict=RecordVerdict.ALTERED_PAPER)
    is_of_before = before_seals.is_from_before_seals(sealed["record"])
    return replace(judged, verdict=RecordVerdict.BEFORE_SEALS if is_of_before else RecordVerdict.UNSEALED_PAPER)


def _public_keys() -> dict[str, str]:
    keys = signing.key_set(settings.SIGNING_KEY, settings.FORMER_PUBLIC_KEYS)["keys"]
    return {key["kid"]: key["x"] for key in keys}


def judge(sealed: Mapping[str, Any]) -> RecordCheck:
    """Whether we gave this: what we have kept, letter by letter, or else signed by our key of today or one before it."""
    record = sealed["record"]
    kept = _kept(record.get("receipt"))
    if kept is not None and _is_same(sealed, kept.sealed):
        return RecordCheck(RecordVerdict.GENUINE, kept.record, kept)
    public = _public_keys().get(sealed["key"])
    if public is None:
        return RecordCheck(RecordVerdict.ALTERED if kept else RecordVerdict.NOT_OURS, kept=kept)
    if not _is_signed(public, record, sealed["signature"]):
        return RecordCheck(RecordVerdict.ALTERED, kept=kept)
    return RecordCheck(RecordVerdict.NOT_KEPT if record.get("kind") == KIND else RecordVerdict.GENUINE, record, kept)


def certified(record: Mapping[str, Any] | None) -> str:
    """The licence number, if what was signed is a certificate."""
    return str(record["certificate_of"]) if record and record.get("kind") == "certificate" else ""


def receipt_with(number: str) -> Receipt | None:
    """The receipt of this number, as it is typed from paper."""
    return _kept(number)


def is_meant_as_number(text: str) -> bool:
    """Whether this was meant as one, so that an altered one is told apart from all else that can be typed."""
    return len(compact := codes.characters_of_code(text)) == 9 and compact.startswith(LETTER)


def _number(text: str) -> str | None:
    if not is_meant_as_number(text):
        return None
    try:
        return codes.reference(text, letter=LETTER)
    except identifiers.InvalidIdentifier:
        return None


def _kept(number: object) -> Receipt | None:
    wanted = _number(number) if isinstance(number, str) else None
    return Receipt.objects.filter(number=wanted).first() if wanted else None


def _is_same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Letter by letter: to Python 1, 1.0 and True are the same, to whoever reads them they are not."""
    try:
        return signing.canonical(one) == signing.canonical(other)
    except (signing.NotCanonical, RecursionError):
        return False


def _is_signed(public: str, record: Mapping[str, Any], signature: str) -> bool:
    try:
        return signing.verify(public, signing.canonical(record), signature)
    except (signing.NotCanonical, RecursionError):
        return False
