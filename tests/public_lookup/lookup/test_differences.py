"""A name that is nearly the one that was typed: what differs is marked, so that it is not taken for it."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from public_lookup.lookup.queries import findings
from public_lookup.lookup.rules.differences import compared
from registry import search as index
from tests.conftest import NOW
from tests.public_lookup.stories import a_holder

LATER = NOW + timedelta(days=3)


def marked(typed: str, name: str) -> str:
    return "".join(f"[{text}]" if differs else text for text, differs in compared(typed, name))


#: What is typed, and which letters of "Nathwani Picking Teams Ltd" are marked; the phone marks the same.
NAME = "Nathwani Picking Teams Ltd"
MARKED = [
    ("Nathwani Picking Teams LLP", "Nathwani Picking Teams [Ltd]"),
    ("Natwani Picking Teams Ltd", "Nat[h]wani Picking Teams Ltd"),
    ("Nathuwani Picking Teams Ltd", "Nat[hw]ani Picking Teams Ltd"),
    ("Nathwani Packing Teams Ltd", "Nathwani P[i]cking Teams Ltd"),
    ("NATHWÁNI picking teems ltd", "Nathwani Picking Te[a]ms Ltd"),
]
UNMARKED = ["nathwani picking teams ltd", "Quite another business", "Натвани Пикинг Тимс", ""]


@pytest.mark.parametrize(("typed", "shown"), MARKED)
def test_letters_that_differ_are_marked(typed: str, shown: str) -> None:
    assert marked(typed, NAME) == shown


@pytest.mark.parametrize("typed", UNMARKED)
def test_nothing_is_marked_where_all_is_alike_or_hardly_anything(typed: str) -> None:
    assert compared(typed, NAME) == ()


@given(st.text(max_size=60), st.text(max_size=60))
def test_the_pieces_are_the_name(typed: str, name: str) -> None:
    pieces = compared(typed, name)

    assert "".join(text for text, _differs in pieces) in ("", name)
    assert all(text for text, _differs in pieces)


@pytest.mark.django_db
def test_a_page_marks_what_differs_and_says_so(client: Client) -> None:
    a_holder("Nathwani Picking Teams Ltd")

    page = client.get("/check/", {"q": "Nathwani Picking Teams LLP"}).content.decode()

    assert re.search(r">Nathwani Picking Teams <mark[^>]*>Ltd</mark></bdi>", page)
    assert "What differs is marked." in page


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["Nathwani Picking Teams Ltd", "Nathwani"])
def test_an_answer_and_the_beginning_of_a_name_mark_nothing(client: Client, typed: str) -> None:
    a_holder("Nathwani Picking Teams Ltd")

    page = client.get("/check/", {"q": typed}).content.decode()

    assert "Nathwani Picking Teams Ltd</" in page
    assert "<mark" not in page
    assert "What differs is marked." not in page


@pytest.mark.django_db
def test_a_name_with_signs_of_its_own_is_written_as_it_is(client: Client) -> None:
    a_holder("Nathwani <b> Picking & Teams Ltd")

    page = client.get("/check/", {"q": "Nathwani b Picking Teams LLP"}).content.decode()

    assert "&lt;" in page
    assert "<b>" not in page


@pytest.mark.django_db
def test_five_names_that_may_be_meant_are_shown_and_the_others_on_further_pages(client: Client) -> None:
    for nth in range(12):
        a_holder(f"Nathwani {'ABCDEFGHIJKL'[nth]}rable Teams Ltd")

    page = client.get("/check/", {"q": "Nathwani"}).content.decode()

    shown = [page]
    for nth in (2, 3):
        assert f"/check/?q=Nathwani&amp;page={nth}" in shown[-1]
        shown.append(client.get("/check/", {"q": "Nathwani", "page": str(nth)}).content.decode())
    names = [re.findall(r"<bdi>(Nathwani .rable Teams Ltd)</bdi>", text) for text in shown]
    assert list(map(len, names)) == [5, 5, 2]
    assert len({name for some in names for name in some}) == 12
    assert "page=4" not in shown[-1]


@pytest.mark.django_db
def test_the_one_that_is_called_so_comes_before_one_that_trades_so() -> None:
    a_holder("Zuch Crews Ltd", trading_names=["Nathwani Picking Teams"])
    a_holder("Nathwani Picking Teams Ltd")

    rows = findings.search({"q": "Nathwani Picking Teams LLP"}, at=LATER).found().rows

    assert [row.entry.name for row in rows] == ["Nathwani Picking Teams Ltd", "Zuch Crews Ltd"]
    assert index.find("Nathwani Picking Teams LLP", "public")[0].kind == "legal"
