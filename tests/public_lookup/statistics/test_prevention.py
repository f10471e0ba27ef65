"""Anyone reads what followed after preventive measures, as the newest release says it, and nothing before its minute."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from registry.editions.queries import making
from registry.editions.tables import CountedThing, Dimension, Mark, ReleaseTable
from tests.conftest import NOW, SetClock
from tests.people import person, signed_in
from tests.registry.editions.world import PUBLISHED, a_table, announced, signed, words

pytestmark = pytest.mark.django_db
PAGE = "/statistics/prevention/"
MEASURES = ("with_it", "without", "rate_with", "rate_without", "difference", "low", "high", "needed")


def followed() -> ReleaseTable:
    return ReleaseTable(
        code="prevention",
        counts=CountedThing.FIRMS,
        title=words("Does it work?"),
        about=words("What followed."),
        dimensions=(
            Dimension("scheme", words("Scheme"), {"gla-food": words("Food")}),
            Dimension("measure", words("Measure"), {"visit": words("Random visit"), "letter": words("Letter")}),
            Dimension("outcome", words("What followed"), {"failure": words("Failed a visit")}),
            Dimension("months", words("Within months"), {"6": words("6"), "12": words("12")}),
        ),
        measures={one: words(one) for one in MEASURES},
        units=dict.fromkeys(MEASURES, ""),
        rows=(
            ("gla-food", "visit", "failure", "6", 40, 40, 10.0, 30.0, -20.0, -36.5, -2.0, Mark.IMPOSSIBLE),
            ("gla-food", "letter", "failure", "12", 3, 2, *[Mark.UNKNOWN] * 5, 120),
        ),
        notes=(words("Changed from 2026-11-02: We visit more."),),
    )


@pytest.fixture
def released(monkeypatch: pytest.MonkeyPatch) -> datetime:
    def tables(last_day: date) -> Iterable[ReleaseTable]:
        return [a_table(last_day), followed()]

    monkeypatch.setattr(making, "makers", lambda: [tables])
    return signed(announced()).publish_at


def test_it_is_read_from_the_announced_minute_on(client: Client, released: datetime, set_clock: SetClock) -> None:
    set_clock(released - timedelta(seconds=1))
    assert "Random visit" not in client.get(PAGE).content.decode()

    set_clock(released)
    page = client.get(PAGE).content.decode()

    assert "Random visit, Food" in page
    assert "<circle" in page
    assert "-36.5" in page
    assert "We visit more." in page
    assert "/statistics/2026-Q3-v1/prevention.csv" in page


def test_a_measure_of_which_too_little_is_known_has_no_interval_and_says_so(
    client: Client, released: datetime, set_clock: SetClock
) -> None:
    set_clock(released)
    _before, letter = client.get(PAGE).content.decode().split('id="gla-food-letter"')

    assert "We cannot tell yet." in letter
    assert "<circle" not in letter
    assert "[x]" in letter


def test_the_page_of_the_edition_leads_there_and_does_not_show_all_its_rows(
    client: Client, released: datetime, set_clock: SetClock
) -> None:
    set_clock(released)
    page = client.get("/statistics/2026-Q3/").content.decode()

    assert PAGE in page
    assert "Random visit" not in page


def test_those_who_sign_read_the_same_before(client: Client, released: datetime, set_clock: SetClock) -> None:
    preview = signed_in(person("manager")).get("/staff/editions/2026-Q3/preview/").content.decode()
    set_clock(released)
    public = client.get(PAGE).content.decode()

    def followed_in(page: str) -> str:
        return page[page.index('<section aria-labelledby="gla-food-visit">') : page.index("We visit more.")]

    assert followed_in(preview) == followed_in(public)


@pytest.mark.parametrize("language", ["", "/cy"])
def test_before_any_release_it_says_that_there_is_none(client: Client, language: str) -> None:
    assert client.get(f"{language}{PAGE}").status_code == 200
    assert PUBLISHED > NOW
