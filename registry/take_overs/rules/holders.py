"""A register as its files tell it: the rows of each holder together, and what is wrong across rows."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from registry import signing
from registry.licences.states import ConditionStatus, LicenceStatus
from registry.organisations.models import RoleKind
from registry.take_overs.rules import past_days, standings
from registry.take_overs.rules.standings import LicenceHistory
from registry.take_overs.rules.tables import RowFault, TableRow

Rows = Mapping[str, Sequence[TableRow]]


@dataclass(slots=True)
class HolderRecord:
    """All that the files say of one holder."""

    row: TableRow
    people: list[TableRow] = field(default_factory=list)
    names: list[TableRow] = field(default_factory=list)
    addresses: list[TableRow] = field(default_factory=list)
    licences: list[LicenceHistory] = field(default_factory=list)
    licences_left_out: list[LicenceHistory] = field(default_factory=list)
    documents: list[TableRow] = field(default_factory=list)

    @property
    def key(self) -> str:
        return str(self.row["holder"])

    @property
    def rows(self) -> Iterator[TableRow]:
        yield self.row
        yield from self.people
        yield from self.names
        yield from self.addresses
        for one in self.licences:
            yield one.row
            yield from one.conditions
            yield from one.standings
        yield from self.documents

    @property
    def faults(self) -> list[RowFault]:
        return sorted({fault for row in self.rows for fault in row.faults})

    @property
    def left_out(self) -> list[RowFault]:
        """What is not taken over as it is told, though the holder is."""
        rows = (*self.rows, *(one.row for one in self.licences_left_out))
        return sorted({fault for row in rows for fault in row.left_out})

    @property
    def names_with_lost_letters(self) -> list[str]:
        names = (self.row["legal_name"] or "", *self.row["trading_names"], *self.row["former_names"])
        return [name for name in names if has_lost_letters(name)]

    @property
    def periods(self) -> list[tuple[TableRow, LicenceHistory, date, date | None]]:
        """What was so from day to day, of all licences: one lasts until the next begins. A new name or address begins a new period."""
        told = [(row, history) for history in self.licences for row in history.told]
        return [*past_days.periods(told, [] if self.faults else [*self.names, *self.addresses])]

    def digests(self) -> dict[str, str]:
        """By file, the digest of what it says of this holder: the order of its rows says nothing."""
        said: dict[str, list[Any]] = defaultdict(list)
        for row in self.rows:
            said[row.file].append(signing.plain(row.values))
        return {file: signing.digest(sorted(values, key=signing.canonical)) for file, values in sorted(said.items())}


def has_lost_letters(name: str) -> bool:
    """Whether an export has put a question mark, or the sign for what is no text, in the place of a letter."""
    return "?" in name or "\N{REPLACEMENT CHARACTER}" in name


def holders(rows: Rows, *, today: date) -> tuple[list[HolderRecord], list[RowFault]]:
    """The holders in the order of their file, judged; and the faults of rows that belong to none."""
    found: dict[str, HolderRecord] = {}
    for row in rows.get("holders", ()):
        if row["holder"] in found:
            row.fault("holder", _("Another row has the same holder. Give each holder one row."))
            found[row["holder"]].row.faults += row.faults
        else:
            found[row["holder"]] = HolderRecord(row)
    placed = (_placed(found, rows, table) for table in ("people", "names", "addresses", "documents"))
    strays = [*chain.from_iterable(placed), *_licences(found, rows)]
    for one in found.values():
        _judge(one, today=today)
    return list(found.values()), strays


def _placed(found: Mapping[str, HolderRecord], rows: Rows, table: str) -> Iterator[RowFault]:
    for row in rows.get(table, ()):
        if (holder := found.get(row["holder"])) is not None:
            getattr(holder, table).append(row)
        else:
            row.fault("holder", _("holders.csv has no such holder. Add it, or correct the name."))
            yield from row.faults


def _licences(found: Mapping[str, HolderRecord], rows: Rows) -> Iterator[RowFault]:
    conditions, told = _by_licence(rows.get("conditions", ())), _by_licence(rows.get("standings", ()))
    numbers: dict[str, TableRow] = {}
    for row in rows.get("licences", ()):
        number = standings.kept_number(row["licence_number"] or "")
        if not number:
            row.fault("licence_number", _("A licence number has letters and figures, at most 30. Correct it."))
        elif number in numbers:
            row.fault("licence_number", _("Another row has the same number. Give each licence one row."))
        numbers.setdefault(number, row)
        own = sorted(told.pop(number, []), key=lambda one: (one["first_day"] or date.min, one.number))
        holder = found.get(row["holder"])
        if holder is None:
            row.fault("holder", _("holders.csv has no such holder. Add it, or correct the name."))
            yield from row.faults
            conditions.pop(number, None)
        else:
            holder.licences.append(LicenceHistory(row, conditions.pop(number, []), own))
    for row in (one for some in (*conditions.values(), *told.values()) for one in some):
        row.fault("licence_number", _("licences.csv has no such licence. Add it, or correct the number."))
        yield from row.faults


def _by_licence(rows: Iterable[TableRow]) -> dict[str, list[TableRow]]:
    found: dict[str, list[TableRow]] = defaultdict(list)
    for row in rows:
        found[standings.kept_number(row["licence_number"] or "")].append(row)
    return found


def _judge(holder: HolderRecord, *, today: date) -> None:
    """Only what was read without a fault is judged further: one fault would bring others after it."""
    _judge_who(holder, today=today)
    sound = [one for one in holder.licences if not _has_faults(one.row, *one.conditions, *one.standings)]
    sound.sort(key=lambda one: (one.row["valid_from"], -_last_day(one).toordinal()))
    for one in sound:
        _judge_licence(one.row)
        for condition in one.conditions:
            _judge_condition(condition)
    for one in _in_turn(holder, sound):
        if not _has_faults(one.row, *one.conditions):
            standings.judge_history(one, today=today)
    holder.licences.sort(key=lambda one: (one.row["valid_from"] or date.min, one.row.number))


def _judge_who(holder: HolderRecord, *, today: date) -> None:
    for person in holder.people:
        _judge_person(person)
    if not _has_faults(*holder.names):
        past_days.judge_names(holder.names, today=today)
    if not _has_faults(*holder.addresses):
        past_days.judge_addresses(holder.addresses, today=today)


def _has_faults(*rows: TableRow) -> bool:
    return any(row.faults for row in rows)


def _in_turn(holder: HolderRecord, sound: Sequence[LicenceHistory]) -> list[LicenceHistory]:
    """One licence at a time. Of two that overlap, the one that lasts longer takes the place of the other; where one of them was
    taken away, the files must say which of the two holds.
    """
    held: list[LicenceHistory] = []
    for one in sound:
        before = held[-1] if held else None
        if before is not None and _last_day(before) >= (begins := one.row["valid_from"]):
            number = before.row["licence_number"]
            if before.speaks_against_it(begins) or one.speaks_against_it(begins):
                text = _(
                    "Licence {number} of the same holder was held then, and one of the two was taken away. Say which holds."
                )
                one.row.fault("valid_from", format_lazy(text, number=number))
            elif _last_day(one) <= _last_day(before):
                text = _("Licence {number} of the same holder was held all this time. This one is left out.")
                one.row.leave_out("licence_number", format_lazy(text, number=number))
                holder.licences.remove(one)
                holder.licences_left_out.append(one)
                continue
            else:
                text = _(
                    "Licence {number} of the same holder began before this one was over. This one ends the day before."
                )
                before.row.leave_out("valid_until", format_lazy(text, number=one.row["licence_number"]))
                before.until = one.standings[0]["first_day"] if one.standings else begins
        held.append(one)
    return held


def _judge_person(row: TableRow) -> None:
    if row["role"] == RoleKind.NAMED_POSITION:
        if not row["title"]:
            row.fault("title", _("Enter the title of the position."))
    elif not row["full_name"]:
        row.fault("full_name", _("Enter the name of the person."))
    if row["since"] and row["until"] and row["until"] < row["since"]:
        row.fault("until", _("The last day is before the first. Correct one."))


def _judge_licence(row: TableRow) -> None:
    if row["valid_until"] < row["valid_from"]:
        row.fault("valid_until", _("The last day is before the first. Correct one."))
    if row["status"] == LicenceStatus.ACTIVE:
        if row["status_from"]:
            row.fault("status_from", _("A licence that is active has no such day. Leave the cell empty."))
    elif row["status_from"] is None:
        row.fault("status_from", _("Enter the first day without the licence."))
    if row["suspended_until"] and (row["suspended_from"] is None or row["suspended_until"] < row["suspended_from"]):
        row.fault("suspended_until", _("Enter the first day of the suspension, which is not after its last day."))


def _judge_condition(row: TableRow) -> None:
    if (row["status"] == ConditionStatus.OPEN) != (row["closed_on"] is None):
        row.fault("closed_on", _("Enter the day on which the condition was closed, and only if it was."))
    if row["due_on"] < row["imposed_on"]:
        row.fault("due_on", _("The last day is before the first. Correct one."))


def _last_day(history: LicenceHistory) -> date:
    gone: date | None = history.row["status_from"]
    until: date = history.row["valid_until"]
    return min(until, gone - standings.DAY) if gone else until
