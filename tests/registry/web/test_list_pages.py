"""A list as a page with its views, and as a file that a spreadsheet opens safely."""

import csv
import io
from datetime import UTC, datetime
from typing import Any

import pytest
from django.http import HttpResponse, QueryDict, StreamingHttpResponse
from django.test import RequestFactory
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from registry.accounts.models import User
from registry.filtersets import CsvColumn
from registry.organisations import queries as organisation_queries
from registry.web import lists
from registry.worklists.models import SavedView
from tests.conftest import NOW
from tests.people import person, signed_in
from tests.registry.stories import an_organisation

pytestmark = pytest.mark.django_db

LIST = "organisations"


@pytest.fixture
def officer() -> User:
    return person("case_officer")


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """The facts of a page without its template."""

    def render(_request: object, _template: str, facts: dict[str, Any], *, status: int) -> HttpResponse:
        response = HttpResponse(status=status)
        response.facts = facts  # type: ignore[attr-defined]
        return response

    monkeypatch.setattr(lists, "render", render)


def page(by: User, query: str = "", **given: Any) -> Any:
    request: Any = RequestFactory().get(f"/staff/organisations/?{query}")
    request.user = by
    return lists.list_page(
        request, "", organisation_queries.organisations(request.GET, by=by), **{"of_list": LIST, **given}
    )


def views(by: User, query: str = "", **given: Any) -> lists.Views:
    found: lists.Views = page(by, query, **given).facts["views"]
    return found


def keeps_view(by: User, query: str, name: str) -> None:
    sent = signed_in(by).post(f"/staff/views/keep/{LIST}/?{query}", {"name": name})
    assert sent.status_code == 302 and SavedView.objects.filter(name=name).exists()


def test_a_page_says_whether_its_question_could_be_read(officer: User) -> None:
    assert page(officer).status_code == 200
    assert page(officer, f"q={'x' * 5000}").status_code == 422
    assert page(officer, is_wrong=True).status_code == 422


def test_a_list_without_a_name_offers_no_views(officer: User) -> None:
    assert views(officer, "q=harvest", of_list="") == lists.Views()


def test_what_is_chosen_can_be_kept_and_taken_away(officer: User) -> None:
    assert (views(officer).save, views(officer).csv.partition("?")[2]) == ("", "")

    found = views(officer, "q=harvest&page=2&sort=")
    assert found.save.endswith(f"/keep/{LIST}/?q=harvest")
    assert found.csv.endswith("list.csv?q=harvest")
    assert views(person("quality_reviewer"), "q=harvest").csv == ""


def test_a_view_that_is_open_is_marked_and_not_kept_twice(officer: User) -> None:
    keeps_view(officer, "q=harvest&sort=-name", "Harvest")
    keeps_view(officer, "q=meadow", "Meadow")

    found = views(officer, "sort=-name&q=harvest&page=3", offered=[("All", "")])

    assert [(str(one.title), one.is_here) for one in found.offered] == [
        ("All", False),
        ("Harvest", True),
        ("Meadow", False),
    ]
    assert found.save == ""
    assert found.offered[2].href.endswith("?q=meadow")
    assert views(officer, "q=orchard").save.endswith("?q=orchard")
    assert views(person("case_officer"), "q=meadow").offered == ()


def test_an_address_keeps_filters_and_order_and_not_the_page() -> None:
    assert lists.query_to_keep(QueryDict("q=a&q=&page=3&town=&q=b&sort=name")) == "q=a&q=b&sort=name"


# --- as a file


COLUMNS: list[CsvColumn[Any]] = [CsvColumn(_("Name"), lambda row: row.legal_name)]


def taken(by: User, query: str = "") -> tuple[Any, list[dict[str, Any]]]:
    notes: list[dict[str, Any]] = []
    request: Any = RequestFactory().post(f"/staff/organisations/list.csv?{query}")
    request.user = by
    found = organisation_queries.organisations(request.GET, by=by)
    answer = lists.list_file(
        request, LIST, found, COLUMNS, note=lambda name, **facts: notes.append({"of": name, **facts})
    )
    return answer, notes


def rows_of(answer: Any) -> list[list[str]]:
    assert isinstance(answer, StreamingHttpResponse)
    text = b"".join(answer).decode()
    assert text.startswith(lists.BYTE_ORDER_MARK)
    return list(csv.reader(io.StringIO(text[1:])))


def test_a_file_holds_every_row_and_it_is_written_down_who_took_it(officer: User) -> None:
    for number in range(30):
        an_organisation(f"Harvest {number:02}")

    answer, (note,) = taken(officer, "q=harvest")

    assert rows_of(answer) == [["Name"], *([f"Harvest {number:02}"] for number in range(30))]
    assert answer.headers["Content-Disposition"] == 'attachment; filename="organisations-2026-11-02.csv"'
    assert (note["of"], note["rows"], note["by"], note["at"]) == (LIST, 30, officer, NOW)


def test_a_question_that_cannot_be_read_gives_no_file(officer: User) -> None:
    answer, notes = taken(officer, f"q={'x' * 5000}&page=2")

    assert (answer.status_code, notes) == (302, [])
    assert answer.headers["Location"].endswith("x") and "page=" not in answer.headers["Location"]


def test_some_hundred_lines_are_sent_at_a_time_in_the_language_of_the_page() -> None:
    with translation.override("cy"):
        answer = lists.table_file("n", ["a"], ([True] for _row in range(1100)), on=NOW.date())

    parts = [part.decode() for part in answer]

    assert [part.count("\r\n") for part in parts] == [500, 500, 101]
    with translation.override("cy"):
        yes = translation.gettext("Yes")
    assert yes != "Yes" and set("".join(parts).split("\r\n")[1:-1]) == {yes}


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (True, "Yes"),
        (False, "No"),
        (None, ""),
        (0, "0"),
        (datetime(2026, 7, 1, 9, 5, 59, tzinfo=UTC), "2026-07-01 10:05"),
        (NOW.date(), "2026-11-02"),
        ("Harvest = Sons", "Harvest = Sons"),
        ("=1+1", "'=1+1"),
        ("  -1", "'  -1"),
        ("＝1", "'＝1"),
    ],
)
def test_a_cell_is_read_as_it_is_meant(value: object, cell: str) -> None:
    assert rows_of(lists.table_file("n", ["Heading"], [[value, "after"]], on=NOW.date())) == [
        ["Heading"],
        [cell, "after"],
    ]
