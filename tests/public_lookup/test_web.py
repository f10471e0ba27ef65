"""What all public pages share: what each fault is answered with, what is kept, and what programs are told."""

import io
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import Client, RequestFactory
from pytest_django import Settings

from public_lookup import web
from public_lookup.bulk_checks.queries import matching as many
from public_lookup.bulk_checks.states import Confidence
from public_lookup.lookup.queries import entries, instants, replica
from public_lookup.lookup.queries.entries import NotShown, PublicEntry
from public_lookup.lookup.queries.instants import misread, on_register
from public_lookup.lookup.queries.linked_data import linked_data
from registry.integrity import head_file
from registry.register.rules import look_of
from registry.register.states import Outcome
from tests.conftest import NOW, SetClock
from tests.public_lookup.stories import a_holder, an_applicant

pytestmark = pytest.mark.django_db

FAULTS: list[tuple[Exception, int, str]] = [
    (NotShown("NOBO0001"), 404, "not-found"),
    (misread("not_a_date", "No."), 422, "not-understood"),
    (instants.UnknownParameter([]), 422, "unknown-parameter"),
    (RequestDataTooBig(), 413, "not-understood"),
    (BadRequest(), 400, "not-understood"),
    (SuspiciousOperation(), 400, "not-understood"),
    (RuntimeError("Harvest Hands"), 503, "cannot-tell"),
]


def a_request(query: str = "", **headers: str) -> HttpRequest:
    return RequestFactory().get(f"/check/?{query}", headers=headers)


def body_of(answer: Any) -> bytes:
    return b"".join(answer) if answer.streaming else answer.content


def failing(fault: Exception) -> Any:
    def view(_request: HttpRequest) -> HttpResponse:
        raise fault

    return view


