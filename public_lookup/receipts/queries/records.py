"""The record of a proof of check, as it is signed: the question, the answer and how far the register had come."""

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from public_lookup.lookup.queries import entries as look_up
from public_lookup.lookup.queries.entries import PublicEntry
from public_lookup.lookup.rules.fields import Surface
from public_lookup.lookup.rules.public_fields import values_on
from registry import schemes
from registry.papers import pdf
from registry.register.models import Entry
from registry.schemes import said

KIND = "receipt"


def record_of(
    number: str, shown: PublicEntry, *, at: datetime, checked_by: Mapping[str, str] | None = None
) -> dict[str, object]:
    """What is signed: what was asked, what the register answered and by which entry, and how far the register had come.

    `asked.as_at` is the instant asked about, `taken_at` the instant of asking; `register` is the head of the chain of
    entries then, by which a rewritten register is told from the one that answered. `checked_by` is of a formal check;
    `today`, what the register says at `taken_at`, is there where another instant was asked about.
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
        "entry": _entry_out(entry),
        "register": {"entries": newest["entry_number"], "hash": newest["hash"]},
        # Who says so: the authority of the day of asking. `answered.issued_by` is who gave the licence.
        "authority": said(schemes.in_force(entry.scheme, timezone.localdate(at)).authority.name, "en"),
        **pdf.PAPER,
        **_today(shown, at),
    }
    return {**record, "checked_by": dict(checked_by)} if checked_by else record


def _entry_out(entry: Entry) -> dict[str, object]:
    return {"number": entry.entry_number, "hash": entry.hash, "shown_from": entry.shown_from}


def _today(shown: PublicEntry, at: datetime) -> dict[str, object]:
    """The answer of the day of asking, signed along with that of a past day; null where the register shows them no more."""
    if shown.at == at:
        return {}
    today = look_up.today(shown.number, at)
    answered = values_on(Surface.PROOF, today.entry) if today else None
    entry = _entry_out(today.entry) if today else None
    return {"today": {"day": timezone.localdate(at), "answered": answered, "entry": entry}}
