from typing import Any

import pytest

from registry.organisations import actions as people
from registry.organisations.models import Organisation, Person, Role
from registry.trail.models.events import Event
from tests.conftest import NOW
from tests.registry.stories import an_organisation, day

pytestmark = pytest.mark.django_db

RHIAN: dict[str, Any] = {"full_name": "Rhian Prosser", "date_of_birth": day(-12000)}


def name(organisation: Organisation, kind: str = "director", **particulars: Any) -> Role:
    return people.name(organisation, kind=kind, particulars={**RHIAN, **particulars}, since=day(0), by=None, at=NOW)


def test_naming_a_person_gives_them_the_role_from_its_day() -> None:
    role = name(an_organisation())

    assert role.person is not None
    assert (role.person.full_name, role.kind, role.since, role.until) == ("Rhian Prosser", "director", day(0), None)
    assert Event.objects.latest("number").facts["role"] == "director"


def test_naming_the_same_person_again_brings_the_particulars_up_to_date() -> None:
    organisation = an_organisation()
    first = name(organisation)

    second = name(organisation, kind="principal_authority", nationality="Welsh")

    assert first.person == second.person
    assert Person.objects.get().nationality == "Welsh"


def test_a_particular_that_is_left_out_is_kept() -> None:
    organisation = an_organisation()
    name(organisation, telephone="+441234567890")

    name(organisation)

    assert Person.objects.get().telephone == "+441234567890"


def test_somebody_with_another_date_of_birth_is_somebody_else() -> None:
    organisation = an_organisation()

    assert name(organisation).person != name(organisation, date_of_birth=day(-9000)).person


def test_the_same_name_at_another_organisation_is_somebody_else_until_matched() -> None:
    assert name(an_organisation()).person != name(an_organisation("Barry Staff Ltd")).person


def test_naming_somebody_twice_in_one_role_leaves_one_role_and_one_event() -> None:
    organisation = an_organisation()
    name(organisation)
    before = Event.objects.count()

    name(organisation)

    assert Role.objects.count() == 1
    assert Event.objects.count() == before


def test_a_position_can_be_named_without_a_person() -> None:
    role = people.name(
        an_organisation(),
        kind="named_position",
        particulars={},
        title="Site supervisor",
        since=day(0),
        by=None,
        at=NOW,
    )

    assert (role.person, role.title) == (None, "Site supervisor")


def test_standing_down_ends_the_role_on_its_day() -> None:
    organisation = an_organisation()
    role = name(organisation)

    people.stand_down(role, until=day(10), by=None, at=NOW)

    assert [Role.objects.held_on(day(n)).count() for n in (9, 10)] == [1, 0]
    assert Event.objects.latest("number").verb == "stand_down"
