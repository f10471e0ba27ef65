from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from licensing.holding.actions import changes
from registry.errors import Refused
from registry.letters.models import Letter
from registry.licences.models import Licence
from registry.register.models import Entry
from tests import stories
from tests.conftest import NOW
from tests.licensing.stories import TODAY, a_licence, a_revocation_proposed, day, decided, later, notified
from tests.people import person

pytestmark = pytest.mark.django_db


def standing(licence: Licence, on: date) -> str:
    return Entry.objects.filter(shown_until=None).standing_on(on).get(listing=licence.listing).standing


@pytest.mark.parametrize(
    "numbers", [{"company_number": "01234567"}, {"utr": "1234567895"}, {"vat_number": "123456782"}]
)
def test_a_changed_number_ends_the_licence_that_day(numbers: dict[str, str]) -> None:
    licence = a_licence()

    ended = changes.change_numbers(licence.organisation, changes=numbers, by=person("case_officer"), at=later(30))

    licence.refresh_from_db()
    assert ended == [licence]
    assert (licence.status, licence.ended_from) == ("ended", day(30))
    assert [standing(licence, day(n)) for n in (29, 30)] == ["licensed", "expired"]
    for field, number in numbers.items():
        assert getattr(licence.organisation, field) == number


def test_the_holder_is_told() -> None:
    licence = a_licence()

    changes.change_numbers(licence.organisation, changes={"utr": "1234567895"}, by=person("case_officer"), at=NOW)

    assert Letter.objects.get(template="licensing/letters/ended.html").reference == licence.number


def test_the_register_shows_the_new_number_of_an_applicant() -> None:
    application = stories.an_application_submitted()

    ended = changes.change_numbers(
        application.organisation, changes={"company_number": "01234567"}, by=person("case_officer"), at=NOW
    )

    assert ended == []
    assert Entry.objects.get(shown_until=None).company_number == "01234567"


def test_a_licence_that_is_over_stays_as_it_ended() -> None:
    licence = a_licence()
    decided(notified(a_revocation_proposed(licence)))

    changes.change_numbers(licence.organisation, changes={"utr": "1234567895"}, by=person("case_officer"), at=later(9))

    licence.refresh_from_db()
    assert (licence.status, licence.ended_from) == ("revoked", None)


def test_a_licence_that_ran_out_is_not_ended_again() -> None:
    licence = a_licence()

    changes.change_numbers(
        licence.organisation, changes={"utr": "1234567895"}, by=person("case_officer"), at=later(366)
    )

    licence.refresh_from_db()
    assert licence.ended_from is None


def test_changing_nothing_is_refused() -> None:
    licence = a_licence()
    same = {"utr": licence.organisation.utr}

    with pytest.raises(Refused) as refused:
        changes.change_numbers(licence.organisation, changes=same, by=person("case_officer"), at=NOW)

    assert [reason.code for reason in refused.value.reasons] == ["nothing_changed"]
    assert licence.valid_from == TODAY


def test_nothing_but_the_numbers_can_be_changed_this_way() -> None:
    licence = a_licence()

    with pytest.raises(ValueError, match="legal_name"):
        changes.change_numbers(licence.organisation, changes={"legal_name": "X"}, by=person("case_officer"), at=NOW)


@pytest.mark.parametrize("role", ["applicant", "decision_maker", "inspector", "manager"])
def test_changing_numbers_is_for_case_officers(role: str) -> None:
    licence = a_licence()

    with pytest.raises(PermissionDenied):
        changes.change_numbers(licence.organisation, changes={"utr": "1234567895"}, by=person(role), at=NOW)
