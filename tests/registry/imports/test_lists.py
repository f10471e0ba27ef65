"""Lists of any length: every row is met once, both ways; counting stops; an address that was made up leads nowhere else."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.core import signing
from django.db.models import Q

from registry import filtersets as base
from registry.accounts.models import User
from registry.filtersets import ListPage
from registry.organisations import queries as organisation_queries
from registry.organisations.filters import OrganisationFilter
from registry.organisations.models import Organisation
from registry.pagination import ListSection, Walk, in_order, turned
from tests.conftest import NOW
from tests.people import person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Short pages, and counting that stops early."""
    monkeypatch.setattr(base, "SIZE", 3)
    monkeypatch.setattr(base, "COUNTED", 6)


@pytest.fixture
def officer() -> User:
    return person("case_officer")


def firms(*names: str) -> None:
    Organisation.objects.bulk_create(Organisation(legal_name=name, created_at=NOW) for name in names)


def page(by: User, asked: str = "", **typed: str) -> ListPage[Organisation]:
    return organisation_queries.organisations(typed, by=by).page(asked)


def names(shown: ListPage[Organisation]) -> str:
    return "".join(row.legal_name for row in shown.rows)


def downwards(by: User, **typed: str) -> Iterator[ListPage[Organisation]]:
    shown = page(by, **typed)
    yield shown
    while shown.following:
        assert shown.rows
        shown = page(by, shown.following, **typed)
        yield shown


def upwards(by: User, shown: ListPage[Organisation]) -> Iterator[ListPage[Organisation]]:
    while shown.previous:
        shown = page(by, shown.previous)
        yield shown


@pytest.mark.parametrize("many", [0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 12, 13, 20])
def test_every_row_is_met_once_going_down_and_once_going_up(officer: User, many: int) -> None:
    every = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[:many]
    firms(*reversed(every))

    pages = list(downwards(officer))

    assert "".join(map(names, pages)) == every
    assert "".join(map(names, reversed([*upwards(officer, pages[-1])]))) + names(pages[-1]) == every
    assert all(len(shown.rows) == 3 for shown in pages[:-1])


def test_names_that_are_the_same_are_neither_lost_nor_doubled(officer: User) -> None:
    firms(*"AABBBBBBBBBBCC")

    shown = [row.pk for one in downwards(officer) for row in one.rows]

    assert len(shown) == len(set(shown)) == 14


def test_counting_stops_and_says_so(officer: User) -> None:
    firms(*"ABCDEF")
    assert (page(officer).how_many, page(officer).numbered) == ("6", 2)

    firms("G")
    assert (page(officer).how_many, page(officer).numbered) == ("More than 6", 2)


def test_pages_have_numbers_as_far_as_was_counted_and_follow_each_other_after_that(officer: User) -> None:
    firms(*"ABCDEFGHIJK")

    shown = list(downwards(officer))

    assert [one.number for one in shown] == [1, 2, None, None]
    assert names(shown[3]) == "JK"
    assert names(page(officer, "2")) == names(page(officer, "9999")) == "DEF"
    assert names(page(officer, "999999999999999999999")) == "ABC"


@pytest.mark.parametrize(
    "asked",
    ["x", "-1", "0", "1.5", "a:b:c", "é" * 300, signing.dumps(["", False, 0, ["A", 1]])],
    # A signature holds the instant: no name of a test may.
    ids=["text", "negative", "zero", "fraction", "forged", "long", "signed elsewhere"],
)
def test_what_is_no_page_shows_the_first(officer: User, asked: str) -> None:
    firms(*"ABCDEFGHIJ")

    assert names(page(officer, asked)) == "ABC"


@pytest.mark.parametrize(
    "said",
    [
        ["-name", False, 0, ["C", 1]],  # of another order
        ["", False, 5, ["C", 1]],  # no such shelf
        ["", False, 0, ["C"]],  # a column is missing
        ["", False, 0, ["C", "x"]],  # no key
        ["", False, "0", ["C", 1]],
        ["", False],
        7,
    ],
)
def test_a_cursor_that_fits_no_more_shows_the_first_page(officer: User, said: object) -> None:
    firms(*"ABCDEFGHIJ")

    assert names(page(officer, signing.dumps(said, salt="registry.filters.cursor"))) == "ABC"


def test_a_cursor_keeps_its_place_when_its_row_has_gone_elsewhere(officer: User) -> None:
    firms(*"ABCDEFGHIJKLM")
    *_before, third = list(downwards(officer))[:3]
    Organisation.objects.filter(legal_name="I").update(legal_name="Z")

    assert names(page(officer, third.following)) == "JKL"


def test_a_cursor_shows_nothing_that_its_reader_may_not_see() -> None:
    firms(*"ABCDEFGHIJKLM")
    far = list(downwards(person("case_officer")))[-1].previous

    assert page(person("applicant"), far).rows == []


def test_shelves_come_one_after_the_other_and_from_the_end_the_other_way_round() -> None:
    firms(*"ABCDEF")
    vowels = Q(legal_name__in=["A", "E"])
    order = (ListSection(("legal_name", "pk"), vowels), ListSection(("-legal_name", "-pk"), ~vowels))

    def walked(walk: Walk[Organisation], size: int) -> str:
        found = places = walk.stretch(0, size)
        while places:
            places = walk.after(places[-1], size)
            found = [*found, *places]
        return "".join(place.values[0] for place in found)

    for size in (1, 2, 3, 4, 6, 7):
        assert walked(Walk(Organisation.objects.all(), order), size) == "AEFDCB"
        assert walked(Walk(Organisation.objects.all(), turned(order)), size) == "BCDFEA"
    for start in range(7):
        numbered = Walk(Organisation.objects.all(), order).stretch(start, 2)
        assert "".join(place.values[0] for place in numbered) == "AEFDCB"[start : start + 2]


def test_an_order_that_is_none_is_the_usual_one() -> None:
    firms("B", "A")

    for sort in ("nothing", "-", "--name", "-"):
        found = OrganisationFilter({"sort": sort}, queryset=Organisation.objects.all())
        assert (found.sort, found.order_of(found.found())) == ("", in_order("legal_name", "pk"))


def test_what_is_counted_is_shown_although_rows_go_meanwhile() -> None:
    shown: ListPage[Organisation] = ListPage([], 8, 1)

    assert replace(shown, count=1_234, rows=[]).how_many == "More than 6"
