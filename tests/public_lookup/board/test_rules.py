"""Which days were licensed, and how a spreadsheet is read: plain values in, answers out."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from public_lookup.board.queries.standings import licensed_by_listing
from public_lookup.board.rules.days import ShownDates, licensed_days, without
from public_lookup.board.rules.rows import read_day, read_rows
from public_lookup.lookup.queries.instants import end_of
from registry.register.models import Entry, Listing
from tests.conftest import NOW
from tests.public_lookup.stories import one_of_each_standing
from tests.registry.stories import day

HEADINGS = ["Site", "Provider", "Licence number", "Workers", "From", "Until", "Sub-supplier of"]


def entry(first: date, last: date | None = None, **dates: date) -> ShownDates:
    names = (
        "valid_from",
        "valid_until",
        "suspended_from",
        "suspended_until",
        "revoked_from",
        "surrendered_from",
        "ended_from",
    )
    return ShownDates(first, last, *(dates.get(name) for name in names))


@pytest.mark.django_db
def test_the_days_licensed_are_those_that_the_register_says_for_every_standing() -> None:
    """The one definition of a standing is the register's: on each day around each change both say the same."""
    one_of_each_standing()
    licensed = licensed_by_listing(list(Listing.objects.values_list("pk", flat=True)))
    later = NOW + timedelta(days=800)
    for after in (0, 1, 8, 9, 10, 29, 30, 31, 364, 365, 366, 730):
        on = day(after)
        at = end_of(on, now=later)
        for shown in Entry.objects.shown_at(at).standing_on(timezone.localdate(at)):
            said = any(start <= on <= end for start, end in licensed[shown.listing_id])
            assert said == shown.is_licensed, (shown.name, on)


def test_days_without_a_licence_are_found_between_two_terms() -> None:
    first = entry(date(2026, 1, 1), date(2026, 3, 9), valid_from=date(2025, 3, 1), valid_until=date(2026, 2, 28))
    second = entry(
        date(2026, 3, 10), valid_from=date(2026, 3, 12), valid_until=date(2027, 3, 11), suspended_from=date(2026, 5, 1)
    )

    found = without([(date(2025, 6, 1), date(2026, 5, 2))], licensed_days([first, second]))

    assert found == [(date(2026, 3, 1), date(2026, 3, 11)), (date(2026, 5, 1), date(2026, 5, 2))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2026-03-27", date(2026, 3, 27)),
        ("2026-03-27 00:00:00", date(2026, 3, 27)),
        ("27/03/2026", date(2026, 3, 27)),
        ("7.3.2026", date(2026, 3, 7)),
        ("30/02/2026", None),
        ("03/27/2026", None),
        ("soon", None),
    ],
)
def test_days_are_read_as_spreadsheets_write_them(text: str, found: date | None) -> None:
    assert read_day(text) == found


def test_a_spreadsheet_is_read_whole() -> None:
    read = read_rows(
        [
            HEADINGS,
            ["Packhouse", "Hands Ltd", "", "12", "1/10/2026", "", ""],
            ["Packhouse", "Small Ltd", "", "", "", "", "hands ltd"],
        ],
        today=day(0),
    )

    assert not read.reasons
    first, second = read.lines
    assert (first.site, first.name, first.workers, first.starts) == ("Packhouse", "Hands Ltd", 12, date(2026, 10, 1))
    assert (second.of, second.starts) == ("hands ltd", day(0))


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (["", "Hands Ltd", "", "", "", "", ""], "Row 2: Enter the name of the site"),
        (["Packhouse", "", "", "", "", "", ""], "Row 2: Enter the name or the licence number"),
        (["Packhouse", "Hands Ltd", "", "a few", "", "", ""], "Row 2: The number of workers must be a whole number"),
        (
            ["Packhouse", "Hands Ltd", "", "", "9999-01-01", "", ""],
            "Row 2: “9999-01-01” is not a date that we can read",
        ),
        (
            ["Packhouse", "Hands Ltd", "", "", "2026-10-02", "2026-10-01", ""],
            "Row 2: The last day must be the first day",
        ),
        (["Packhouse", "Hands Ltd", "", "", "", "", "Nobody"], "Row 2: No row names “Nobody” as a provider"),
    ],
)
def test_each_faulty_row_is_named(row: list[str], said: str) -> None:
    assert str(read_rows([HEADINGS, row], today=day(0)).reasons[0].text).startswith(said)


def test_the_same_provider_twice_and_headings_that_are_missing_are_said() -> None:
    row = ["Packhouse", "Hands Ltd", "", "", "2026-10-01", "", ""]

    assert "Row 3" in str(read_rows([HEADINGS, row, row], today=day(0)).reasons[0].text)
    assert read_rows([["Packhouse", "Hands Ltd"]], today=day(0)).reasons[0].code == "no_headings"
