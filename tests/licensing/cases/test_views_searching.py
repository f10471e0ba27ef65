"""One box on every list: a number, a name however spelt, somebody behind a firm, a postcode, a telephone number."""

from typing import Any

import pytest

from compliance.inspections.queries import inspections as compliance
from licensing.applications.models import Application
from licensing.cases.queries import work_list
from licensing.decisions.models.decisions import Decision
from licensing.decisions.queries import work_list as decisions_work_list
from licensing.holding.queries import changes as change_queries
from licensing.licences.queries import work_list as work_list_queries
from registry import search as index
from registry.accounts.models import User
from registry.filtersets import FilterSet
from registry.organisations import actions as people
from registry.organisations import queries as registry
from registry.organisations.models import Organisation, Person
from registry.retention import actions as erasures
from tests import stories
from tests.compliance.stories import an_inspection
from tests.conftest import NOW
from tests.licensing.holding.world import a_change
from tests.licensing.stories import TODAY, a_grant_proposed, a_licence, day
from tests.people import person
from tests.registry.stories import an_organisation

pytestmark = pytest.mark.django_db

WHERE = {"line_1": "2 Quay Street", "town": "Aberaeron", "postcode": "SA46 0BT", "country": "wales"}


@pytest.fixture
def officer() -> User:
    return person("case_officer", name="Nia Llwyd")


@pytest.fixture
def firm() -> Organisation:
    """With a telephone and an address of its own, and Gethin Parry as its director; beside another firm."""
    of_another = stories.an_application_submitted(
        legal_name="Blodwen Cyf", telephone="+441632960999", company_number="01234567"
    ).organisation
    people.name(of_another, kind="director", particulars={"full_name": "Wendy Ashworth"}, since=TODAY, by=None, at=NOW)
    firm = stories.an_application_submitted(legal_name="Penrhyn Gangs Ltd").organisation
    by = stories.holder_of(firm)
    firm = people.update(firm, changes={"address": WHERE, "telephone": "+441970612345"}, by=by, at=NOW)
    people.name(
        firm,
        kind="director",
        particulars={
            "full_name": "Zdzisława Okonkwo",
            "telephone": "+447700900123",
            "address": {"postcode": "LL57 1DT"},
        },
        since=TODAY,
        by=None,
        at=NOW,
    )
    return firm


def found(listed: FilterSet[Any]) -> list[Any]:
    return list(listed.found())


@pytest.mark.parametrize(
    "typed",
    [
        "Penrhyn Gangs",
        "penryn gangs limited",
        "Zdzislawa Okonkwo",
        "zdislawa okonkwo",
        "01970 612345",
        "+44 1970 612 345",
        "07700 900123",
        "SA46 0BT",
        "sa460bt",
        "LL57 1DT",
    ],
)
def test_a_case_is_found_by_whatever_is_known_of_the_firm_or_its_people(
    officer: User, firm: Organisation, typed: str
) -> None:
    cases = found(work_list.applications({"q": typed}, by=officer, on=TODAY))

    assert cases == [firm.applications.get()]


def test_every_list_of_staff_takes_the_same(officer: User) -> None:
    licence = a_licence()
    firm = licence.organisation
    proposed = a_grant_proposed()
    inspection = an_inspection(organisation=firm)
    told = a_change(licence=licence)

    for typed in ("Gethin Parry", licence.number, licence.number.lower(), "01632 960123"):
        assert licence in found(work_list_queries.licences({"q": typed}, by=officer, on=TODAY))
        assert firm in found(registry.organisations({"q": typed}, by=officer))
        assert inspection in found(compliance.inspections({"q": typed}, by=officer, on=TODAY))
        assert told in found(change_queries.changes({"q": typed}, by=officer))
        assert licence.applications.get() in found(work_list.applications({"q": typed}, by=officer, on=TODAY))
    decided = Decision.objects.filter(pk=proposed.pk) | Decision.objects.filter(application__licence=licence)
    listed = found(decisions_work_list.decisions({"q": "Gethin Parry"}, by=officer, on=TODAY))
    assert sorted(one.pk for one in listed) == sorted(one.pk for one in decided)


def test_a_firm_is_found_by_its_mobile_telephone_too(officer: User, firm: Organisation) -> None:
    case = stories.an_application_submitted(legal_name="Tregaron Crews Ltd", mobile="+447700900777")

    for typed in ("07700 900777", "+44 7700 900 777"):
        assert found(work_list.applications({"q": typed}, by=officer, on=TODAY)) == [case]


def test_a_reference_is_read_however_it_was_typed(officer: User, firm: Organisation) -> None:
    case = firm.applications.get()
    bare = case.reference.replace("-", "")

    for typed in (
        case.reference.lower(),
        bare.lower(),
        f"{bare[0]} {bare[1:5]} {bare[5:]}",
        f" {bare[:5]}-{bare[5:]} ",
    ):
        assert found(work_list.applications({"q": typed}, by=officer, on=TODAY)) == [case]


def test_an_inspection_is_found_by_its_own_reference_and_by_that_of_its_case(officer: User) -> None:
    case = stories.an_application_being_assessed()
    inspection = an_inspection(organisation=case.organisation, case=case.reference)
    an_inspection()

    for typed in (inspection.reference, case.reference.lower()):
        assert found(compliance.inspections({"q": typed}, by=officer, on=TODAY)) == [inspection]


def test_somebody_is_not_found_by_what_has_been_forgotten() -> None:
    firm = an_organisation()
    role = people.name(
        firm,
        kind="director",
        particulars={"full_name": "Mair Gwyn", "former_name": "Mair Prys", "telephone": "+447700900456"},
        since=day(-4000),
        by=None,
        at=NOW,
    )
    assert role.person
    people.stand_down(role, until=day(-3999), by=None, at=NOW)

    erasures.erase_person(role.person, rule="people", by=None, at=NOW)

    assert [one.subject for one in index.find("Mair Gwyn", index.PEOPLE)] == [role.person.pk]
    assert index.find("07700 900456", index.PEOPLE) == []
    assert index.find("Mair Prys", index.PEOPLE)[0].how == index.SearchMatch.SIMILAR


def test_the_index_says_that_it_lacks_somebody() -> None:
    assert index.is_at_last_entry()
    stories.an_application_submitted()
    assert index.is_at_last_entry()

    index.replace(index.PEOPLE, Person.objects.latest("pk").pk, [])

    assert not index.is_at_last_entry()


def test_drafts_are_found_by_nobody_of_the_staff(officer: User) -> None:
    stories.an_application(legal_name="Penrhyn Gangs Ltd")

    assert found(work_list.applications({"q": "Penrhyn Gangs"}, by=officer, on=TODAY)) == list(
        Application.objects.none()
    )
