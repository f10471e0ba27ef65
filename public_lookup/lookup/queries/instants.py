"""Which instant a question is about: today is only a value."""

import re
from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry.errors import Reason, Refused
from registry.register.models import Entry

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_EARLIEST = 1900

#: Unknown parameters that are named at most.
MOST_NAMED = 10

FUTURE = _("The date must be today or in the past.")


#: What `at` may be, as OpenAPI documents say it: a day, or an instant with its zone (RFC 3339).
WRITTEN = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2}))?$"
_WRITTEN = re.compile(WRITTEN)


class UnreadableQuestion(Refused):
    """The question itself cannot be read or answered as it was put: nothing is said of the register."""


def instant(text: str, *, now: datetime) -> datetime:
    """The instant that is asked about: a day is its end in London, or now if it is today; nothing is now.

    An instant with its zone is that instant (docs/rules.md, *Fixed meanings*).
    """
    if not text:
        return now
    try:
        if not _WRITTEN.fullmatch(text):
            raise ValueError("no day and no instant with its zone")
        asked = end_of(date.fromisoformat(text), now=now) if _DAY.fullmatch(text) else _with_zone(text)
    except (ValueError, OverflowError):
        raise misread("not_a_date", _("Enter a real date, for example 2026-03-27.")) from None
    if asked > now:
        raise misread("in_the_future", FUTURE)
    return asked


class UnknownParameter(UnreadableQuestion):
    """The question has a parameter that is not known here: to pass it over would answer another question."""

    @classmethod
    def among(cls, given: Iterable[str], known: Iterable[str]) -> "UnknownParameter | None":
        unknown = sorted(set(given) - set(known))[:MOST_NAMED]
        if not unknown:
            return None
        # For programs: said in English, as their documents are.
        return cls(
            [Reason("unknown_parameter", f"There is no parameter “{name[:40]}” here.", name[:40]) for name in unknown]
        )


class RepeatedParameter(UnreadableQuestion):
    """The question has a parameter twice: two readers could each take another of its values."""

    @classmethod
    def among(cls, *asked: MultiValueDict[str, Any], lists: Collection[str] = ()) -> "RepeatedParameter | None":
        """`asked` is the query, and the body where there is one; `lists` are the parameters that may be repeated."""
        given = Counter(name for one in asked for name, values in one.lists() for _value in values)
        repeated = sorted(name for name, times in given.items() if times > 1 and name not in lists)[:MOST_NAMED]
        if not repeated:
            return None
        return cls(
            [Reason("repeated_parameter", f"Give the parameter “{name[:40]}” once.", name[:40]) for name in repeated]
        )


def misread(code: str, text: str | Promise, where: str = "at") -> UnreadableQuestion:
    return UnreadableQuestion([Reason(code, text, where)])


def end_of(day: date, *, now: datetime) -> datetime:
    """The last instant of a day in London; today has only come as far as now, and a later day has not come."""
    if day.year < _EARLIEST:
        raise ValueError("before there were any registers")
    if day == timezone.localdate(now):
        return now
    return datetime.combine(day, time.max, tzinfo=timezone.get_default_timezone())


def on_register(at: datetime) -> "QuerySet[Entry]":
    """The register as anyone could read it at that instant, with the standing of each on that day in London."""
    return _standing_on(timezone.localdate(at)).shown_at(at)


# Of no instant yet, so that it is never read: saying what a standing is takes Django longer than finding one.
_standing_on = lru_cache(maxsize=8)(Entry.objects.standing_on)


def _with_zone(text: str) -> datetime:
    asked = datetime.fromisoformat(text)
    if asked.tzinfo is None or asked.year < _EARLIEST:
        raise ValueError("a time without a zone means different instants to different readers")
    return asked
