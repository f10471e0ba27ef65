"""The standing of an entry on a day, against a second implementation written from the words of docs/rules.md alone."""

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from registry.register.actions import publishing as register
from registry.register.models import Entry, Listing
from registry.register.states import OUTCOMES, Outcome, Standing
from tests.registry.stories import SCHEME, an_organisation

ONE_DAY = timedelta(days=1)
EARLIER = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Dates:
    """What an entry says, as far as its standing depends on it."""

    valid_from: date | None = None
    valid_until: date | None = None
    suspended_from: date | None = None
    suspended_until: date | None = None
    revoked_from: date | None = None
    appealed_from: date | None = None
    surrendered_from: date | None = None
    ended_from: date | None = None
    refused_from: date | None = None
    condition_count: int = 0


def standing(said: Dates, day: date) -> str:
    """docs/rules.md, *Fixed meanings*, sentence by sentence; none of the words of the SQL."""
    # "Before valid_from: applied." An applicant has no such day; a refused one says so from its day.
    if said.valid_from is None:
        return "refused" if has_come(said.refused_from, day) else "applied"
    if day < said.valid_from:
        return "applied"
    # "The earliest of revoked_from, surrendered_from, ended_from and the day after valid_until wins for good."
    first_without, _rank, name = min(ends(said))
    if first_without <= day:
        return name
    # "Before that day, in this order: suspended, revocation to come, conditions, licensed."
    if has_come(said.suspended_from, day) and day <= (said.suspended_until or date.max):
        return "suspended"
    if said.revoked_from is not None or said.appealed_from is not None:
        return "revocation_to_come"
    return "licensed_with_conditions" if said.condition_count else "licensed"


def has_come(first: date | None, day: date) -> bool:
    return first is not None and first <= day


def ends(said: Dates) -> Iterator[tuple[date, int, str]]:
    """The first days without a licence. On the same day: what ran its term expired; then the authority's act comes
    before the holder's, and that before the change of a number."""
    assert said.valid_until is not None
    yield said.valid_until + ONE_DAY, 1, "expired"
    firsts = [(said.revoked_from, "revoked"), (said.surrendered_from, "surrendered"), (said.ended_from, "expired")]
    yield from ((first, rank, name) for rank, (first, name) in enumerate(firsts, start=2) if first is not None)


def shown(listing: Listing, everything: Iterable[Dates]) -> list[Entry]:
    """Real rows; closed at once, as only one entry of a listing may stand open."""
    return Entry.objects.bulk_create(
        (
            Entry(
                entry_number=number,
                listing=listing,
                scheme=SCHEME,
                number="TEST0001",
                name="Test",
                issued_by="Test",
                shown_from=EARLIER,
                shown_until=EARLIER,
                content_hash="",
                hash="",
                **asdict(said),
            )
            for number, said in enumerate(everything, start=1)
        ),
        batch_size=1000,
    )


def disagreements(everything: list[Dates], days: Iterable[date]) -> Iterator[tuple[Dates, date, str]]:
    shown(register.listing_of(an_organisation(), SCHEME), everything)
    for day in days:
        entries = Entry.objects.standing_on(day).order_by("entry_number")
        told = entries.values_list("standing", flat=True)  # type: ignore[misc]
        yield from ((said, day, got) for said, got in zip(everything, told, strict=True) if got != standing(said, day))


EDGES = [
    pytest.param(date(2026, 11, 2), id="an ordinary day"),
    pytest.param(date(2028, 2, 29), id="leap day"),
    pytest.param(date(2028, 2, 28), id="the eve of a leap day"),
    pytest.param(date(2027, 3, 28), id="clocks go forward"),
    pytest.param(date(2027, 10, 31), id="clocks go back"),
    pytest.param(date(2026, 12, 31), id="the last day of a year"),
]


@pytest.mark.django_db
@pytest.mark.parametrize("day", EDGES[:1])
def test_standing_agrees_wherever_every_date_falls_yesterday_today_or_tomorrow(day: date) -> None:
    near: list[date | None] = [None, day - ONE_DAY, day, day + ONE_DAY]
    everything = [
        Dates(start, until, suspended, lifted, revoked, None, surrendered, ended, None, conditions)
        for start, until, suspended, lifted, revoked, surrendered, ended, conditions in itertools.product(
            near[1:], near[1:], near, near, near, near, near, (0, 2)
        )
        if start is not None and until is not None and start <= until and not (lifted and not suspended)
    ]

    assert len(everything) > 9_000
    assert list(disagreements(everything, [day])) == []


