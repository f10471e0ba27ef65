"""The pages of a list: open to everybody, without a trace; a near match is never worded as a yes."""

import csv
import io
import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from public_lookup.bulk_checks import views
from public_lookup.bulk_checks.models import CheckList
from registry import table_reader as files
from registry.search import finding
from registry.table_reader import forms as table_forms
from registry.web import limits
from tests.conftest import NOW, SetClock
from tests.public_lookup.stories import a_holder
from tests.registry.table_reader.workbooks import workbook

pytestmark = pytest.mark.django_db

YES = re.compile(r"app-outcome--yes|Exact")


@pytest.fixture(autouse=True)
def no_limit_left_over() -> None:
    limits.counts.clear()


def give(client: Client, text: str = "", file: bytes | None = None) -> Any:
    told: dict[str, object] = {"text": text}
    if file is not None:
        told["file"] = SimpleUploadedFile("list.xlsx", file)
    return client.post(reverse("many"), told)


def checked(client: Client, text: str, **columns: str) -> str:
    """Give a list and confirm its columns; the address of its answers."""
    where = give(client, text).headers["Location"]
    form = client.get(where).context["form"]
    typed = {name: field.initial or "" for name, field in form.fields.items()} | columns
    answer = client.post(where, {name: value for name, value in typed.items() if value is not False})
    assert answer.status_code == 302, answer.content
    return str(answer.headers["Location"])


