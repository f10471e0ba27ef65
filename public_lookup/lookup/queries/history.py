"""What was published of one listing, entry by entry, said in sentences."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from public_lookup.lookup.queries.reasons import reasons_in_words
from registry import schemes
from registry.register.models import Entry

Difference = Callable[[Entry | None, Entry], Iterator[str]]


@dataclass(frozen=True, slots=True)
class PublishedChange:
    """What was published at one instant, in sentences; the number of the entry that said it, if one did.

    `told_by` is the authority before us, of what was so before we took its register over: we published nothing then.
    """

    at: datetime
    said: tuple[str, ...]
    entry_number: int | None = None
    told_by: str = ""


def history(entries: Sequence[Entry], *, until: datetime) -> list[PublishedChange]:
    """Every change that was published until then, newest first. Entries are given newest first too."""
    oldest_first = [entry for entry in reversed(entries) if entry.shown_from <= until]
    changes: list[PublishedChange] = []
    for before, entry in pairwise([None, *oldest_first]):
        assert entry is not None
        if before is not None and before.shown_until is not None and before.shown_until < entry.shown_from:
            changes.append(PublishedChange(before.shown_until, (_("Taken off the register."),)))
        changes.append(
            PublishedChange(entry.shown_from, _sentences(before, entry), entry.entry_number, _told_by(entry))
        )
    last = oldest_first[-1].shown_until if oldest_first else None
    if last is not None and last <= until:
        changes.append(PublishedChange(last, (_("Taken off the register."),)))
    return changes[::-1]


def _sentences(before: Entry | None, entry: Entry) -> tuple[str, ...]:
    said = tuple(sentence for difference in DIFFERENCES for sentence in difference(before, entry))
    said = said or (_("Registered details changed."),)
    told_by = _told_by(entry)
    return (_("%(authority)s says:") % {"authority": told_by}, *said) if told_by else said


def _told_by(entry: Entry) -> str:
    """The authority that has told us of it, where we did not publish it ourselves."""
    return str(entry.taken_over["from"]) if entry.taken_over and entry.taken_over["past"] else ""


def _day(day: date) -> str:
    return date_format(day, "j F Y")


def _new(before: Entry | None, entry: Entry, field: str) -> bool:
    """The field says something that it did not say before, of the same licence."""
    value = getattr(entry, field)
    if before is None or before.number != entry.number:
        return bool(value)
    return bool(value) and value != getattr(before, field)


def _gone(before: Entry | None, entry: Entry, field: str) -> bool:
    same_licence = before is not None and before.number == entry.number
    return same_licence and bool(getattr(before, field)) and not getattr(entry, field)


def _taken_over(before: Entry | None, entry: Entry) -> Iterator[str]:
    if entry.taken_over and entry.published_by_us and (before is None or not before.published_by_us):
        told = {"authority": entry.taken_over["from"], "day": _day(date.fromisoformat(entry.taken_over["on"]))}
        yield _("Taken over from %(authority)s on %(day)s.") % told


def _applied(before: Entry | None, entry: Entry) -> Iterator[str]:
    if entry.applied_on and (before is None or before.applied_on != entry.applied_on):
        yield _("Applied for a licence on %(day)s.") % {"day": _day(entry.applied_on)}
    if entry.refused_from and (before is None or before.refused_from != entry.refused_from):
        yield _("Refused a licence on %(day)s.") % {"day": _day(entry.refused_from)}


def _granted(before: Entry | None, entry: Entry) -> Iterator[str]:
    if not (entry.valid_from and entry.valid_until):
        return
    days = {"number": entry.number, "start": _day(entry.valid_from), "end": _day(entry.valid_until)}
    if before is None or before.number != entry.number:
        yield _("Licence %(number)s granted, from %(start)s until %(end)s.") % days
    elif (before.valid_from, before.valid_until) != (entry.valid_from, entry.valid_until):
        yield _("Licence %(number)s now runs from %(start)s until %(end)s.") % days


def _suspended(before: Entry | None, entry: Entry) -> Iterator[str]:
    if _gone(before, entry, "suspended_from"):
        yield _("The suspension was lifted before it began.")
    if not entry.suspended_from or not (
        _new(before, entry, "suspended_from") or _new(before, entry, "suspended_until")
    ):
        return
    if entry.suspended_until is None:
        yield _("Suspended from %(start)s.") % {"start": _day(entry.suspended_from)}
    else:
        days = {"start": _day(entry.suspended_from), "end": _day(entry.suspended_until)}
        yield _("Suspended from %(start)s until %(end)s.") % days


def _ended(before: Entry | None, entry: Entry) -> Iterator[str]:
    sentences = {
        "revoked_from": _("Revoked: not licensed from %(day)s."),
        "surrendered_from": _("Given up by the holder: not licensed from %(day)s."),
        "ended_from": _("Ended because the holder's company, tax or VAT number changed: not licensed from %(day)s."),
    }
    for field, sentence in sentences.items():
        if _new(before, entry, field):
            yield sentence % {"day": _day(getattr(entry, field))}
    if _new(before, entry, "appealed_from"):
        yield _("The holder has appealed against the revocation: licensed until the appeal is decided.")
    elif any(_gone(before, entry, field) for field in ("revoked_from", "appealed_from")) and not any(
        getattr(entry, field) for field in sentences
    ):
        yield _("The appeal was allowed: the licence is not revoked.")


def _conditions(before: Entry | None, entry: Entry) -> Iterator[str]:
    if entry.condition_count == (before.condition_count if before else 0):
        return
    if not entry.condition_count:
        yield _("No conditions any more.")
        return
    sentence = ngettext("Now with %(count)s condition.", "Now with %(count)s conditions.", entry.condition_count)
    yield sentence % {"count": entry.condition_count}


def _explained(before: Entry | None, entry: Entry) -> Iterator[str]:
    """Each reason that is new, in the words that were published."""
    known = (before.reasons or []) if before is not None else []
    new = [reason for reason in entry.reasons or () if reason not in known]
    scheme = schemes.in_force(entry.scheme, timezone.localdate(entry.shown_from)) if new else None
    yield from map(str, reasons_in_words(new, scheme)) if scheme else ()


def _renamed(before: Entry | None, entry: Entry) -> Iterator[str]:
    if before is not None and before.name != entry.name:
        yield _("Name changed from %(before)s to %(after)s.") % {"before": before.name, "after": entry.name}


def _named(before: Entry | None, entry: Entry) -> Iterator[str]:
    fields = ("named_people", "named_digests", "named_positions")
    if before is not None and any(getattr(before, field) != getattr(entry, field) for field in fields):
        yield _("The people who may act for it changed.")


DIFFERENCES: tuple[Difference, ...] = (
    _taken_over,
    _applied,
    _granted,
    _suspended,
    _ended,
    _conditions,
    _explained,
    _renamed,
    _named,
)
