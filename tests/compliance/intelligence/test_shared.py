"""A bank account, a vehicle or a person that two businesses share connects them, as a telephone does."""

from datetime import date, timedelta
from typing import Any

import pytest

from compliance.intelligence.actions import ties
from compliance.intelligence.models.intelligence import Intelligence
from compliance.intelligence.models.ties import Entity, Tie
from compliance.intelligence.queries import offers
from compliance.intelligence.queries import ties as queries
from compliance.intelligence.queries.ties import EntityFile
from compliance.intelligence.rules import named
from compliance.intelligence.states import Strength
from registry import matching
from registry.accounts.models import User
from registry.conflicts import actions as conflicts
from registry.errors import Refused
from registry.identifiers import InvalidIdentifier
from registry.matching import accounts_in, bank_account
from registry.organisations import actions as organisations
from registry.organisations.models import Organisation
from registry.trail.models.events import Event
from tests.compliance.intelligence.test_ties import text_of, tied
from tests.compliance.intelligence.world import some_intelligence
from tests.compliance.reports.world import a_report_begun
from tests.conftest import NOW
from tests.people import person, signed_in
from tests.public_lookup.stories import a_holder

pytestmark = pytest.mark.django_db
IBAN = "GB29 NWBK 6016 1331 9268 19"
SAME = "60-16-13 31926819"


@pytest.fixture
def analyst() -> User:
    return person("intelligence_analyst", name="Non Hughes")


def linked(firm: Organisation, other: tuple[str, str], *, by: User) -> Tie:
    first = named("organisation", firm.reference, firm, where="first")
    second = named(*other, None, where="second")
    one = some_intelligence(by=by)
    return ties.tie(one, first=first, second=second, how="is named with", strength=2, by=by, at=NOW)


def file_of(tie: Tie, *, by: User) -> EntityFile:
    return queries.entity_file(tie.first, by=by)


def said(file: EntityFile) -> set[tuple[str, str, str, int]]:
    return {(row.first.label, str(row.how), row.second.label, row.strength) for row in file.rows}


def a_firm(name: str, *, plate: str = "", account: str = "", people: Any = ()) -> Organisation:
    firm = a_holder(name, telephone="").organisation
    facts: dict[str, Any] = {}
    if plate:
        facts["vehicles"] = [{"registration": plate}]
    if account:
        facts["bank_accounts"] = [matching.account_digest(*account.split())]
    if facts:
        organisations.write_down(firm, facts=facts, source="test", at=NOW)
    for particulars in people:
        organisations.name(
            firm, kind="director", particulars=particulars, since=NOW.date(), by=person("case_officer"), at=NOW
        )
    return firm


# --- accounts ---


@pytest.mark.parametrize(
    "written",
    [
        "60-16-13 31926819",
        "601613 3192 6819",
        "GB29NWBK60161331926819",
        IBAN,
        "Sort code 60-16-13, account no. 31926819",
    ],
)
def test_an_account_is_the_same_however_it_is_written(written: str) -> None:
    assert bank_account(written) == "60161331926819"


@pytest.mark.parametrize("written", ["12", "account number", "GB30 NWBK 6016 1331 9268 19", ""])
def test_what_is_no_account_is_refused(written: str) -> None:
    with pytest.raises(InvalidIdentifier):
        bank_account(written)


def test_accounts_in_a_text_are_found_and_telephones_are_not() -> None:
    told = f"Wages go to sort code 60-16-13, number 31926819, or {IBAN}. Ring 07700 900461 on 12 06 26."
    assert accounts_in(told) == ["60161331926819"]


@pytest.mark.both
def test_two_firms_with_the_same_account_are_linked_and_the_number_is_nowhere(analyst: User) -> None:
    one, other = a_firm("Brankholt Staff Ltd"), a_firm("Fernlea Gangs Ltd")
    tie = linked(one, ("account", SAME), by=analyst)
    linked(other, ("account", IBAN), by=analyst)

    account = Entity.objects.get(kind="account")
    assert account.label == "…819"
    found = {(row.first.label, row.second.label) for row in file_of(tie, by=analyst).rows}
    assert {("Brankholt Staff Ltd", "…819"), ("Fernlea Gangs Ltd", "…819")} <= found
    kept = str([list(Entity.objects.values()), list(Event.objects.values("facts", "because"))])
    assert "31926819" not in kept and "6819" not in account.label


def test_an_account_that_another_file_has_finds_that_business(analyst: User) -> None:
    one = a_firm("Brankholt Staff Ltd")
    a_firm("Fernlea Gangs Ltd", account="601613 31926819")
    tie = linked(one, ("account", IBAN), by=analyst)

    assert ("Fernlea Gangs Ltd", "is paid at the account", "…819", Strength.CERTAIN) in said(file_of(tie, by=analyst))


def posted(**more: Any) -> dict[str, Any]:
    return {
        "source_text": "Wages are paid into one account for two firms, says a worker.",
        "sanitised_text": "Two firms are said to be paid at one place.",
        "learnt_on_day": "1",
        "learnt_on_month": "6",
        "learnt_on_year": "2026",
        "source": "2",
        "information": "B",
        "handling": "P",
        **more,
    }


def test_an_account_is_typed_where_intelligence_is_recorded(analyst: User) -> None:
    firm, desk = a_firm("Brankholt Staff Ltd"), signed_in(analyst)
    assert "Bank account of the organisations" in text_of(desk.get("/staff/intelligence/new/"))

    alone = text_of(desk.post("/staff/intelligence/new/", posted(account=IBAN)))
    assert "Say which organisation the account belongs to." in alone and not Intelligence.objects.exists()
    wrong = text_of(desk.post("/staff/intelligence/new/", posted(account="12", about=firm.reference)))
    assert "Enter the sort code and the number of the account" in wrong and not Intelligence.objects.exists()
    assert desk.post("/staff/intelligence/new/", posted(account=IBAN, about=firm.reference)).status_code == 302

    tie = Tie.objects.get()
    assert (tie.first.organisation, tie.second.label, tie.strength) == (firm, "…819", Strength.SUSPECTED)


