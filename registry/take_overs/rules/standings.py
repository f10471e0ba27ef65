"""What was so of a licence on past days, as another authority tells us, and whether that agrees with itself and with the licence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from django.utils.formats import date_format
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from registry import licence_numbers
from registry.identifiers import without_separators
from registry.licences.models import Licence
from registry.licences.states import ConditionStatus, LicenceStatus
from registry.register.states import Standing
from registry.take_overs.rules.tables import TableRow

DAY = timedelta(days=1)
#: The dates of a licence that say that it is gone, by the status that goes with each.
GONE = {
    LicenceStatus.REVOKED: "revoked_from",
    LicenceStatus.SURRENDERED: "surrendered_from",
    LicenceStatus.ENDED: "ended_from",
}
#: What a licence may be told to be while another one of the same holder is held.
BLAMELESS = {Standing.LICENSED, Standing.LICENSED_WITH_CONDITIONS, Standing.EXPIRED, Standing.SURRENDERED}
#: What the register says of a licence with one of these statuses.
_SAID = {
    LicenceStatus.ACTIVE: Standing.LICENSED,
    LicenceStatus.REVOKED: Standing.REVOKED,
    LicenceStatus.SURRENDERED: Standing.SURRENDERED,
    LicenceStatus.ENDED: Standing.EXPIRED,
}


@dataclass(slots=True, eq=False)
class LicenceHistory:
    """A licence of the files with its conditions and standings, oldest first. From `until` on another one is held in its place."""

    row: TableRow
    conditions: Sequence[TableRow]
    standings: Sequence[TableRow]
    until: date | None = None

    @property
    def number(self) -> str:
        return kept_number(self.row["licence_number"] or "")

    @property
    def told(self) -> list[TableRow]:
        """Its standings before another one was held in its place."""
        return [row for row in self.standings if self.until is None or row["first_day"] < self.until]

    def speaks_against_it(self, day: date) -> bool:
        """Whether on this day, or after it, it is told to be anything but held, expired or given up."""
        rows = pairwise([*self.standings, None])
        then = {row["standing"] for row, after in rows if row and (after is None or after["first_day"] > day)}
        return self.row["status"] == LicenceStatus.REVOKED or not then <= BLAMELESS


def kept_number(text: str) -> str:
    """A number as it is kept: as ours are written where it reads as one of ours, else as one of another authority. Empty: neither."""
    compact = without_separators(text)
    ours = licence_numbers.looks_like_licence_number(compact) == compact
    return compact if ours else licence_numbers.foreign(text) or ""


def is_ours(number: str) -> bool:
    return licence_numbers.looks_like_licence_number(number) == number


def licence_fields(history: LicenceHistory) -> dict[str, Any]:
    """The columns of `Licence` that a row of licences.csv fills, but for its number and whose it is."""
    row = history.row
    names = (
        "valid_from",
        "valid_until",
        "suspended_from",
        "suspended_until",
        "sectors",
        "countries_supplied",
        "status",
    )
    fields = {name: row[name] for name in names}
    if history.until:
        fields |= {"status": LicenceStatus.ENDED, "ended_from": history.until}
    elif row["status"] in GONE:
        fields[GONE[row["status"]]] = row["status_from"]
    return {**fields, "sectors": list(row["sectors"]), "countries_supplied": list(row["countries_supplied"])}


def past_fields(row: TableRow) -> dict[str, Any]:
    """The dates that an entry shows of a past standing."""
    dates = dict.fromkeys(
        ("suspended_from", "suspended_until", "revoked_from", "appealed_from", "surrendered_from", "ended_from")
    )
    own = {"valid_from": row["term_from"], "valid_until": row["term_until"]}
    match row["standing"]:
        case Standing.SUSPENDED:
            own |= {"suspended_from": row["first_day"], "suspended_until": row["suspended_until"]}
        case Standing.REVOKED:
            own["revoked_from"] = row["first_day"]
        case Standing.SURRENDERED:
            own["surrendered_from"] = row["first_day"]
        case Standing.REVOCATION_TO_COME:
            own["revoked_from"] = row["gone_from"]
        case Standing.EXPIRED if row["term_until"] >= row["first_day"]:
            own["ended_from"] = row["first_day"]
    return {**dates, **own}


def conditions_on(conditions: Sequence[TableRow], day: date) -> list[TableRow]:
    """Those that the licence had on that day; one that failed is there until a decision follows."""
    return [
        one
        for one in conditions
        if one["imposed_on"] <= day
        and (one["status"] != ConditionStatus.DISCHARGED or one["closed_on"] is None or one["closed_on"] > day)
    ]


def _licence(fields: dict[str, Any]) -> Licence:
    """A licence with these dates; not saved."""
    gone = next((status for status, name in GONE.items() if fields.get(name)), LicenceStatus.ACTIVE)
    return Licence(**{name: value for name, value in fields.items() if name != "status"}, status=gone)


def _standing_on(licence: Licence, conditions: int, day: date) -> Standing:
    """What the register says of a licence on that day, by the rule of `Licence.held_as`."""
    held = licence.held_as(day)
    said = Standing(_SAID[held] if isinstance(held, LicenceStatus) else held)
    return Standing.LICENSED_WITH_CONDITIONS if said == Standing.LICENSED and conditions else said


def judge_history(history: LicenceHistory, *, today: date) -> None:
    """Judge the standings of a licence; each row that is at fault says so itself."""
    if not history.standings:
        history.row.fault("licence_number", _("standings.csv has no row for this licence. Add its first standing."))
        return
    for row, after in pairwise([*history.told, None]):
        assert row is not None
        _judge_days(row, after, today=today)
        if not row.faults:
            ends = after["first_day"] if after else history.until or max(today, row["first_day"]) + DAY
            _judge_standing(row, ends - DAY, history.conditions)
    last = history.standings[-1]
    if not last.faults and not history.until:
        there = len(conditions_on(history.conditions, today))
        now = _standing_on(_licence(licence_fields(history)), there, today)
        if now != last["standing"]:
            text = _(
                "The last standing is “{last}”, and licences.csv and conditions.csv say “{now}” today. Correct one."
            )
            last.fault("standing", format_lazy(text, last=last["standing"], now=now))


def _judge_days(row: TableRow, after: TableRow | None, *, today: date) -> None:
    if row["first_day"] > today:
        row.fault("first_day", _("The day is in the future. Give the day on which it began."))
    if after is not None and after["first_day"] <= row["first_day"]:
        row.fault("first_day", _("Two standings of the licence begin on the same day. Leave one out."))
    if row["term_until"] < row["term_from"]:
        row.fault("term_until", _("The last day is before the first. Correct one."))
    if row["standing"] == Standing.REVOCATION_TO_COME and row["gone_from"] is None:
        row.fault("gone_from", _("Enter the first day without the licence."))


def _judge_standing(row: TableRow, last_day: date, conditions: Sequence[TableRow]) -> None:
    """On its first and on its last day the standing must follow from its own days."""
    licence = _licence(past_fields(row))
    for day in (row["first_day"], last_day):
        said = _standing_on(licence, len(conditions_on(conditions, day)), day)
        if said != row["standing"]:
            text = _("By these days it was “{said}” on {day}. Correct the days, or add a row for what began then.")
            row.fault("standing", format_lazy(text, said=said, day=date_format(day, "Y-m-d")))
            return
