"""Requests out and replies in by file: signed, all of it or nothing, replays harmless, and nobody answers for another."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from licensing.applications.actions import applications
from licensing.checks.actions import askings, exchange
from licensing.checks.models import Asking, Check, Reply
from licensing.checks.queries.exchange import file_of
from licensing.checks.rules import exchange as rules
from registry import signing
from registry.agencies.models import Agency
from registry.conflicts import actions as conflicts
from registry.errors import Refused
from tests import stories
from tests.conftest import NOW
from tests.licensing.checks.agencies import a_check_put, a_partner, an_agency
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db
KEY = signing.private_key_from("a partner's own secret")
ITEM = {"code": "returns", "date": "2026-03-01", "summary": "Two returns are missing.", "reference": "TX/1"}


def a_signing_agency() -> Agency:
    return an_agency(way="file", public_key=signing.public_key(KEY))


def handed_out(check: Check) -> dict[str, Any]:
    """The record of the request for the check, as the file has it."""
    assert check.agency
    askings_made = askings.hand_out(check.agency, by=person("case_officer"), at=NOW)
    requests = json.loads(file_of(askings_made))["requests"]
    uuid = str(Asking.objects.get(asked=check, kind="file").request)
    return next(one for one in requests if one["record"]["request"] == uuid)


def a_reply(check: Check, **more: Any) -> dict[str, Any]:
    return {
        "version": 1,
        "request": handed_out(check)["record"]["request"],
        "result": "nil",
        "items": [],
        "handling": {"may_be_shown_to_subject": False, "may_be_passed_on": False, "conditions": "For the decision."},
        "answered_on": "2026-11-02",
        "answered_by": "A. Taxwoman",
        **more,
    }


def a_file(*replies: dict[str, Any], key: str = KEY) -> bytes:
    sealed = [{"record": one, "signature": signing.sign(key, signing.canonical(one))} for one in replies]
    return json.dumps({"version": 1, "replies": sealed}).encode()


def take(check: Check, content: bytes, **given: Any) -> exchange.ImportedReplies:
    assert check.agency
    return exchange.take_replies(check.agency, **{"content": content, "by": person("case_officer"), "at": NOW, **given})


def faults(check: Check, content: bytes, **given: Any) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as refused:
        take(check, content, **given)
    assert not Reply.objects.filter(way="file").exists()
    return [(reason.where, reason.code) for reason in refused.value.reasons]


def test_a_request_is_signed_and_tells_no_more_than_the_check_needs() -> None:
    sealed = handed_out(a_check_put(a_signing_agency()))

    record = sealed["record"]
    ours = signing.public_key(settings.SIGNING_KEY)
    assert signing.verify(ours, signing.canonical(record), sealed["signature"])
    assert record["subject"]["utr"] == "1955839661"
    assert set(record["subject"]) <= {"kind", "name", "former_names", "company_number", "utr", "vat", "paye", "address"}
    assert record["asked"] == ["registered", "returns", "debts", "wages"]
    assert (record["sent_on"], record["due_on"]) == ("2026-11-02", "2026-11-30")


def test_a_request_bears_the_same_number_each_time() -> None:
    check = a_check_put(a_signing_agency())

    assert handed_out(check)["record"]["request"] == handed_out(check)["record"]["request"]


def test_a_reply_is_taken_with_its_items_and_its_restriction() -> None:
    check = a_check_put(a_signing_agency())

    taken = take(check, a_file(a_reply(check, result="adverse", items=[ITEM])))

    reply = check.replies.get()
    assert (taken.taken, taken.known) == (1, 0)
    assert (reply.result, reply.evidence, reply.answered_by) == ("adverse", "Two returns are missing.", "A. Taxwoman")
    assert (reply.may_be_shown_to_subject, reply.may_be_passed_on) == (False, False)
    assert reply.restriction == "For the decision."


def test_the_same_file_again_changes_nothing() -> None:
    check = a_check_put(a_signing_agency())
    content = a_file(a_reply(check))
    take(check, content)

    again = take(check, content)

    assert (again.taken, again.known) == (0, 1)
    assert check.replies.count() == 1


def test_one_fault_keeps_the_whole_file_out_and_each_is_said_with_its_row() -> None:
    check = a_check_put(a_signing_agency())
    good = a_reply(check)
    bad = [
        {**good, "request": str(uuid4())},
        {**good, "result": "splendid"},
        {**good, "answered_on": "2027-01-01"},
        {**good, "result": "adverse", "items": []},
        {**good, "items": [{**ITEM, "code": "unheard_of"}]},
    ]

    found = faults(check, a_file(good, *bad))

    assert {(row, code) for row, code in found if code != "twice"} == {
        ("2", "unknown_request"),
        ("3", "form"),
        ("4", "answered_on"),
        ("5", "adverse_without_evidence"),
        ("6", "not_asked"),
    }
    assert ("4", "twice") in found


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{}", b"\xff", b'{"replies": []}', b'{"replies": [1]}', b"[" * 100_000]
)
def test_what_is_no_file_of_replies_is_refused(content: bytes) -> None:
    check = a_check_put(a_signing_agency())

    assert {code for _row, code in faults(check, content)} & {"unreadable", "form"}


def test_the_values_of_a_file_are_counted_before_it_is_read() -> None:
    """The largest file that an authority has reason to send is read; what is made of a million small values is not."""
    reply = {"record": {"version": 1, "items": [ITEM] * 20}, "signature": "s"}

    assert len(rules.given_in(json.dumps({"replies": [reply] * rules.MOST_REPLIES}).encode())) == 2_000
    with pytest.raises(rules.UnreadableReplies):
        rules.given_in(b'{"replies":[' + b"{}," * rules.MOST_PARTS + b"{}]}")


def test_a_file_that_another_has_signed_is_refused() -> None:
    check = a_check_put(a_signing_agency())
    content = a_file(a_reply(check), key=signing.private_key_from("somebody else"))

    assert faults(check, content) == [("1", "signature")]


def test_a_reply_that_was_altered_after_it_was_signed_is_refused() -> None:
    check = a_check_put(a_signing_agency())
    read = json.loads(a_file(a_reply(check)))
    read["replies"][0]["record"]["result"] = "no_trace"

    assert faults(check, json.dumps(read).encode()) == [("1", "signature")]


def test_without_a_key_only_its_own_people_hand_a_file_in() -> None:
    check = a_check_put(an_agency(way="file"))
    content = a_file(a_reply(check))

    assert faults(check, content) == [("1", "no_key")]
    assert take(check, content, by=a_partner(check.agency)).taken == 1


def test_a_request_that_was_put_to_another_authority_is_as_if_it_did_not_exist() -> None:
    check = a_check_put(a_signing_agency())
    content = a_file(a_reply(check))
    other = an_agency("Police", codes=["police"], way="file", public_key=signing.public_key(KEY))

    with pytest.raises(Refused) as refused:
        exchange.take_replies(other, content=content, by=person("case_officer"), at=NOW)

    assert [reason.code for reason in refused.value.reasons] == ["unknown_request"]


def test_a_case_that_is_over_takes_no_reply() -> None:
    check = a_check_put(a_signing_agency())
    content = a_file(a_reply(check))
    assert check.application
    applications.withdraw(check.application, because="Sold.", by=stories.holder_of(check.organisation), at=NOW)

    assert faults(check, content) == [("1", "not_in_hand")]


def test_it_is_for_officers_and_for_the_people_of_that_authority() -> None:
    check = a_check_put(a_signing_agency())
    content = a_file(a_reply(check))
    stranger = a_partner(an_agency("Police", codes=["police"]))

    for by in (stranger, person("auditor"), person("applicant")):
        with pytest.raises(PermissionDenied):
            take(check, content, by=by)
        with pytest.raises(PermissionDenied):
            askings.hand_out(check.agency or an_agency(), by=by, at=NOW)


def test_an_officer_with_a_conflict_of_interest_neither_fetches_nor_hands_in() -> None:
    check = a_check_put(a_signing_agency())
    content = a_file(a_reply(check))
    officer = person("case_officer")
    conflicts.declare(
        officer, organisation=check.organisation, because="My sister's.", since=NOW.date(), by=officer, at=NOW
    )
    assert check.agency

    assert askings.hand_out(check.agency, by=officer, at=NOW) == []
    assert faults(check, content, by=officer) == [("1", "conflicted")]
    assert take(check, content, by=a_partner(check.agency)).taken == 1


class TestPages:
    def test_its_people_fetch_the_requests_and_hand_in_the_replies(self) -> None:
        check = a_check_put(a_signing_agency())
        client = signed_in(a_partner(check.agency))

        fetched = client.post(reverse("partner_hand_out"))
        handed = client.post(reverse("partner_exchange"), {"replies": _upload(a_file(a_reply(check)))})

        assert fetched.headers["Cache-Control"] == "no-store"
        assert json.loads(fetched.content)["requests"]
        assert "Replies taken: 1. There already: 0." in handed.content.decode()

    def test_what_is_wrong_stands_in_a_table(self) -> None:
        check = a_check_put(a_signing_agency())
        address = reverse("exchange", args=[check.agency.reference if check.agency else ""])

        answer = signed_in(person("case_officer")).post(address, {"replies": _upload(a_file({"version": 2}))})

        assert answer.status_code == 422
        assert "What is wrong with the file" in answer.content.decode()

    def test_fetching_is_no_reading(self) -> None:
        """It writes down that it was asked by file, so it is a press of a button."""
        check = a_check_put(a_signing_agency())

        assert signed_in(a_partner(check.agency)).get(reverse("partner_hand_out")).status_code == 405


def _upload(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("replies.json", content, "application/json")