@pytest.mark.django_db
@pytest.mark.parametrize("day", EDGES)
def test_standing_agrees_on_the_days_where_one_day_off_would_show(day: date) -> None:
    eve, morrow = day - ONE_DAY, day + ONE_DAY
    everything = [
        Dates(
            eve,
            last,
            suspended_from=suspended,
            suspended_until=lifted,
            revoked_from=revoked,
            condition_count=conditions,
        )
        for last, suspended, lifted, revoked, conditions in itertools.product(
            (eve, day, morrow), (None, day, morrow), (None, day, morrow), (None, eve, day, morrow), (0, 1)
        )
    ] + [Dates(refused_from=refused) for refused in (None, eve, day, morrow)]

    assert list(disagreements(everything, (eve, day, morrow))) == []


def test_every_standing_can_be_reached_by_the_second_implementation() -> None:
    day = date(2026, 11, 2)
    year = Dates(valid_from=day - 9 * ONE_DAY, valid_until=day + 300 * ONE_DAY)
    said = {
        Standing.LICENSED: year,
        Standing.LICENSED_WITH_CONDITIONS: Dates(**{**asdict(year), "condition_count": 1}),
        Standing.REVOCATION_TO_COME: Dates(**{**asdict(year), "revoked_from": day + ONE_DAY}),
        Standing.SUSPENDED: Dates(**{**asdict(year), "suspended_from": day}),
        Standing.REVOKED: Dates(**{**asdict(year), "revoked_from": day}),
        Standing.EXPIRED: Dates(valid_from=day - 9 * ONE_DAY, valid_until=day - ONE_DAY),
        Standing.SURRENDERED: Dates(**{**asdict(year), "surrendered_from": day}),
        Standing.REFUSED: Dates(refused_from=day),
        Standing.APPLIED: Dates(),
    }

    assert {name: standing(dates, day) for name, dates in said.items()} == {name: name.value for name in Standing}


def test_every_standing_has_one_outcome_and_only_three_are_licensed() -> None:
    assert set(OUTCOMES) == set(Standing)
    licensed = {
        name
        for name, outcome in OUTCOMES.items()
        if outcome in (Outcome.LICENSED, Outcome.LICENSED_WITH_CONDITIONS, Outcome.LOSING_LICENCE)
    }
    assert licensed == {Standing.LICENSED, Standing.LICENSED_WITH_CONDITIONS, Standing.REVOCATION_TO_COME}


class TestAnyDates(TestCase):
    """Dates from anywhere in four years, ever so often the same ones."""

    DAY = st.integers(0, 1500).map(lambda days: date(2026, 1, 1) + timedelta(days=days))
    ENTRY = st.builds(
        Dates,
        valid_from=st.none() | DAY,
        valid_until=DAY,
        suspended_from=st.none() | DAY,
        suspended_until=st.none() | DAY,
        revoked_from=st.none() | DAY,
        appealed_from=st.none() | DAY,
        surrendered_from=st.none() | DAY,
        ended_from=st.none() | DAY,
        refused_from=st.none() | DAY,
        condition_count=st.integers(0, 2),
    )
    LEAP = date(2028, 2, 29)

    @settings(max_examples=60, deadline=None)
    @given(st.lists(ENTRY, min_size=20, max_size=40), st.lists(DAY, min_size=4, max_size=4))
    @example(
        [Dates(LEAP, LEAP), Dates(LEAP, LEAP, revoked_from=LEAP + ONE_DAY)], [LEAP, LEAP - ONE_DAY, LEAP + ONE_DAY]
    )
    def test_standing_agrees(self, everything: list[Dates], days: list[date]) -> None:
        edges = [day for said in everything[:5] for day in (said.valid_until, said.revoked_from) if day]

        assert list(disagreements(everything, [*days, *edges, *(edge + ONE_DAY for edge in edges)])) == []


def test_an_entry_says_when_it_was_taken_over_and_whether_we_published_it() -> None:
    taken_over = {"from": "The authority before", "on": "2026-04-07"}

    assert (Entry().taken_over_on, Entry().published_by_us) == (None, True)
    assert Entry(taken_over={**taken_over, "past": False}).taken_over_on == date(2026, 4, 7)
    assert Entry(taken_over={**taken_over, "past": False}).published_by_us
    assert not Entry(taken_over={**taken_over, "past": True}).published_by_us
