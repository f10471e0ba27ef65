"""What the columns of a list seem to hold, and what keeps a list from being looked up."""

import pytest

from public_lookup.bulk_checks import rules
from public_lookup.bulk_checks.states import UploadedColumn


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
    ("rows", "columns", "has_heading"),
    [
        # One heading that is known is enough; the others are read by what is below them.
        ([["Labour provider", "Where"], ["Harvest Hands", "HR1 1AA"]], ["name", "postcode"], True),
        # A heading and nothing below it is a list of one row.
        ([["Name", "Postcode"]], ["name", "postcode"], False),
        # Where nothing says who is meant, the longest texts do.
        ([["#1", "#12#45"], ["#2", "#12#46"]], ["", "name"], False),
        ([["#12#45", "#1"], ["#12#46", "#2"]], ["name", ""], False),
    ],
)
def test_what_no_heading_names_is_read_by_what_it_holds(
    rows: list[list[str]], columns: list[str], has_heading: bool
) -> None:
    assert rules.guessed_columns(rows) == (columns, has_heading)


def kind_of(*cells: str) -> str:
    """What the second column of a list seems to hold, of which the first are licence numbers."""
    (_number, kind), _has_heading = rules.guessed_columns([["HARV0001", cell] for cell in cells])
    return kind


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["HR1 1AA"] * 4 + ["1"], "postcode"),
        (["HR1 1AA"] * 3 + ["1"] * 2, ""),  # six in ten are not enough
        (["HR1 1AA"] * 4 + [""] * 9, "postcode"),
        (["HR1 1AA"] * 120 + ["1"] * 80, ""),
        (["HR1 1AA"] * 120 + ["1"] * 80 + ["HR1 1AA"] * 9, ""),  # two hundred are looked at
        (["https://harvest.example"], "website"),
        (["harvest.example"], "name"),
        (["12345"], ""),
        (["123456"], "company"),
        (["abcd"], "name"),
        (["abc"], ""),
        (["a1b2"], ""),
        (["ab-12"], ""),
        (["12-34"], ""),
    ],
)
def test_what_most_cells_can_be_read_as_is_what_a_column_holds(cells: list[str], kind: str) -> None:
    assert kind_of(*cells) == kind


def test_where_another_heading_says_who_is_meant_no_other_text_is_a_name() -> None:
    rows = [["Licence number", "Remark"], ["HARV0001", "Paid in full"]]

    assert rules.guessed_columns(rows) == (["number", ""], True)


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
    assert {kind for kind in columns if kind} <= set(UploadedColumn)
