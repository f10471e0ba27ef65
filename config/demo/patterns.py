"""Patterns: every row that the real actions leave of one story, with blanks where the same story of another firm differs.

A story is told once by the actions, in a transaction that is taken back, for a firm all of whose own particulars are
blanks. A copy fills them in for another firm on another day. So what is written in bulk is what the actions write: when
they change, so do the copies.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.db import transaction

from config.demo import made_up
from config.demo.casting import Story, play
from config.demo.made_up import Firm
from config.demo.pattern_tables import Context, blank, tables
from config.demo.story_rows import StoryRows
from licensing.applications.queries import companies
from licensing.checks.rules import own_checks
from licensing.decisions.models.decisions import Decision
from registry import schemes, signing, workdays
from registry.holidays import queries as registry_queries
from registry.holidays.models import Calendar
from registry.licences.models import Licence
from registry.trail.models.events import Event

#: Tells the story of a firm that began at an instant.
Tell = Callable[[Firm, datetime], Story]

_FIRST_BIRTHDAY = date(1901, 1, 1)


@dataclass(frozen=True)
class Pattern:
    """What one story leaves. `pieces` are text and, at every other place, the key of a blank.

    `rows` of a filled text are pairs of a table's place in `tables()` and its values. `shifts` are the numbers of days
    by which the story may be moved: not into the future, nor past a day on which another version of the scheme or
    another holiday would have led to something else.
    """

    ends: str
    firm: Firm
    tell: Tell
    began: datetime
    pieces: tuple[str, ...]
    answers: tuple[str, ...]
    reports: tuple[tuple[str, ...], ...]
    counts: Mapping[str, int]
    shifts: tuple[int, ...]

    @cached_property
    def keys(self) -> tuple[str, ...]:
        return self.pieces[1::2]

    def rows(self, filled: Mapping[str, str]) -> list[tuple[int, list[Any]]]:
        rows: list[tuple[int, list[Any]]] = json.loads(_joined(self.pieces, filled))
        return rows

    def digest_of_answers(self, filled: Mapping[str, str]) -> str:
        return signing.digest_of_bytes(_joined(self.answers, filled).encode())

    def digest_of_report(self, nth: int, filled: Mapping[str, str]) -> str:
        return signing.digest_of_bytes(_joined(self.reports[nth], filled).encode())


def _joined(pieces: tuple[str, ...], filled: Mapping[str, str]) -> str:
    text = list(pieces)
    text[1::2] = [filled[key] for key in text[1::2]]
    return "".join(text)


def blanks(firm: Firm) -> Firm:
    """The firm with a blank for all that is its own. A birthday must be a day: blanks of that kind lie before 1902."""
    days = iter(range(365))

    def say(key: str, _old: str) -> str:
        if key.endswith("date_of_birth"):
            return (_FIRST_BIRTHDAY + timedelta(days=next(days))).isoformat()
        return blank(key)

    return made_up.described(firm, say)


def pattern(
    firm: Firm,
    tell: Tell,
    *,
    scheme: str,
    ends: str,
    began: datetime,
    until: datetime,
    before: Callable[[], Context] = dict,
    shifts: Iterable[int],
) -> Pattern:
    """Tell the story of `firm` and take it back again; what `before` makes first is there already, and known by its name.

    `shifts` are those to choose the possible ones from.
    """
    with transaction.atomic():
        try:
            context = before()
            last = {table.name: table.last() for table in tables()}
            with _blanks_holding():
                for _step in play([tell(blanks(firm), began)], until=until):
                    pass
            found = StoryRows(blanks(firm), began, until, last, context)
            lawful = _Lawful(found, scheme)
            return Pattern(
                ends=ends,
                firm=firm,
                tell=tell,
                began=began,
                pieces=found.pieces(),
                answers=found.answers(),
                reports=found.reports(),
                counts={table.name: len(rows) for table, rows in found.rows},
                shifts=tuple(days for days in shifts if lawful.allows(days)) or (0,),
            )
        finally:
            transaction.set_rollback(True)


@contextmanager
def _blanks_holding() -> Iterator[None]:
    """A blank has no check digits; the numbers of every firm that fills it have, and what is found of them is that."""
    holds, normal = own_checks.holds, companies.normal_number
    own_checks.holds, companies.normal_number = (lambda number: True), (lambda typed: typed or "")
    try:
        yield
    finally:
        own_checks.holds, companies.normal_number = holds, normal


class _Lawful:
    """By how many days a story can be moved and still be what the actions would have written then."""

    def __init__(self, found: StoryRows, scheme: str) -> None:
        self.scheme = scheme
        events = list(found.of(Event).values_list("at", flat=True))
        self.first, self.last, self.until = found.began, max(events), found.until
        self.days = {at.astimezone(UTC).date() for at in events}
        self.terms = list(found.of(Licence).values_list("version", "valid_from", "valid_until"))
        # Time limits in working days: no holiday may come in or go out, and weekdays must stay weekdays.
        self.limits = [
            (told.date(), last)
            for decision in found.of(Decision)
            for told, last in (
                (decision.notified_at, decision.reply_by),
                (decision.decided_at, decision.appeal_by),
            )
            if told and last
        ]
        self.weekly = bool(found.of(Decision).exists())
        self.holidays = registry_queries.holidays(Calendar.of(found.firm.profile.facts["address"]))

    def allows(self, days: int) -> bool:
        moved = timedelta(days=days)
        return (
            self.last + moved < self.until - timedelta(hours=12)
            and (not self.weekly or days % 7 == 0)
            and all(self._same_version(day, moved) for day in self.days)
            and all(self._same_term(term, moved) for term in self.terms)
            and all(self._same_limit(limit, moved) for limit in self.limits if days)
        )

    def _same_version(self, day: date, moved: timedelta) -> bool:
        first = schemes.versions(self.scheme)[0]
        if day + moved < first:
            return False
        return schemes.in_force(self.scheme, day + moved).version == schemes.in_force(self.scheme, day).version

    def _same_term(self, term: tuple[date, date, date], moved: timedelta) -> bool:
        version, valid_from, valid_until = term
        months = schemes.get(self.scheme, version).licence_months
        return workdays.last_day_of_term(valid_from + moved, months) == valid_until + moved

    def _same_limit(self, limit: tuple[date, date], moved: timedelta) -> bool:
        told, last = limit
        days = range((last - told).days + 1)
        return not any(
            told + timedelta(days=day) in self.holidays or told + moved + timedelta(days=day) in self.holidays
            for day in days
        )
