"""Patterns: every row that the real actions leave of one story, with blanks where the same story of another firm differs.

A story is told once by the actions, in a transaction that is taken back, for a firm all of whose own particulars are
blanks. A copy fills them in for another firm on another day. So what is written in bulk is what the actions write: when
they change, so do the copies.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction

from compliance.inspection_reports.models import ReportVersion
from config.demo import made_up
from config.demo.made_up import Firm
from config.demo.stories import Story, told
from licensing.applications.models import Application
from licensing.applications.queries import applications as licensing_queries
from licensing.applications.queries import companies
from licensing.checks.rules import own_checks
from licensing.decisions.models.decisions import Decision
from registry import names, schemes, signing, workdays
from registry.documents.models import Document
from registry.holidays import queries as registry_queries
from registry.holidays.models import Calendar
from registry.identifiers import draw_licence_prefix
from registry.letters.models import Letter
from registry.licences.models import Licence
from registry.organisations.models import Person
from registry.outbox.models import OutboxItem
from registry.register.actions import publishing as register
from registry.register.models import Entry
from registry.trail.models.events import Event
from registry.trail.models.rows import fields

OWN_APPS = ("registry", "compliance", "licensing")
# Not copied as rows: counters and the index have one row for many firms, so that a copy draws numbers and adds names of
# its own; the register numbers withdrawals itself; marks of cases are made by triggers; companies are read from a file; by
# what a firm is known again follows from its file.
NOT_COPIED = frozenset(
    {"Counter", "Withdrawal", "CaseMark", "Company", "ListedParty", "PackEdition", "RowDigest", "Trait"}
)
INDEX = "registry.search.models"

# What was there before the story: rows by table and number, texts by themselves; and the blank to put in their place.
Context = Mapping[tuple[str, int] | str, str]

#: Tables that many others refer to.
FIRST = frozenset({OutboxItem, Person})
#: Tells the story of a firm that began at an instant.
Tell = Callable[[Firm, datetime], Story]


def blank(key: str) -> str:
    """A place to fill in: two characters that no text has, and what goes between them."""
    return f"\ue000{SHORT.get(key, key)}\ue001"


# A blank must fit where its value does.
SHORT = {"company_number": "no", "utr": "utr", "vat_number": "vat", "telephone": "tel", "mobile": "mob"}


def _fixed(day: str) -> str:
    """A day that does not move with the story, written so that it is not taken for one that does."""
    return blank("=" + day.replace("-", "/"))


_BLANK = re.compile("\ue000(.*?)\ue001")
_DAY = r"\d{4}-\d\d-\d\d"
_IN_WORDS = r"\d{1,2} [A-Z][a-z]{2} \d{4}"
# In rows, in JSON, a day alone, and a day in words: evidence is called by its day.
_TIMES = re.compile(
    rf"({_DAY}) (\d\d:\d\d:\d\d)(?:\.000000)?|({_DAY})T(\d\d:\d\d:\d\d)\.000000Z|({_DAY})|\b({_IN_WORDS})\b"
)
# In the JSON of rows, which is quoted twice, and in canonical JSON.
_VERSIONS = re.compile(rf'(\\?"(?:version|rules_of|issued_under)\\?": ?\\?")({_DAY})')
_FIRST_BIRTHDAY = date(1901, 1, 1)


@dataclass(frozen=True)
class Table:
    """One table, as rows are read from it and written to it."""

    model: type[models.Model]

    @cached_property
    def name(self) -> str:
        return self.model._meta.db_table

    @cached_property
    def fields(self) -> tuple["models.Field[Any, Any]", ...]:
        return tuple(fields(self.model))

    @cached_property
    def columns(self) -> tuple[str, ...]:
        return tuple(str(field.column) for field in self.fields)

    @cached_property
    def key(self) -> int:
        """Which column is the primary key."""
        return next(nth for nth, field in enumerate(self.fields) if field.primary_key)

    @cached_property
    def refers(self) -> dict[int, str]:
        """Columns that refer to a row of a table."""
        return {
            nth: field.related_model._meta.db_table
            for nth, field in enumerate(self.fields)
            if isinstance(field, models.ForeignKey)
        }

    @cached_property
    def json(self) -> frozenset[int]:
        return frozenset(nth for nth, field in enumerate(self.fields) if isinstance(field, models.JSONField))

    @cached_property
    def names(self) -> frozenset[int]:
        """Columns with the name by which the row itself is known: a reference, a number, a code."""
        return frozenset(
            nth for nth, field in enumerate(self.fields) if isinstance(field, models.CharField) and field.unique
        )

    def at(self, column: str) -> int:
        return self.columns.index(column)

    def last(self) -> int:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT MAX({self.columns[self.key]}) FROM {self.name}")
            return cursor.fetchone()[0] or 0

    def after(self, last: int) -> list[list[Any]]:
        key = self.columns[self.key]
        with connection.cursor() as cursor:
            quoted = ", ".join(f'"{column}"' for column in self.columns)
            cursor.execute(f"SELECT {quoted} FROM {self.name} WHERE {key} > %s ORDER BY {key}", [last])
            return [[_plain(value) for value in row] for row in cursor.fetchall()]


@lru_cache(maxsize=1)
def tables() -> tuple[Table, ...]:
    """Ours, in an order in which rows can be written: triggers ask what hangs on a decision for the decision.

    Cases come last: triggers then look at their checks once, not at each. People and the outbox come before anything that
    refers to what is not written yet: while something does, SQLite looks for each of them through all that could refer to them.
    """
    own = [model for label in OWN_APPS for model in apps.get_app_config(label).get_models(include_auto_created=True)]
    copied = [model for model in own if model.__name__ not in NOT_COPIED and model.__module__ != INDEX]
    return tuple(
        Table(model)
        for model in sorted(
            copied,
            key=lambda model: (model not in FIRST, model is not Decision, model is Application),
        )
    )


def _plain(value: Any) -> Any:
    """A value as both engines take it as text."""
    if isinstance(value, datetime):
        # SQLite keeps instants without a zone, and means UTC.
        return (value.astimezone(UTC) if value.tzinfo else value).replace(tzinfo=None).isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


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
                for _step in told([tell(blanks(firm), began)], until=until):
                    pass
            found = _Found(blanks(firm), began, until, last, context)
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


class _Found:
    """The rows that a story left."""

    def __init__(self, firm: Firm, began: datetime, until: datetime, last: Mapping[str, int], context: Context) -> None:
        self.firm, self.began, self.until, self.last, self.context = firm, began, until, last, context
        self.rows = [(table, table.after(last[table.name])) for table in tables()]

    def of(self, model: type[models.Model]) -> "models.QuerySet[Any]":
        return model._base_manager.filter(pk__gt=self.last[model._meta.db_table])

    def pieces(self) -> tuple[str, ...]:
        ids = {
            (table.name, row[table.key]): blank(f"#{table.name}:{nth}")
            for table, rows in self.rows
            for nth, row in enumerate(rows)
        }
        written = [(place, self._row(table, row, ids)) for place, (table, rows) in enumerate(self.rows) for row in rows]
        return self._split(json.dumps(written, ensure_ascii=False))

    def answers(self) -> tuple[str, ...]:
        """The canonical bytes of what was handed in, whose digest the trail keeps."""
        application = self.of(Application).exclude(submitted_at=None).first()
        if application is None:
            return ()
        scheme = schemes.get(application.scheme, application.version)
        filled = licensing_queries.filled(application, scheme)
        text = signing.canonical([[item.page, item.name, item.data] for item in filled.items]).decode()
        (event,) = self.of(Event).filter(verb="hand_in_answers")
        assert event.facts["digest"] == signing.digest_of_bytes(text.encode()), "the trail keeps another digest"
        births = self._births()
        for day, key in births.items():
            text = text.replace(day, key)
        return tuple(_BLANK.split(text))

    def reports(self) -> tuple[tuple[str, ...], ...]:
        """The canonical bytes of each report that was kept, whose digest its row and the trail keep."""
        return tuple(self._split(signing.canonical(version.content).decode()) for version in self._versions)

    @cached_property
    def _versions(self) -> list[ReportVersion]:
        return list(self.of(ReportVersion).order_by("pk"))

    def _split(self, text: str) -> tuple[str, ...]:
        """The text with a blank for whatever is the story’s own; the days of a scheme’s versions stay as they are."""
        text = _VERSIONS.sub(lambda found: found[1] + _fixed(found[2]), text)
        text = self._literal.sub(lambda found: self._named[found[0]], text)
        return tuple(_BLANK.split(_TIMES.sub(self._time, text)))

    @cached_property
    def _literal(self) -> "re.Pattern[str]":
        return re.compile("|".join(map(re.escape, sorted(self._named, key=len, reverse=True))))

    def _row(self, table: Table, row: list[Any], ids: Mapping[Any, str]) -> list[Any]:
        known = {**self.context, **ids}
        for nth in table.json:
            if row[nth] is not None:
                row[nth] = json.dumps(json.loads(row[nth]), ensure_ascii=False)
        for nth, refers in (*table.refers.items(), (table.key, table.name)):
            row[nth] = known.get((refers, row[nth]), row[nth])
        return self._special(table, row)

    def _special(self, table: Table, row: list[Any]) -> list[Any]:
        """Letters have long been sent; they know the head of the trail by how many events of the story came before."""
        changed: dict[str, Any] = {}
        if table.model is Letter:
            reached = json.dumps([row[table.at("address")]], ensure_ascii=False)
            head = row[table.at("trail_number")] - self.last[Event._meta.db_table]
            # The words kept are those of the firm that was copied: the copy's are filled in when they are read.
            changed = {"trail_number": head, "sheet": "", "reached": reached}
        if table.model is OutboxItem:
            sent_at = row[table.at("made_at")]
            changed = {"sent_at": sent_at, "tried_at": sent_at, "attempts": 1, "next_try": None}
        # Of a scheme, a day; of an answer, a number that stays as it is.
        if "version" in table.columns and isinstance(row[table.at("version")], str):
            changed = {"version": _fixed(row[table.at("version")])}
        for column, value in changed.items():
            row[table.at(column)] = value
        return row

    def _births(self) -> dict[str, str]:
        own = made_up.own(self.firm)
        return {value: blank(key) for key, value in own.items() if key.endswith("date_of_birth")}

    @cached_property
    def _named(self) -> dict[str, str]:
        """Each text by which the story's own things are known, and the blank to put there."""
        own = made_up.own(self.firm)
        found = self._births() | {text: place for text, place in self.context.items() if isinstance(text, str)}
        people = [key for key in own if key.endswith("full_name")]
        found |= {register.name_digest(own[key]): blank(f"digest:{key}") for key in people}
        found |= {event.facts["digest"]: blank("answers") for event in self.of(Event).filter(verb="hand_in_answers")}
        found |= {version.digest: blank(f"report:{nth}") for nth, version in enumerate(self._versions)}
        for table, rows in self.rows:
            for row in rows:
                found |= self._names_of(table, [row[nth] for nth in sorted(table.names)])
        found |= {
            number: blank(f"applicant:{number}")
            for number in self.of(Entry).filter(number__startswith="APP-").values_list("number", flat=True)
        }
        return found

    def _names_of(self, table: Table, values: Iterable[Any]) -> dict[str, str]:
        if table.model is Licence:
            return {number: blank(f"licence:{number}:{self._drawn_from(number)}") for number in values}
        found: dict[str, str] = {}
        for value in values:
            if value and _REFERENCE.fullmatch(value):
                found |= {value: blank(f"reference:{value}"), value.lower(): blank(f"lower:{value}")}
            elif value and _CODE.fullmatch(value):
                found[value] = blank(f"code:{value}")
            elif table.model is Document and _STORED.fullmatch(value):
                found[value] = blank(f"stored:{value}")
        return found

    def _drawn_from(self, number: str) -> str:
        """From which of its names a licence has its letters."""
        keys = ("legal_name", "former_names.0")
        return next(key for key in keys if draw_licence_prefix(names.fold(blank(key))) == number[:4])

    def _time(self, found: "re.Match[str]") -> str:
        if found[5]:
            return self._day(found[5], "day")
        if found[6]:
            return self._day(found[6], "said")
        at = datetime.fromisoformat(f"{found[1] or found[3]}T{found[2] or found[4]}+00:00")
        seconds = int((at - self.began).total_seconds())
        return blank(f"{'row' if found[1] else 'json'}:{seconds}")

    def _day(self, text: str, kind: str) -> str:
        day = (
            date.fromisoformat(text)
            if kind == "day"
            else datetime.strptime(text, "%d %b %Y").replace(tzinfo=UTC).date()
        )
        days = (day - self.began.date()).days
        # What lies before the story is part of what was answered: the day of a birth, of an earlier licence.
        return text if days < 0 else blank(f"{kind}:{days}")


_REFERENCE = re.compile(r"[A-Z]-[0-9A-Z]{4}-[0-9A-Z]{4}")
_CODE = re.compile(r"[0-9A-Z]{8}")
_STORED = re.compile(r"[0-9a-f]{32}")


class _Lawful:
    """By how many days a story can be moved and still be what the actions would have written then."""

    def __init__(self, found: _Found, scheme: str) -> None:
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
