"""The word of an answer and the day that belongs to it: for the heading, the title, the badge, the proof and messages."""

from datetime import date
from typing import Any

from django.utils.translation import gettext, gettext_noop

from registry.register.models import Entry
from registry.register.states import Outcome, Standing
from registry.templatetags.registry_parts import day

#: A sentence, and which day of the entry stands for each of its words; "last" is the last day with the licence.
Said = tuple[str, dict[str, str]]

_UNTIL: Said = (gettext_noop("Licensed until the end of %(end)s"), {"end": "last"})
SHORT: dict[str, Said] = {
    "licensed": _UNTIL,
    "licensed_with_conditions": _UNTIL,
    "revocation_to_come": _UNTIL,
    "under_appeal": (
        gettext_noop("Licensed until its appeal is decided, and until the end of %(end)s at the latest"),
        {"end": "valid_until"},
    ),
    "suspended_until": (
        gettext_noop("Suspended from %(start)s until the end of %(end)s"),
        {"start": "suspended_from", "end": "suspended_until"},
    ),
    "suspended": (
        gettext_noop("Suspended from %(start)s until we lift the suspension"),
        {"start": "suspended_from"},
    ),
    "revoked": (gettext_noop("We took its licence away on %(gone)s"), {"gone": "revoked_from"}),
    "surrendered": (gettext_noop("It gave up its licence on %(gone)s"), {"gone": "surrendered_from"}),
    "ended": (
        gettext_noop("Its licence ended on %(gone)s, because its company, tax or VAT number changed"),
        {"gone": "ended_from"},
    ),
    "expired": (gettext_noop("Its licence ran out on %(last)s"), {"last": "last"}),
    "refused": (gettext_noop("We refused it a licence on %(day)s"), {"day": "refused_from"}),
    "not_yet": (gettext_noop("Its licence begins on %(start)s"), {"start": "valid_from"}),
    "applied_on": (gettext_noop("It applied for a licence on %(day)s"), {"day": "applied_on"}),
    "applied": (gettext_noop("It has applied for a licence"), {}),
}
LOSING_ON = gettext_noop("Losing its licence on %(day)s")


def word_of(entry: Entry) -> str:
    """The word of the answer; with its day where a revocation has been decided."""
    if entry.standing == Standing.REVOCATION_TO_COME and entry.revoked_from:
        return gettext(LOSING_ON) % {"day": day(entry.revoked_from)}
    return str(Outcome(entry.outcome).label)


def when_of(entry: Entry, last_day: date | None) -> str:
    """The day that belongs to the word, with the reason why it is not licensed."""
    english, days = SHORT[kind_of(entry, last_day)]
    return gettext(english) % days_of(entry, last_day, days)


def days_of(entry: Entry, last_day: date | None, days: dict[str, str]) -> dict[str, Any]:
    """What the words of a sentence stand for, in the language of the reader."""
    return {word: day(last_day if field == "last" else getattr(entry, field)) for word, field in days.items()}


def kind_of(entry: Entry, last_day: date | None) -> str:
    """Which sentence is said of an entry: its standing, told apart by why and until when."""
    standing = Standing(entry.standing)
    if standing == Standing.SUSPENDED:
        return "suspended_until" if entry.suspended_until else "suspended"
    if standing == Standing.EXPIRED:
        return "ended" if _has_ended_early(entry, last_day) else "expired"
    if standing == Standing.REVOCATION_TO_COME and not entry.revoked_from:
        return "under_appeal"
    if standing == Standing.APPLIED:
        return _kind_of_applicant(entry)
    return standing.value


def _has_ended_early(entry: Entry, last_day: date | None) -> bool:
    return bool(entry.ended_from and last_day and entry.valid_until and last_day < entry.valid_until)


def _kind_of_applicant(entry: Entry) -> str:
    if entry.valid_from:
        return "not_yet"
    return "applied_on" if entry.applied_on else "applied"