def test_an_account_that_a_report_names_is_offered(analyst: User) -> None:
    report = a_report_begun(
        by=analyst, text=f"He pays us late, into {IBAN}.", about_name="Brankholt Staff Ltd", about_place=""
    )
    offered = offers.offered_links(report)
    assert [one.words for one in offered] == ["Brankholt Staff Ltd is paid at the account …819"]
    assert "31926819" not in offered[0].code


def test_an_account_without_a_firm_is_refused_by_the_query_too() -> None:
    with pytest.raises(Refused):
        offers.of_account(IBAN, [])


# --- vehicles and people ---


@pytest.mark.both
def test_a_shared_vehicle_finds_the_other_business(analyst: User) -> None:
    one = a_firm("Brankholt Staff Ltd", plate="AB12 CDE")
    a_firm("Fernlea Gangs Ltd", plate="AB12 CDE")
    a_firm("Oakholt Gangs Ltd", plate="XY12 CDE")
    tie = linked(one, ("person", "Marek Kowalski"), by=analyst)

    found = said(file_of(tie, by=analyst))

    assert ("Fernlea Gangs Ltd", "has the vehicle", "AB12 CDE", Strength.CERTAIN) in found
    assert not any("Oakholt" in row[0] for row in found)


def test_a_vehicle_of_intelligence_finds_the_business_that_has_it(analyst: User) -> None:
    a_firm("Fernlea Gangs Ltd", plate="AB12 CDE")
    tie = tied(some_intelligence(by=analyst), ("vehicle", "ab12cde"), ("person", "Marek Kowalski"), by=analyst)

    found = {(row[0], row[1]) for row in said(file_of(tie, by=analyst))}
    assert ("Fernlea Gangs Ltd", "has the vehicle") in found


def test_a_vehicle_that_was_sold_finds_no_one(analyst: User) -> None:
    one = a_firm("Brankholt Staff Ltd", plate="AB12 CDE")
    other = a_firm("Fernlea Gangs Ltd", plate="AB12 CDE")
    organisations.write_down(other, facts={"vehicles": []}, source="test", at=NOW + timedelta(days=1))
    tie = linked(one, ("person", "Marek Kowalski"), by=analyst)

    assert not any("Fernlea" in row[0] for row in said(file_of(tie, by=analyst)))


def darek(born: date | None = date(1980, 2, 3), name: str = "Dariusz Nowak") -> dict[str, Any]:
    return {"full_name": name, "date_of_birth": born}


@pytest.mark.both
@pytest.mark.parametrize("name", ["Dariusz Nowak", "Dariusz Piotr Nowak"])
def test_a_person_with_the_same_name_and_birthday_finds_the_other_business(analyst: User, name: str) -> None:
    one = a_firm("Brankholt Staff Ltd", people=[darek()])
    a_firm("Fernlea Gangs Ltd", people=[darek(name=name)])
    tie = linked(one, ("vehicle", "XY12 ABC"), by=analyst)

    assert ("Dariusz Nowak", "Director", "Fernlea Gangs Ltd", Strength.CERTAIN) in said(file_of(tie, by=analyst))


def test_a_namesake_with_another_birthday_finds_no_one(analyst: User) -> None:
    one = a_firm("Brankholt Staff Ltd", people=[darek()])
    a_firm("Fernlea Gangs Ltd", people=[darek(date(1991, 7, 9))])
    tie = linked(one, ("vehicle", "XY12 ABC"), by=analyst)

    assert not any("Fernlea" in row[2] for row in said(file_of(tie, by=analyst)))


def test_a_person_of_intelligence_is_found_in_files_by_the_name_as_suspected(analyst: User) -> None:
    a_firm("Fernlea Gangs Ltd", people=[darek()])
    a_firm("Oakholt Gangs Ltd", people=[darek(name="Dariusz Nowakowski")])
    tie = tied(some_intelligence(by=analyst), ("person", "Dariusz Nowak"), ("vehicle", "XY12 ABC"), by=analyst)

    found = said(file_of(tie, by=analyst))
    assert ("Dariusz Nowak", "Director", "Fernlea Gangs Ltd", Strength.SUSPECTED) in found
    assert not any("Oakholt" in row[2] for row in found)


def test_what_a_crowd_shares_finds_no_one(analyst: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("compliance.intelligence.queries.shared.MOST", 1)
    one = a_firm("Brankholt Staff Ltd", plate="AB12 CDE", people=[darek()])
    a_firm("Fernlea Gangs Ltd", plate="AB12 CDE", people=[darek()])
    tie = linked(one, ("person", "Marek Kowalski"), by=analyst)

    assert not any("Fernlea" in row[0] + row[2] for row in said(file_of(tie, by=analyst)))


def test_a_conflict_of_interest_takes_away_what_is_shared_too(analyst: User) -> None:
    one = a_firm("Brankholt Staff Ltd", plate="AB12 CDE", people=[darek()])
    other = a_firm("Fernlea Gangs Ltd", plate="AB12 CDE", people=[darek()])
    tie = linked(one, ("person", "Marek Kowalski"), by=analyst)
    conflicts.declare(analyst, organisation=other, because="My brother.", since=NOW.date(), by=analyst, at=NOW)

    assert not any("Fernlea" in row[0] + row[2] for row in said(file_of(tie, by=analyst)))
    handler = person("source_handler")
    assert not any(row.is_on_record for row in file_of(tie, by=handler).rows)
