"""Who approves whose proposals: pairs that always go together are pointed out."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest

from licensing.figures.queries.pairs import MANY, pairs
from registry.accounts.actions import access, accounts
from registry.accounts.models import AccessRequest
from tests.conftest import NOW
from tests.licensing.stories import a_grant_proposed, decided
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db


def test_a_pair_that_always_goes_together_comes_first_with_its_share() -> None:
    asks, other = person("people_administrator", name="Ada"), person("people_administrator", name="Bea")
    third = person("people_administrator", name="Cai")
    for by, approver, times in ((asks, other, MANY), (other, asks, 3), (other, third, 1)):
        for _time in range(times):
            officer = accounts.change_roles(person("case_officer"), roles=["manager"], by=by, at=NOW)
            access.approve_access(AccessRequest.objects.get(person=officer), by=approver, at=NOW)

    told = [
        (str(one.proposer), str(one.approver), one.count, one.of, one.share, one.both_ways) for one in pairs(at=NOW)
    ]

    assert told == [
        ("Ada", "Bea", MANY, MANY, 100, 3),
        ("Bea", "Ada", 3, 4, 75, MANY),
        ("Bea", "Cai", 1, 4, 25, 0),
    ]
    assert [one.is_always for one in pairs(at=NOW)] == [True, False, False]
    assert pairs(at=NOW + timedelta(days=366)) == []


def test_managers_and_auditors_read_it_and_take_it_as_a_file() -> None:
    decision = decided(a_grant_proposed())

    for role in ("manager", "auditor"):
        page = signed_in(person(role)).get("/staff/figures/pairs/").content.decode()
        assert str(decision.proposed_by) in page and str(decision.decided_by) in page
    answer: Any = signed_in(person("manager")).post("/staff/figures/pairs/list.csv")
    text = b"".join(answer.streaming_content).decode().removeprefix("\ufeff")
    heading, row = csv.reader(io.StringIO(text))
    assert len(heading) == len(row)
    assert row[:4] == ["Decisions", str(decision.proposed_by), str(decision.decided_by), "1"]
    assert signed_in(person("case_officer")).get("/staff/figures/pairs/").status_code == 403
