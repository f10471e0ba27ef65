"""Proofs of check: what is signed, how it reads years later, and whether something that is shown as one is one."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import get_language

from public_lookup.lookup.queries import entries as look_up
from public_lookup.lookup.queries.entries import PublicEntry
from public_lookup.lookup.rules.days import last_day
from public_lookup.lookup.rules.fields import PublicField, Surface
from public_lookup.lookup.rules.public_fields import FieldRow, fields_on, rows_for_people, values_on
from public_lookup.receipts.models import Receipt
from public_lookup.receipts.queries import before_seals, documents
from registry import codes, identifiers, schemes, signing
from registry.papers import pdf, seals
from registry.register.models import Entry
from registry.register.states import LICENSED_STANDINGS, OUTCOMES, Outcome, Standing
from registry.schemes import said

KIND = "receipt"
LETTER = "V"


def record_of(
    number: str, shown: PublicEntry, *, at: datetime, checked_by: Mapping[str, str] | None = None
) -> dict[str, object]:
    """What is signed: what was asked, what the register answered and by which entry, and how far the register had come.

    `asked.as_at` is the instant asked about, `taken_at` the instant of asking; `register` is the head of the chain of
    entries then, by which a rewritten register is told from the one that answered. `checked_by` is of a formal check.
    """
    entry = shown.entry
    newest = Entry.objects.order_by("-entry_number").values("entry_number", "hash")[0]
    record: dict[str, object] = {
        "kind": KIND,
        "receipt": number,
        "of": settings.SITE_ADDRESS,
        "taken_at": at,
        "asked": {"number": shown.number, "as_at": shown.at, "day": shown.on},
        "answered": {
            **values_on(Surface.PROOF, entry),
            "scheme_version": shown.scheme.version,
        },
        "entry": {"number": entry.entry_number, "hash": entry.hash, "shown_from": entry.shown_from},
        "register": {"entries": newest["entry_number"], "hash": newest["hash"]},
        # Who says so: the authority of the day of asking. `answered.issued_by` is who gave the licence.
        "authority": said(schemes.in_force(entry.scheme, timezone.localdate(at)).authority.name, "en"),
        **pdf.PAPER,
    }
    return {**record, "checked_by": dict(checked_by)} if checked_by else record


class Proof:
    """A record that we signed, as people read it: made of what was signed, not of what the register says today."""

    def __init__(self, record: Mapping[str, Any]) -> None:
        self.record = record
        self.number: str = record["receipt"]
        self.checked_by: dict[str, str] = record.get("checked_by", {})

    @cached_property
    def entry(self) -> Any:
        """The entry as it was: the names that `Entry` has, days as days."""
        answered = dict(self.record["answered"])
        # What was signed before there were appeals says nothing of them.
        dated = (field.name for field in fields_on(Surface.PROOF) if field.holds_days)
        days = {name: parse_date(answered[name]) if answered.get(name) else None for name in dated}
        standing = Standing(answered["standing"])
        says = {"outcome": OUTCOMES[standing], "is_licensed": standing in LICENSED_STANDINGS}
        return SimpleNamespace(**{**answered, **days, **says})

    @property
    def authority(self) -> str:
        """Who says so: the authority on the day on which the proof was made."""
        try:
            scheme = schemes.in_force(self.entry.scheme, timezone.localdate(self.taken_at))
        except LookupError:
            return str(self.record.get("authority", self.entry.issued_by))
        return said(scheme.authority.name, get_language())

    @property
    def outcome(self) -> Outcome:
        return OUTCOMES[Standing(self.entry.standing)]

    @property
    def last_day(self) -> date | None:
        return last_day(self.entry)

    @property
    def taken_at(self) -> datetime:
        return _instant(self.record["taken_at"])

    @property
    def as_at(self) -> datetime:
        return _instant(self.record["asked"]["as_at"])

    @property
    def is_of_a_past_day(self) -> bool:
        return self.as_at != self.taken_at

    @property
    def asked_for(self) -> str:
        return str(self.record["asked"]["number"])

    @property
    def sectors(self) -> list[str]:
        return [look_up.title(self._scheme.sectors if self._scheme else (), code) for code in self.entry.sectors]

    @property
    def supplies_to(self) -> list[str]:
        return [look_up.title(self._scheme.nations if self._scheme else (), code) for code in self.entry.supplies_to]

    @property
    def address(self) -> list[str]:
        return [self.entry.address[line] for line in look_up.ADDRESS if self.entry.address.get(line)]

    @property
    def telephone(self) -> str:
        stored: str = self.entry.telephone
        return identifiers.telephone_display(stored) if stored.startswith("+") else stored

    @property
    def conditions(self) -> list[dict[str, Any]]:
        return [{**one, "due_on": parse_date(one["due_on"])} for one in self.entry.conditions]

    @property
    def conditions_said(self) -> list[dict[str, Any]]:
        """The conditions of a licence that held: of one that did not, none had to be met any more."""
        return self.conditions if self.entry.is_licensed else []

    @cached_property
    def _scheme(self) -> schemes.Scheme | None:
        """The rules of then; a proof can be read even where that pack is not installed any more."""
        try:
            return schemes.get(self.entry.scheme, date.fromisoformat(self.entry.scheme_version))
        except LookupError:
            return None

    @property
    def rows(self) -> list[FieldRow]:
        """What is shown of the entry in rows of a label and a value."""
        return list(rows_for_people(Surface.PROOF, self))

    def value_of(self, field: PublicField) -> Any:
        """What was signed of a field; None where the proof is older than the field."""
        return getattr(self.entry, field.name, None)

    def since(self, at: datetime) -> "CurrentEntry | None":
        """What the register says now, where the proof is of another day or the register says something else by now."""
        today = look_up.today(self.asked_for, at)
        is_of_that_day = timezone.localdate(self.as_at) == timezone.localdate(at)
        if is_of_that_day and today and today.standing == self.entry.standing:
            return None
        return CurrentEntry(today, is_of_that_day)

    @property
    def is_still_in_the_register(self) -> bool:
        """Whether the entry that answered stands in the register as it did: it may have been followed by others."""
        entry = Entry.objects.filter(pk=self.record["entry"]["number"], hash=self.record["entry"]["hash"]).first()
        if entry is None:
            return False
        answered = self.record["answered"]
        signed = [field for field in fields_on(Surface.PROOF) if field.name in answered and not field.is_of_a_day]
        now = signing.plain({field.name: field.read(entry) for field in signed})
        return all(now[name] == answered[name] for name in now)


@dataclass(frozen=True, slots=True)
class CurrentEntry:
    """What the register says today of whom a proof is about; None where it shows them no more."""

    today: PublicEntry | None
    is_of_that_day: bool


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


def _instant(text: str) -> datetime:
    found = parse_datetime(text)
    assert found is not None
    return found
