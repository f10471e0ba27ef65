"""Any table: over up to three variables and time, at once, as a page and as CSV."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from registry.disclosure.actions import freeze_counts
from registry.disclosure.rules.cells import CountsToFreeze
from registry.disclosure.rules.noise import BOUND
from registry.editions.tables import CountedThing
from tests.conftest import NOW, SetClock
from tests.registry.editions.world import PUBLISHED, announced, counted, signed

pytestmark = pytest.mark.django_db
ADDRESS = reverse("own_table")
VARIABLES = [
    {
        "code": "gender",
        "title": {"en": "Gender", "cy": "Rhywedd"},
        "values": {"female": {"en": "Female", "cy": "Benyw"}, "male": {"en": "Male", "cy": "Gwryw"}},
    },
    {
        "code": "age",
        "title": {"en": "Age group", "cy": "Grŵp oedran"},
        "values": {
            "child": {"en": "Under 18", "cy": "O dan 18"},
            "adult": {"en": "18 or over", "cy": "18 neu drosodd"},
        },
    },
]
NUMBERS: dict[tuple[str, ...], int] = {("female", "adult"): 200, ("male", "adult"): 150, ("male", "child"): 3}


@pytest.fixture(autouse=True)
def frozen(set_clock: SetClock) -> None:
    set_clock(NOW)
    for quarter in range(2025 * 4, 2026 * 4 + 2):
        freeze(CountedThing.PEOPLE, quarter, smallest=10)
        freeze(CountedThing.VISITS, quarter, smallest=0)


def freeze(subject: CountedThing, quarter: int, *, smallest: int) -> None:
    title = {"en": "Food", "cy": "Bwyd"}
    counts = CountsToFreeze(subject, "food", title, quarter, VARIABLES, NUMBERS, smallest, prints_zero=False)
    freeze_counts(counts, by=None, at=NOW - timedelta(days=1))


def read(query: str = "", address: str = ADDRESS) -> str:
    answer = Client().get(address + query)
    assert answer.status_code == 200
    return b"".join(answer).decode()


def test_a_table_over_two_variables_and_time_is_made_at_once() -> None:
    page = read("?about=visits-food&first=gender&second=age&time=quarter")

    assert "Visits: Food" in page and "Quarter 1 of 2025" in page and "Quarter 2 of 2026" in page
    assert page.count(">200</td>") == 6 and page.count(">3</td>") == 6
    assert "Every number is exact" in page and "<script" not in page.split("<main")[1].split("</main")[0]


def test_numbers_of_people_are_changed_a_little_and_small_ones_are_left_out() -> None:
    page = read("?about=people-food&first=gender&second=age&time=quarter")

    assert ">3</td>" not in page.split("The noise table")[0] and "[c]" in page
    assert f"at most {BOUND}" in page and "The noise table" in page


def test_the_file_has_the_same_numbers_as_the_page() -> None:
    query = "?about=people-food&first=gender&time=quarter"
    text = read(query, reverse("own_table_csv"))
    heading, *rows = text.removeprefix("\ufeff").split()

    page = read(query)
    women = next(row for row in text.splitlines() if row.startswith("Female")).split(",")[1:]
    assert all(f">{number}</td>" in page for number in women) and len(women) == 6
    assert heading.startswith("Gender,") and rows


def test_a_year_is_called_so_only_if_it_is_whole() -> None:
    page = read("?about=visits-food&time=year")

    assert ">2025</th>" in page and "Quarter 1 of 2026 to Quarter 2 of 2026" in page
    assert ">1412</td>" in page and ">All</th>" in page
    assert "Quarter 1 of 2025 to Quarter 2 of 2026" in read("?about=visits-food&time=all")


def test_what_is_frozen_is_read_once_and_not_for_each_table() -> None:
    read("?about=people-food&first=gender&time=quarter")

    with CaptureQueriesContext(connection) as asked:
        read("?about=people-food&first=age&time=year")

    assert not [one["sql"] for one in asked.captured_queries if '"cells"' in one["sql"]]
    assert len(asked.captured_queries) <= 4


def test_it_is_in_welsh_too() -> None:
    page = read("?about=visits-food&first=gender", f"/cy{ADDRESS}")

    assert "Bwyd" in page and "Benyw" in page and "Make a table" not in page


def test_a_variable_twice_is_refused_and_nothing_is_shown_of_what_is_unknown() -> None:
    twice = Client().get(f"{ADDRESS}?about=visits-food&first=age&second=age")

    assert twice.status_code == 422 and "Choose each variable once." in twice.content.decode()
    assert Client().get(f"{ADDRESS}?about=visits-food&first=nothing").status_code == 422
    wrong = "?about=visits-food&first=nothing"
    assert Client().get(reverse("own_table_csv") + wrong).headers["Location"] == ADDRESS + wrong
    assert "People referred or notified: Food" in read("?about=no-such")


def test_no_quarter_is_shown_before_the_minute_of_its_edition(
    set_clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Visits are exact here, so that this would be a way around the announced date."""
    counted(monkeypatch)
    edition = announced(code="2026-Q2")
    page = read("?about=visits-food&time=quarter")
    assert "Quarter 1 of 2026" in page and "Quarter 2 of 2026" not in page
    assert "2026 quarter 2" not in read("?about=visits-food&time=quarter", reverse("own_table_csv")).lower()

    signed(edition)
    set_clock(PUBLISHED)

    assert "Quarter 2 of 2026" in read("?about=visits-food&time=quarter")