def shown(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("shown")


# --- faults


@pytest.mark.parametrize(("fault", "status", "code"), FAULTS)
def test_a_program_is_told_what_was_wrong(fault: Exception, status: int, code: str) -> None:
    for answer in (web.problem_of(fault), web.data(failing(fault))(a_request())):
        told = json.loads(answer.content)
        assert (answer.status_code, told["status"], told["type"]) == (status, status, f"/problems/{code}")
        assert told["licensed"] is None
        assert answer.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(("fault", "status", "_code"), [one for one in FAULTS if one[1] != 422])
def test_a_page_and_a_picture_say_the_same(fault: Exception, status: int, _code: str) -> None:
    assert web.everybody(failing(fault))(a_request()).status_code == status

    picture = web.picture(failing(fault))(a_request())
    assert picture.status_code == status
    assert ("Not on the register" in picture.content.decode()) == (status == 404)


@pytest.mark.parametrize(
    ("fault", "is_ours"),
    [(RuntimeError("Harvest Hands"), True), (SuspiciousOperation(), False), (Http404(), False)],
)
def test_only_a_fault_of_ours_is_noted(fault: Exception, is_ours: bool, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        web.everybody(failing(fault))(a_request())

    assert ("the look-up cannot tell: RuntimeError" in caplog.text) == is_ours


def test_a_parameter_that_is_not_known_is_refused_before_anything_is_read() -> None:
    assert web.data_by("at")(shown)(a_request("at=2026-11-01")).content == b"shown"
    refused = web.data_by("at")(shown)(a_request("at=2026-11-01&as_at=2026-11-01"))
    assert refused.status_code == 422
    assert json.loads(refused.content)["reasons"][0]["where"] == "as_at"


# --- from a copy of the register


@pytest.fixture
def reading(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """One more for each time that something was read where the register is."""
    times: list[str] = []

    @contextmanager
    def noted(place: str) -> Iterator[None]:
        times.append(place)
        yield

    monkeypatch.setattr(replica, "reading", noted)
    return times


def test_a_file_is_read_from_the_same_place_to_its_end(reading: list[str]) -> None:
    answer = web.from_register(lambda: StreamingHttpResponse(iter([b"a", b"b"])))

    assert len(reading) == 1
    assert body_of(answer) == b"ab"
    assert len(reading) == 4  # each part, and that there is no more


def test_what_is_no_file_of_rows_stays_as_it_is(reading: list[str]) -> None:
    plain = web.from_register(lambda: HttpResponse("shown"))
    assert plain.content == b"shown" and not hasattr(plain, "streaming_content")

    file = web.from_register(lambda: FileResponse(io.BytesIO(b"kept")))
    assert file.file_to_stream is not None
    assert body_of(file) == b"kept"
    assert len(reading) == 2


# --- badge


@pytest.mark.parametrize(("word", "is_long"), [("x" * 30, False), ("x" * 31, True)])
def test_a_long_word_is_drawn_narrower(monkeypatch: pytest.MonkeyPatch, word: str, is_long: bool) -> None:
    monkeypatch.setattr(web, "word_of", lambda _entry: word)
    entry: Any = SimpleNamespace(outcome=Outcome.LICENSED)

    look = web._look_of_badge({"entry": entry})

    assert (look["word"], look["is_long"]) == (word, is_long)


def test_a_badge_is_dark_only_where_there_is_no_licence_and_its_symbol_is_turned_round() -> None:
    for outcome in Outcome:
        look = look_of(outcome)
        told = web._look_of_badge({"missing": True} if outcome == Outcome.NOT_FOUND else {})
        assert look.tone.surface != look.tone.ink or outcome == Outcome.NOT_LICENSED
        if outcome in (Outcome.NOT_FOUND, Outcome.CANNOT_TELL):
            assert (told["look"], told["is_dark"]) == (look, False)
            assert told["drawing"] == look.drawn(inverted=False)


def test_the_badge_of_an_entry_is_that_of_its_outcome(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "word_of", lambda _entry: "Revoked")
    entry: Any = SimpleNamespace(outcome=Outcome.NOT_LICENSED)

    look = web._look_of_badge({"entry": entry})

    assert (look["look"], look["is_dark"]) == (look_of(Outcome.NOT_LICENSED), True)
    assert web._look_of_badge({})["word"] == str(Outcome.CANNOT_TELL.label)
    assert web.drawn({}).status_code == 200


# --- for search engines


def data_of(number: str) -> tuple[dict[str, Any], str]:
    entry = on_register(NOW).get(number=number)
    block = str(linked_data(PublicEntry(entry, [entry], NOW)))
    return json.loads(block.removeprefix('<script type="application/ld+json">').removesuffix("</script>")), block


def test_search_engines_read_what_the_page_says() -> None:
    licence = a_holder("Llŷn Hands <Ltd> & Sons")

    told, block = data_of(licence.number)

    assert "<Ltd>" not in block and "Llŷn" in block
    assert told["name"] == "Llŷn Hands <Ltd> & Sons"
    certification = told["hasCertification"]
    assert certification["certificationStatus"] == "https://schema.org/CertificationActive"
    assert certification["validFrom"] == licence.valid_from.isoformat()
    assert certification["expires"] == licence.valid_until.isoformat()
    assert "alternateName" not in told  # what is empty is left out


def test_an_applicant_has_no_certificate() -> None:
    assert "hasCertification" not in data_of(an_applicant().number)[0]


# --- a list, row by row


def test_a_row_that_any_fault_befalls_is_not_guessed(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    sure = many.RowMatch(Confidence.UNREAD)

    def check(asked: Any, _at: object) -> list[many.RowMatch]:
        if "bad" in asked:
            raise RuntimeError("Harvest Hands")
        return [sure for _one in asked]

    monkeypatch.setattr(many, "check", check)
    rows: Any = ["good", "bad", "good"]

    assert web.answered(rows[:1], NOW) == [sure]
    assert not caplog.records
    assert web.answered(rows, NOW) == [sure, many.RowMatch(Confidence.CANNOT_TELL), sure]
    assert [record.getMessage().split(":")[0] for record in caplog.records] == [
        "a list is looked up row by row",
        "the look-up cannot tell",
    ]


# --- what is known already


def test_who_has_this_answer_already_is_told_so_and_may_read_that() -> None:
    known = web.known_by(a_request(if_none_match='"a"'), '"a"')
    assert known is not None and known.status_code == 304
    assert (known.headers["ETag"], known.headers["Cache-Control"]) == ('"a"', "no-cache")
    assert known.headers["Access-Control-Allow-Origin"] == "*"

    assert web.known_by(a_request(if_none_match='"b"'), '"a"') is None
    assert web.known_by(a_request(), '"a"') is None


def test_an_answer_is_known_by_its_etag_and_only_to_who_asks_by_it(monkeypatch: pytest.MonkeyPatch) -> None:
    etags, looked_up = {"HARV0001": '"a"'}, []

    def etag(number: str, _at: object) -> str:
        looked_up.append(number)
        return etags.get(number, "")

    monkeypatch.setattr(entries, "etag", etag)

    def known(request: HttpRequest, number: str = "HARV0001") -> int | None:
        answer = web.known_already(request, number, NOW)
        return answer.status_code if answer is not None else None

    posted = RequestFactory().post("/check/", headers={"if-none-match": '"a"'})
    assert known(a_request(if_none_match='"a"')) == 304
    assert known(a_request(if_none_match='"b"')) is None
    assert known(a_request(if_none_match='"a"'), "NOBO0001") is None
    assert known(a_request()) is None
    assert known(posted) is None
    assert looked_up == ["HARV0001", "HARV0001", "NOBO0001"]  # of who does not ask so, nothing is looked up
    assert known(a_request(if_none_match='"a"', if_match='"b"')) is None


@pytest.mark.django_db
def test_with_a_clock_that_was_set_back_the_look_up_cannot_tell(
    settings: Settings, set_clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would say of a firm that was suspended since that it is licensed."""
    settings.CLOCK_TOLERANCE = 5
    monkeypatch.setattr(head_file._HeadCheck, "latest", None)
    licence = a_holder()
    faces = [f"/check/{licence.number}/", f"/api/v1/register/{licence.number}", f"/badge/{licence.number}.svg"]

    def answers() -> set[int]:
        return {Client().get(face).status_code for face in faces}

    assert answers() == {200}
    set_clock(NOW - timedelta(seconds=6))
    assert answers() == {503}
    set_clock(NOW)
    assert answers() == {200}


def test_a_copy_that_fails_while_it_is_read_is_left_alone_and_the_primary_answers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    watch = replica.ReplicaState()
    monkeypatch.setattr(replica, "watch", watch)
    monkeypatch.setattr(replica, "place", lambda now: replica.REPLICA if now >= watch.ask_replica_at else "default")
    read: list[str | None] = []

    def view() -> HttpResponse:
        read.append(replica._place.get())
        if read[-1] == replica.REPLICA:
            raise OperationalError("the copy is away")
        return HttpResponse("shown")

    assert web.from_register(view).content == web.from_register(view).content == b"shown"
    assert read == [replica.REPLICA, "default", "default"]
