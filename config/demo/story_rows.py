"""The rows that a story left, with blanks for what is its own."""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any

from django.db import models

from compliance.inspection_reports.models import ReportSending, ReportVersion
from compliance.interviews.models import Signature
from config.demo import made_up
from config.demo.made_up import Firm
from config.demo.pattern_tables import Context, PatternTable, blank, tables
from licensing.applications.models import Application
from licensing.applications.queries import applications as licensing_queries
from registry import names, schemes, signing
from registry.documents.models import Document
from registry.letters.models import Letter
from registry.licence_numbers import draw_licence_prefix
from registry.licences.models import Licence
from registry.outbox.models import OutboxItem
from registry.register.models import Entry
from registry.register.rules import name_digest
from registry.trail.models.events import Event


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


class StoryRows:
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
        """The canonical bytes of each report that was kept or sent, whose digest its row and the trail keep."""
        return tuple(self._split(signing.canonical(report.content).decode()) for report in self._reports)

    @cached_property
    def _reports(self) -> list[ReportVersion | ReportSending]:
        return [*self.of(ReportVersion).order_by("pk"), *self.of(ReportSending).order_by("pk")]

    def _split(self, text: str) -> tuple[str, ...]:
        """The text with a blank for whatever is the story’s own; the days of a scheme’s versions stay as they are."""
        text = _VERSIONS.sub(lambda found: found[1] + _fixed(found[2]), text)
        text = self._literal.sub(lambda found: self._named[found[0]], text)
        return tuple(_BLANK.split(_TIMES.sub(self._time, text)))

    @cached_property
    def _literal(self) -> "re.Pattern[str]":
        return re.compile("|".join(map(re.escape, sorted(self._named, key=len, reverse=True))))

    def _row(self, table: PatternTable, row: list[Any], ids: Mapping[Any, str]) -> list[Any]:
        known = {**self.context, **ids}
        for nth in table.json:
            if row[nth] is not None:
                row[nth] = json.dumps(json.loads(row[nth]), ensure_ascii=False)
        for nth, refers in (*table.refers.items(), (table.key, table.name)):
            row[nth] = known.get((refers, row[nth]), row[nth])
        return self._special(table, row)

    def _special(self, table: PatternTable, row: list[Any]) -> list[Any]:
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
        found |= {name_digest(own[key]): blank(f"digest:{key}") for key in people}
        found |= {event.facts["digest"]: blank("answers") for event in self.of(Event).filter(verb="hand_in_answers")}
        found |= {report.digest: blank(f"report:{nth}") for nth, report in enumerate(self._reports)}
        for table, rows in self.rows:
            for row in rows:
                found |= self._names_of(table, [row[nth] for nth in sorted(table.names)])
        found |= {
            number: blank(f"applicant:{number}")
            for number in self.of(Entry).filter(number__startswith="APP-").values_list("number", flat=True)
        }
        return found

    def _names_of(self, table: PatternTable, values: Iterable[Any]) -> dict[str, str]:
        if table.model is Licence:
            return {number: blank(f"licence:{number}:{self._drawn_from(number)}") for number in values}
        found: dict[str, str] = {}
        for value in values:
            if value and _REFERENCE.fullmatch(value):
                found |= {value: blank(f"reference:{value}"), value.lower(): blank(f"lower:{value}")}
            elif value and _CODE.fullmatch(value):
                found[value] = blank(f"code:{value}")
            elif value and table.model in (Document, Signature) and _STORED.fullmatch(value):
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


_REFERENCE = re.compile(r"[A-Z]{1,3}-[0-9A-Z]{4}-[0-9A-Z]{4}")
_CODE = re.compile(r"[0-9A-Z]{8}")
_STORED = re.compile(r"[0-9a-f]{32}")
