"""What a file is known again by follows the file, and can be written anew from it at any time."""

from typing import Any

import pytest
from django.core.management import call_command

from registry import matching
from registry.matching import match_keys as traits
from registry.matching.models import Trait, TraitKind
from registry.organisations import actions as people
from registry.organisations.models import Organisation, Person
from registry.retention import actions as erasures
from tests import stories
from tests.conftest import NOW
from tests.licensing.stories import a_licence
from tests.registry.stories import an_organisation, day

pytestmark = pytest.mark.django_db

PARTICULARS = {
    "full_name": "Gethin Parry",
    "date_of_birth": day(-17000),
    "nino": "AB123456C",
    "telephone": "+447700900123",
}


def kept() -> set[tuple[int, int | None, int, int]]:
    return set(Trait.objects.values_list("organisation", "person", "kind", "key"))


def kinds(organisation: Organisation, **of: Any) -> set[int]:
    return set(Trait.objects.filter(organisation=organisation, **of).values_list("kind", flat=True))


def named(organisation: Organisation, **particulars: Any) -> Person:
    said = {**PARTICULARS, **particulars}
    role = people.name(organisation, kind="director", particulars=said, since=day(0), by=None, at=NOW)
    assert role.person is not None
    return role.person


def test_a_file_is_known_again_from_the_moment_it_is_opened() -> None:
    assert TraitKind.NAME in kinds(an_organisation())


def test_naming_a_person_changing_particulars_and_facts_are_followed() -> None:
    organisation = an_organisation(telephone="+441632960123")
    person = named(organisation)
    people.write_down(organisation, facts={"vehicles": [{"registration": "AB12 CDE"}]}, source="test", at=NOW)

    assert {TraitKind.TELEPHONE, TraitKind.VEHICLE} <= kinds(organisation, person=None)
    assert {TraitKind.BORN, TraitKind.NINO, TraitKind.TELEPHONE} <= kinds(organisation, person=person)


def test_what_a_person_was_called_by_mistake_is_forgotten() -> None:
    organisation = an_organisation()
    person = named(organisation, telephone="+441632960111")
    mistaken = traits.key((TraitKind.TELEPHONE, "1632960111"))

    named(organisation, telephone="+441632960222")

    assert not Trait.objects.filter(person=person, key=mistaken).exists()


def test_a_restricted_fact_is_not_compared() -> None:
    """What another authority told may not be passed on (ACT s.19(3)): a look-alike found by it would tell."""
    organisation = an_organisation()
    vehicles = {"vehicles": [{"registration": "AB12 CDE"}]}

    people.write_down(organisation, facts=vehicles, source="hmrc", handling={"may_be_passed_on": False}, at=NOW)

    assert TraitKind.VEHICLE not in kinds(organisation)


def test_of_a_person_who_is_erased_the_name_stays() -> None:
    organisation = an_organisation()
    person = named(organisation)
    people.stand_down(person.roles.get(), until=day(0), by=None, at=NOW)

    erasures.erase_person(person, rule="people", by=None, at=NOW)

    assert kinds(organisation, person=person) == {TraitKind.NAMED}


def test_nothing_is_noted_twice() -> None:
    organisation = an_organisation(telephone="+441632960123")
    named(organisation)
    before = Trait.objects.count()

    named(organisation)
    people.update(organisation, changes={"website": "https://dyffryn.example"}, by=None, at=NOW)

    assert Trait.objects.count() == before + 1


def test_all_of_it_can_be_written_anew_and_comes_to_the_same() -> None:
    licence = a_licence()
    moved = licence.organisation
    people.update(moved, changes={"telephone": "+441632960999", "legal_name": "Another Ltd"}, by=None, at=NOW)
    stories.an_application_submitted(legal_name="Second Labour Ltd", transport=True)
    before = kept()
    Trait.objects.filter(kind=TraitKind.NAME).delete()

    call_command("rebuild_traits", verbosity=0)

    assert kept() == before
    former = traits.key((TraitKind.NAME, "dyffrynlabour"))
    assert Trait.objects.filter(organisation=moved, key=former).exists()


def test_a_file_of_which_nothing_is_noted_yet_is_added() -> None:
    organisation = an_organisation()
    named(organisation)
    before = kept()
    Trait.objects.all().delete()

    matching.add_files([organisation.pk])

    assert kept() == before