def text_of(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def rows_of(answer: Any) -> list[str]:
    return re.findall(r'<section aria-labelledby="row-.*?</section>', answer.content.decode(), re.DOTALL)


def test_a_list_is_given_confirmed_and_answered_row_by_row(client: Client) -> None:
    licence = a_holder("Harvest Hands Ltd")

    where = checked(
        client, "Provider\tPostcode\nHarvest Hands\tHR1 1AA\nHarvst Hands\t\nHarvest Hands\tPE1 1AA\nZxqv Wrt\t"
    )
    answer = client.get(where)

    exact, near, elsewhere, nobody = rows_of(answer)
    assert "Harvest Hands Ltd is licensed, from 2 November 2026" in exact
    assert "Exact name" in exact
    assert "app-outcome--yes" in exact
    for row in (near, elsewhere, nobody):
        assert not YES.search(row), row
    assert "Similar, not the same" in near
    assert "The postcode that you gave is not the registered one." in elsewhere
    assert "Nothing found" in nobody
    assert licence.number in near
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert not client.cookies


def test_a_workbook_is_read_and_not_kept(client: Client) -> None:
    a_holder("Harvest Hands Ltd")

    where = give(client, file=workbook([["Name"], ["Harvest Hands Ltd"]])).headers["Location"]

    assert "Harvest Hands Ltd" in text_of(client.get(where))
    assert CheckList.objects.get().columns == ["name"]


@pytest.mark.parametrize(
    ("text", "file", "sentence"),
    [
        ("", None, "Paste a list, or choose a file."),
        (" \n ", None, "Paste a list, or choose a file."),
        ("Harvest", b"Harvest", "Paste a list or choose a file, not both."),
        ("", b"", "There is nothing in the file."),
        ("", b"\x00\x01\x02\x00", "We could not read the file."),
        ("x\n" * 10_002, None, "A list has at most 10,000 rows."),
        ("", b"y" * (files.MOST_BYTES + 1), "The file must be smaller than 5 MB."),
    ],
)
def test_what_is_no_list_is_refused_and_what_was_typed_is_kept(
    client: Client, text: str, file: bytes | None, sentence: str
) -> None:
    answer = give(client, text, file)

    assert answer.status_code == 422
    assert sentence in text_of(answer)
    if text.strip():
        assert text[:10].strip() in answer.content.decode()
    assert not CheckList.objects.exists()


@pytest.mark.parametrize("weight", [files.MOST_BYTES * 20, None])
def test_what_weighs_too_much_is_refused_before_it_is_read(client: Client, weight: int | None) -> None:
    if weight:
        answer = client.generic("POST", reverse("many"), b"", CONTENT_LENGTH=str(weight), CONTENT_TYPE="text/plain")
    else:
        answer = client.post(reverse("many"), {"text": "x" * 3_000_000})

    assert answer.status_code == 422
    assert "smaller than 5 MB" in text_of(answer)


def test_no_column_that_says_who_is_refused_and_the_choice_is_kept(client: Client) -> None:
    where = give(client, "Harvest Hands\tHR1 1AA").headers["Location"]

    answer = client.post(where, {"column_0": "", "column_1": "postcode"})

    assert answer.status_code == 422
    assert "Say which column holds a name" in text_of(answer)
    chosen = re.findall(r'<option value="(\w*)"[^>]*selected', answer.content.decode())
    assert chosen == ["", "postcode"]


def test_a_long_list_shows_how_far_it_is_and_needs_no_script(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "AT_ONCE", 1)
    where = checked(client, "Harvest Hands\nMeadow Crew")

    answer = client.get(where)

    assert "0 of 2 rows checked" in text_of(answer)
    assert answer.headers["Refresh"] == "5"
    assert "Refresh" not in client.get(f"{where}?stay=1").headers
    assert client.get(f"{where}results.csv").status_code == 302


def test_rows_are_filtered_and_come_by_pages(client: Client) -> None:
    a_holder("Harvest Hands Ltd")
    where = checked(client, "\n".join(["Harvest Hands Ltd"] * 30 + ["Harvst Hands"]))

    assert len(rows_of(client.get(where))) == 25
    assert len(rows_of(client.get(f"{where}?page=2"))) == 6
    assert len(rows_of(client.get(f"{where}?confidence=similar"))) == 1
    assert len(rows_of(client.get(f"{where}?outcome=licensed&page=2"))) == 5
    assert client.get(f"{where}?confidence=nonsense").status_code == 422


def test_a_page_of_answers_costs_a_known_number_of_statements(client: Client) -> None:
    for name in ("Harvest Hands Ltd", "Meadow Crew Ltd", "Orchard Staff Ltd"):
        a_holder(name)
    few = checked(client, "Harvest Hands")
    more = checked(client, "Harvest Hands\nMeadow Crew\nOrchard Staff\nHarvst Hands\nMedow Crew")

    def cost(where: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(where).status_code == 200
        return len(asked)

    assert cost(few) == cost(more) <= 7


def test_the_download_never_lets_a_near_match_stand_where_an_answer_stands(client: Client) -> None:
    licence = a_holder("Harvest Hands Ltd")
    where = checked(client, "Name\tRemark\nHarvest Hands\t=HYPERLINK(0)\nHarvst Hands\t\n")

    answer = client.get(f"{where}results.csv")

    heads, exact, near = csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig")))
    assert heads[:4] == ["Name", "Remark", "How sure", "What the register says"]
    assert exact[:9] == [
        "Harvest Hands", "'=HYPERLINK(0)", "Exact name", "Licensed", licence.number, "Harvest Hands Ltd", "Licensed",
        "2026-11-02", "2027-11-01",
    ]  # fmt: skip
    assert near[2:9] == ["Similar, not the same", "", "", "", "", "", ""]
    assert near[-1] == f"Harvest Hands Ltd ({licence.number}): Licensed"


def test_ticks_are_kept_and_change_no_answer(client: Client) -> None:
    licence = a_holder("Harvest Hands Ltd")
    where = checked(client, "Harvst Hands\nHarvest Hands")

    client.post(where, {"shown": ["1", "2", "nonsense"], "pick_1": [licence.number], "pick_2": ["ABCD9999"]})

    answer = client.get(where)
    (near, _exact) = rows_of(answer)
    assert " checked>" in near
    assert not YES.search(near)
    assert "of this 1 labour provider" in text_of(answer)
    assert "Similar, not the same" in near
    client.post(where, {"shown": ["1"]})
    assert " checked>" not in rows_of(client.get(where))[0]


def test_a_list_is_checked_again_in_the_register_of_then(client: Client, set_clock: SetClock) -> None:
    where = checked(client, "Harvest Hands")
    a_holder("Harvest Hands Ltd")
    set_clock(NOW + timedelta(hours=1))

    client.post(f"{where}again/")

    assert "Exact name" in rows_of(client.get(where))[0]


def test_a_list_is_followed_by_an_address_that_must_confirm(client: Client, mailoutbox: list[object]) -> None:
    a_holder("Harvest Hands Ltd")
    where = checked(client, "Harvest Hands")

    wrong = client.post(f"{where}follow/", {"email": "nonsense"})
    right = client.post(f"{where}follow/", {"email": "buyer@retail.example"})

    assert wrong.status_code == 422
    assert 'value="nonsense"' in wrong.content.decode()
    assert "Look at your email" in text_of(right)
    follow = CheckList.objects.get().follows.get()
    assert follow.confirmed_at is None


def test_nothing_can_be_followed_where_nothing_was_found_exactly(client: Client) -> None:
    where = checked(client, "Harvst Hands")

    client.post(f"{where}follow/", {"email": "buyer@retail.example"})

    assert not CheckList.objects.get().follows.exists()
    assert "None of the rows has been found exactly" in text_of(client.get(f"{where}follow/"))


def test_a_list_is_removed_by_who_has_its_address(client: Client) -> None:
    where = checked(client, "Harvest Hands")

    assert "deleted at once" in text_of(client.get(f"{where}remove/"))
    assert "The list was removed" in text_of(client.post(f"{where}remove/"))
    assert client.get(where).status_code == 404
    assert not CheckList.objects.exists()


@pytest.mark.parametrize("page", ["", "columns/", "results.csv", "again/", "follow/", "remove/"])
def test_nobody_guesses_a_list(client: Client, page: str) -> None:
    checked(client, "Harvest Hands")
    number = CheckList.objects.get().pk

    for key in (f"{number}-{'0' * 32}", str(number), "0", "²", "9" * 40):
        answer = client.get(f"/check/many/{key}/{page}")
        assert answer.status_code == 404
        assert "There is no such list" in text_of(answer)


def test_too_many_lists_from_one_connection_are_held_back(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "MOST_LISTS", 1)
    give(client, "Harvest Hands")

    answer = give(client, "Meadow Crew")

    assert answer.status_code == 429
    assert "Meadow Crew" in answer.content.decode()


def _reads_nothing(*_asked: Any) -> Any:
    raise AssertionError("the file was read")


def test_a_list_over_the_limit_is_refused_before_its_file_is_read(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "MOST_LISTS", 1)
    give(client, "Harvest Hands")
    monkeypatch.setattr(table_forms, "answer_of", _reads_nothing)

    answer = give(client, file=workbook([["Harvest Hands"]]))

    assert answer.status_code == 429
    assert "Too many lists have come from this connection" in text_of(answer)
    assert not CheckList.objects.exclude(count=1).exists()


def test_a_file_that_is_refused_counts_as_much_as_one_that_is_taken(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "MOST_LISTS", 1)

    answers = [give(client, file=b"%PDF-1.4\x00\x00\x01") for _time in range(2)]

    assert [answer.status_code for answer in answers] == [422, 429]


def test_a_fault_says_that_we_cannot_tell(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    a_holder("Harvest Hands Ltd")
    monkeypatch.setattr(finding, "_by_name", lambda *_asked: 1 / 0)

    where = checked(client, "Harvst Hands")

    (row,) = rows_of(client.get(where))
    assert "We cannot tell now" in row
    assert not YES.search(row)
    assert "Harvst" not in caplog.text


def test_the_pages_speak_welsh_and_the_look_up_leads_there(client: Client) -> None:
    assert reverse("many") in client.get("/check/").content.decode()
    assert client.get("/cy/check/many/").status_code == 200
