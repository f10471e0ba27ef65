"""What the columns of a list seem to hold, and what keeps a list from being looked up."""

import pytest

from public_lookup.rules import lists as rules
from public_lookup.states import Column


@pytest.mark.parametrize(
    ("rows", "columns", "has_heading"),
    [
        ([["Harvest Hands Ltd"], ["Meadow Crew"]], ["name"], False),
        ([["Labour provider", "Post code"], ["Harvest Hands", "HR1 1AA"]], ["name", "postcode"], True),
        ([["Enw cwmni", "Rhif trwydded"], ["Harvest Hands", "HARV0001"]], ["name", "number"], True),
        ([["HARV0001", "Harvest Hands"], ["MEAD0002", "Meadow Crew"]], ["number", "name"], False),
        ([["a", "b"], ["Harvest Hands", "01632 960123"], ["Meadow Crew", "07700 900123"]], ["name", "telephone"], False),
        ([["Harvest Hands", "SC123456", "a@b.example"], ["Meadow Crew", "OC301234", "c@d.example"]], ["name", "company", "email"], False),
        ([["1", "Harvest Hands", "Hereford", "www.harvest.co.uk"]], ["", "name", "", "website"], False),
        ([["Site", "Licence No."], ["North", "HARV0001"]], ["", "number"], True),
        ([["HR1 1AA", "GX"], ["HR1 1AB", "GY"]], ["postcode", "name"], False),
    ],
)  # fmt: skip
def test_columns_are_guessed_by_headings_and_by_what_they_hold(
    rows: list[list[str]], columns: list[str], has_heading: bool
) -> None:
    assert rules.guessed_columns(rows) == (columns, has_heading)


@pytest.mark.parametrize(
    ("columns", "rows", "codes"),
    [
        (["name", "postcode"], 10_000, []),
        (["postcode", ""], 1, ["nobody_named"]),
        (["name", "name"], 1, ["column_twice"]),
        (["", ""], 10_001, ["too_many_rows", "nobody_named"]),
    ],
)
def test_a_list_must_say_who_is_meant(columns: list[str], rows: int, codes: list[str]) -> None:
    assert [reason.code for reason in rules.begin_blockers(columns, rows=rows)] == codes
    assert {kind for kind in columns if kind} <= set(Column)
