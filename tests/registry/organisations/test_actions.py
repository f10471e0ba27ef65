import pytest

from registry import search as index
from registry.organisations import actions as organisations
from registry.organisations.models import Organisation
from registry.trail.models.events import Event
from tests.conftest import NOW
from tests.people import person
from tests.registry.stories import an_organisation

pytestmark = pytest.mark.django_db


def found(text: str) -> set[int]:
    return {hit.subject for hit in index.find(text, index.STAFF)}


def test_who_opens_a_file_acts_for_the_organisation_and_nobody_else_does() -> None:
    rhian, stranger = person("applicant"), person("applicant")

    organisation = an_organisation(by=rhian)

    assert list(Organisation.objects.visible_to(rhian)) == [organisation]
    assert list(Organisation.objects.visible_to(stranger)) == []


def test_a_new_file_carries_the_language_and_address_of_who_opened_it() -> None:
    organisation = an_organisation(by=person("applicant", language="cy", email="rhian@people.example"))

    assert (organisation.language, organisation.email) == ("cy", "rhian@people.example")


def test_opening_a_file_is_written_down() -> None:
    organisation = an_organisation()

    event = Event.objects.latest("number")
    assert (event.verb, event.kind, event.reference) == ("open_file", "organisation", organisation.reference)


def test_staff_find_a_new_file_by_its_name() -> None:
    organisation = an_organisation("Abercwm Labour Ltd")

    assert found("abercwm") == {organisation.pk}


def test_updating_writes_the_change_and_only_the_change() -> None:
    organisation = an_organisation()

    organisations.update(
        organisation, changes={"legal_name": "Abercwm Labour Ltd", "website": "abercwm.example"}, by=None, at=NOW
    )

    organisation.refresh_from_db()
    assert organisation.website == "abercwm.example"
    assert Event.objects.latest("number").facts == {"website": "abercwm.example"}


def test_updating_with_what_is_there_already_leaves_no_event() -> None:
    organisation = an_organisation()
    before = Event.objects.count()

    organisations.update(organisation, changes={"legal_name": organisation.legal_name}, by=None, at=NOW)

    assert Event.objects.count() == before


def test_after_a_change_of_name_staff_find_the_new_one() -> None:
    organisation = an_organisation("Abercwm Labour Ltd")

    organisations.update(
        organisation,
        changes={"legal_name": "Newport Staff Ltd", "former_names": ["Abercwm Labour Ltd"]},
        by=None,
        at=NOW,
    )

    assert found("newport") == found("abercwm") == {organisation.pk}


@pytest.mark.parametrize("field", ["reference", "pk", "created_at", "nonsense"])
def test_updating_refuses_a_field_that_is_not_editable(field: str) -> None:
    organisation = an_organisation()

    with pytest.raises(ValueError, match=field):
        organisations.update(organisation, changes={field: "x"}, by=None, at=NOW)


def test_premises_are_put_on_the_file_once_and_brought_up_to_date() -> None:
    organisation = an_organisation()
    place = {"kind": "housing", "name": "Glan Hostel", "address": {"town": "Neath"}}
    organisations.name_premises(organisation, premises=[place], by=None, at=NOW)

    organisations.name_premises(organisation, premises=[{**place, "address": {"town": "Barry"}}], by=None, at=NOW)

    assert [premises.address for premises in organisation.premises.all()] == [{"town": "Barry"}]
    assert Event.objects.latest("number").facts == {"premises": ["Glan Hostel"]}
