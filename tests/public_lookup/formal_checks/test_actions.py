"""A formal check is recorded, signed and told to the holder, and its maker is told of changes while the scheme says so."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from public_lookup import jobs
from public_lookup.follows.actions import follows
from public_lookup.follows.models.follows import Follow
from public_lookup.formal_checks import actions as checks
from public_lookup.formal_checks.models import FormalCheck
from public_lookup.lookup.queries.entries import NotShown
from public_lookup.receipts.models import Receipt
from public_lookup.receipts.queries.receipts import RecordVerdict, judge
from registry import schemes
from registry.accounts.models import User
from registry.errors import Refused
from registry.letters.models import Letter
from registry.licences.actions import licences
from registry.licences.models import Licence
from tests.conftest import NOW
from tests.people import person
from tests.public_lookup.stories import a_holder
from tests.registry.stories import a_decider

pytestmark = pytest.mark.django_db

WHO = {
    "business": "Orchard Farms Ltd",
    "name": "Priya Nair",
    "telephone": "01632 960456",
    "because": "Secret harvest plan.",
}
TOMORROW = NOW + timedelta(days=1)


@pytest.fixture
def licence() -> Licence:
    return a_holder("Harvest Hands Ltd", email="office@harvest.example")


@pytest.fixture
def labour_user() -> User:
    return person("labour_user", name="Priya Nair")


def made(licence: Licence, by: User, at: Any = NOW, **changes: str) -> FormalCheck:
    return checks.make(licence.number, **{**WHO, **changes}, by=by, at=at)


def suspended(licence: Licence, at: Any) -> None:
    licences.suspend(
        licence,
        starts=at.date(),
        until=at.date() + timedelta(days=30),
        because="Findings.",
        by=a_decider(),
        at=at,
    )


def told(address: str) -> list[Letter]:
    return list(Letter.objects.filter(address=address, template__endswith="changed.html"))


def test_a_formal_check_is_a_row_a_signed_proof_and_a_letter_to_the_holder(licence: Licence, labour_user: User) -> None:
    check = made(licence, labour_user)

    assert check.receipt.taken_by == labour_user
    assert check.receipt.record["checked_by"] == {"business": "Orchard Farms Ltd", "name": "Priya Nair"}
    assert judge(check.receipt.sealed).verdict is RecordVerdict.GENUINE
    letter = Letter.objects.get(template__endswith="checked.html")
    assert letter.organisation == licence.organisation and letter.address == "office@harvest.example"
    assert letter.facts["business"] == "Orchard Farms Ltd" and letter.facts["telephone"] == "01632 960456"


def test_the_holder_is_never_told_why(licence: Licence, labour_user: User) -> None:
    check = made(licence, labour_user)

    assert check.because == "Secret harvest plan."
    assert "Secret" not in str([letter.facts for letter in Letter.objects.all()])
    assert "Secret" not in str(check.receipt.sealed)


def test_keeping_it_to_who_may(licence: Licence) -> None:
    for who in ("case_officer", "intelligence_analyst", "people_administrator"):
        with pytest.raises(PermissionDenied):
            made(licence, person(who))
    made(licence, person("applicant"))  # a principal authority checks from the account that it has

    assert FormalCheck.objects.count() == 1


def test_once_a_day_so_that_the_holder_is_told_once(licence: Licence, labour_user: User) -> None:
    made(licence, labour_user)

    with pytest.raises(Refused) as refused:
        made(licence, labour_user, at=NOW + timedelta(hours=3))

    assert [reason.code for reason in refused.value.reasons] == ["checked_today"]
    assert Letter.objects.filter(template__endswith="checked.html").count() == Receipt.objects.count() == 1
    made(licence, labour_user, at=TOMORROW)
    made(licence, person("labour_user"), at=TOMORROW)
    made(a_holder("Meadow Staff"), labour_user, at=TOMORROW)


def test_a_scheme_without_formal_checks_refuses_one(
    licence: Licence, labour_user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    without = schemes.in_force(licence.scheme, NOW.date()).model_copy(update={"formal_check": None})
    monkeypatch.setattr(schemes, "in_force", lambda name, day: without)

    with pytest.raises(Refused) as refused:
        made(licence, labour_user)

    assert [reason.code for reason in refused.value.reasons] == ["no_formal_check"]
    assert not Receipt.objects.exists()


def test_nobody_of_this_number_is_no_check(labour_user: User) -> None:
    with pytest.raises(NotShown):
        checks.make("WXYZ0009", **WHO, by=labour_user, at=NOW)


# --- told of changes, for as long as the scheme says ---


def test_who_checked_is_told_of_a_change_without_confirming_anything(licence: Licence, labour_user: User) -> None:
    check = made(licence, labour_user)
    assert check.told_until and check.told_until.isoformat() == "2027-11-02"  # 12 months, by the pack

    jobs.tell_followers(at=NOW + timedelta(hours=1))
    assert told(labour_user.email) == []
    suspended(licence, TOMORROW)
    jobs.tell_followers(at=TOMORROW + timedelta(hours=1))

    assert len(told(labour_user.email)) == 1
    assert not Letter.objects.filter(template__endswith="confirm.html").exists()


def test_after_the_last_day_nothing_more_is_told(licence: Licence, labour_user: User) -> None:
    check = made(licence, labour_user)
    last = check.told_until
    assert last
    evening = NOW + (last - NOW.date()) + timedelta(hours=12)

    checks.stop_telling(by=None, at=evening)
    assert Follow.objects.live().count() == 1
    checks.stop_telling(by=None, at=evening + timedelta(days=1))
    assert Follow.objects.live().count() == 0
    assert timezone.localdate(evening) == last


def test_a_later_check_goes_on_where_the_first_ends(licence: Licence, labour_user: User) -> None:
    first = made(licence, labour_user)
    later = made(licence, labour_user, at=NOW + timedelta(days=200))
    assert first.told_until and later.told_until and Follow.objects.count() == 1

    checks.stop_telling(by=None, at=NOW + timedelta(days=380))
    assert Follow.objects.live().count() == 1
    checks.stop_telling(by=None, at=NOW + timedelta(days=600))
    assert Follow.objects.live().count() == 0


def test_what_somebody_follows_by_themselves_is_not_stopped(licence: Licence, labour_user: User) -> None:
    own = follows.ask(
        listing=licence.listing, address=labour_user.email, language="en-gb", by=None, at=NOW - timedelta(days=3)
    )
    follows.confirm(own, by=None, at=NOW - timedelta(days=2))

    check = made(licence, labour_user)
    checks.stop_telling(by=None, at=NOW + timedelta(days=600))

    assert check.follow is None and check.told_until
    assert Follow.objects.live().count() == 1


def test_what_was_asked_for_and_never_confirmed_is_confirmed_by_the_account(
    licence: Licence, labour_user: User
) -> None:
    asked = follows.ask(listing=licence.listing, address=labour_user.email, language="cy", by=None, at=NOW)

    assert made(licence, labour_user).follow == asked
    assert Follow.objects.live().count() == 1
