"""Holders and applicants as the public reads of them, each reached by the real actions; and one way to ask page and API."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import OperationalError
from django.test import Client

from registry.licences.actions import licences
from registry.licences.models import Licence
from registry.organisations import actions as organisations
from registry.organisations.models import Organisation
from registry.register.actions import listings
from registry.register.models import Entry
from tests.conftest import LONDON, NOW
from tests.people import person
from tests.registry.stories import SCHEME, a_condition, a_decider, a_licence, an_organisation, day
from tests.remembered import remembered

FACES = ("page", "api")
CONTACT = {
    "telephone": "+441632960123",
    "website": "https://harvest.example",
    "address": {"line_1": "1 Orchard Lane", "town": "Hereford", "county": "Herefordshire", "postcode": "HR1 1AA"},
}


def an_instant(day: date, hour: int = 10) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=LONDON)


@remembered
def a_holder(legal_name: str = "Harvest Hands Ltd", **changes: Any) -> Licence:
    return a_licence(an_organisation(legal_name, **{**CONTACT, **changes}))


@remembered
def an_applicant(legal_name: str = "Meadow Staff Ltd", at: datetime = NOW) -> Entry:
    return show_application(an_organisation(legal_name), at=at)


def show_application(organisation: Organisation, at: datetime = NOW) -> Entry:
    return listings.show_applicant(
        organisation,
        scheme=SCHEME,
        sectors=["horticulture"],
        supplies_to=["wales"],
        applied_on=at.date(),
        by=person("applicant"),
        at=at,
    )


def rename(organisation: Organisation, at: datetime, **changes: Any) -> None:
    organisations.update(organisation, changes=changes, by=person("case_officer"), at=at)
    listings.republish(organisation, by=person("case_officer"), at=at)


@remembered
def one_of_each_standing() -> dict[str, str]:
    """The number to ask for, by the standing that it has now."""
    found = {
        "licensed": a_holder("Plain Hands").number,
        "licensed_with_conditions": a_condition(a_holder("Mending Hands")).licence.number,
        "applied": an_applicant("Hopeful Hands").number,
    }
    told: dict[str, Any] = {"because": "Test.", "by": a_decider(), "at": NOW}
    found["revocation_to_come"] = licences.revoke(a_holder("Going Hands"), takes_effect=day(30), **told).number
    found["revoked"] = licences.revoke(a_holder("Gone Hands"), takes_effect=day(0), **told).number
    found["suspended"] = licences.suspend(a_holder("Paused Hands"), starts=day(0), until=day(9), **told).number
    found["surrendered"] = licences.surrender(a_holder("Finished Hands"), takes_effect=day(0), **told).number
    told["by"] = person("case_officer")
    found["expired"] = licences.end(a_holder("Ended Hands"), ended_from=day(0), **told).number
    refused = an_organisation("Refused Hands")
    show_application(refused)
    found["refused"] = listings.show_refusal(
        refused, scheme=SCHEME, refused_from=day(0), by=person("decision_maker"), at=NOW
    ).number
    return found


@dataclass(frozen=True)
class Answer:
    status: int
    text: str
    headers: Any

    @property
    def json(self) -> Any:
        return json.loads(self.text)


def ask(client: Client, face: str, **asked: str) -> Answer:
    """Search the register by the page or by the API."""
    address = {"page": "/check/", "api": "/api/v1/register"}[face]
    return answer_to(client.get(address, asked))


def read(client: Client, face: str, number: str, **asked: str) -> Answer:
    """Read what the register says of one, following to the address of today."""
    address = {"page": f"/check/{number}/", "api": f"/api/v1/register/{number}"}[face]
    return answer_to(client.get(address, asked, follow=True))


def answer_to(response: Any) -> Answer:
    return Answer(response.status_code, response.content.decode(), response.headers)


class Statements:
    """For `connection.execute_wrapper`: counts the statements, and fails at the one that it is told to."""

    def __init__(self, fail_at: int = 0) -> None:
        self.fail_at, self.count = fail_at, 0

    def __call__(self, execute: Callable[..., Any], *statement: Any) -> Any:
        self.count += 1
        if self.count == self.fail_at:
            raise OperationalError("the database is gone")
        return execute(*statement)
