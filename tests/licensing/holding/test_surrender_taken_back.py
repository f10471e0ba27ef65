"""A holder keeps the licence after all: until the day before the surrender takes effect, by the page, and never after it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from licensing.decisions.models.decisions import Decision
from licensing.holding.actions import surrenders
from registry.accounts.models import User
from registry.errors import Refused
from registry.letters.models import Letter
from registry.licences.models import Licence
from registry.register.models import Entry, PublicReason
from registry.tasks.models import Task
from registry.trail.models.events import Event
from registry.trail.queries import agreement
from tests.conftest import NOW, SetClock
from tests.licensing.appeals.world import a_revocation_to_come, days, received
from tests.licensing.holding.test_actions_surrenders import asked, codes, given_up, standing
from tests.licensing.holding.world import the_holder
from tests.licensing.stories import a_licence, day, decided, later
from tests.people import person, signed_in
from tests.races import at_once
from tests.registry.stories import an_agent, somebody_acting

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery staple"
TYPED = {"takes_effect_day": "22", "takes_effect_month": "11", "takes_effect_year": "2026", "because": "I retire."}


def taken_back(licence: Licence, *, by: User | None = None, at: datetime = NOW) -> Licence:
    return surrenders.take_back(licence, by=by or the_holder(licence), at=at)


def test_before_it_is_decided_the_request_ends_and_nobody_waits_for_it() -> None:
    decision = asked()
    licence = decision.licence
    assert licence is not None
    assert Task.objects.open().filter(reference=decision.reference).exists()

    taken_back(licence, at=later(40))  # nothing takes effect that was not decided

    decision.refresh_from_db()
    assert decision.status == "dropped"
    assert not Task.objects.open().filter(reference=decision.reference).exists()
    letter = Letter.objects.get(subject="You keep your licence")
    assert letter.facts["decision"] == decision.reference


def test_until_the_day_before_the_licence_comes_back_as_it_was_and_the_register_says_so_at_once() -> None:
    licence = given_up()
    colleague = somebody_acting(licence.organisation, "representative")
    assert PublicReason.objects.filter(kind="surrendered", withdrawn_at=None).exists()

    taken_back(licence, by=colleague, at=later(19))

    licence.refresh_from_db()
    assert (licence.status, licence.surrendered_from, standing(licence, day(20))) == ("active", None, "licensed")
    assert not PublicReason.objects.filter(kind="surrendered", withdrawn_at=None).exists()
    assert Event.objects.get(verb="take_back_surrender").by == colleague.reference
    letter = Letter.objects.get(subject="You keep your licence")
    assert the_holder(licence).email in [letter.address, *letter.copies]
    assert list(agreement.faults()) == []
    assert surrenders.ask(
        licence, takes_effect=day(30), because="Now it is so.", by=colleague, at=later(19)
    ).reference  # and it can be asked for again


@pytest.mark.parametrize("days", [20, 21])
def test_from_its_day_on_it_is_refused_in_words(days: int) -> None:
    licence = given_up()

    with pytest.raises(Refused) as refused:
        taken_back(licence, at=later(days))

    assert codes(refused) == ["took_effect"]
    assert "The licence ended with 21 November 2026" in str(refused.value.reasons[0])


def test_a_clock_that_was_set_back_brings_no_licence_back() -> None:
    licence = given_up()
    a_licence(at=later(25))  # of another business: the day has been lived

    with pytest.raises(Refused) as refused:
        taken_back(licence, at=later(10))

    assert codes(refused) == ["took_effect"]


def test_what_was_never_asked_and_what_was_taken_back_is_not_taken_back_again() -> None:
    for licence in (taken_back(given_up(), at=later(3)), a_licence(at=later(3))):
        with pytest.raises(Refused) as refused:
            taken_back(licence, at=later(3))
        assert codes(refused) == ["not_asked"]


def test_an_agent_takes_nothing_back() -> None:
    licence = given_up()

    with pytest.raises(Refused) as refused:
        taken_back(licence, by=an_agent(licence.organisation), at=later(3))

    assert codes(refused) == ["not_for_agents"]


def test_a_licence_that_an_appeal_kept_alive_does_not_come_back_as_if_never_revoked() -> None:
    licence = received(a_revocation_to_come()).decision.licence
    assert licence is not None and licence.appealed_from is not None
    asked = surrenders.ask(licence, takes_effect=day(70), because="Enough.", by=the_holder(licence), at=days(30))
    decided(asked, by=person("decision_maker"), at=days(31))

    with pytest.raises(Refused) as refused:
        taken_back(licence, at=days(32))

    assert codes(refused) == ["was_appealed"]


# --- on the page ---


@pytest.fixture
def holder(set_clock: SetClock) -> tuple[Client, Licence]:
    set_clock(NOW)
    licence = a_licence()
    return signed_in(the_holder(licence)), licence


def test_it_is_checked_with_its_letter_before_it_is_asked_and_can_be_changed(
    holder: tuple[Client, Licence], set_clock: SetClock
) -> None:
    client, licence = holder
    address = reverse("surrender_licence", args=[licence.number])
    before = client.get(address).content.decode()
    assert "What it means" in before and "You pay no fee to surrender the licence." in before

    checked = client.post(address, {**TYPED, "preview": "1"}).content.decode()

    assert not Decision.objects.filter(kind="surrender").exists()
    assert "Check before you surrender the licence" in checked and "I retire." in checked
    assert "You have asked to give up your licence" in checked  # the letter
    changing = client.post(address, {**TYPED, "go_back": "1"})
    assert changing.status_code == 200
    assert changing.context["form"]["because"].value() == "I retire."
    late = client.post(address, {**TYPED, "takes_effect_year": "2029", "preview": "1"})
    assert late.status_code == 422 and "The licence expires before that day." in late.content.decode()

    done = client.post(address, TYPED, follow=True).content.decode()
    assert "You have asked to surrender the licence." in done and "What happens next" in done
    assert "A decision maker decides by" in done
    set_clock(NOW + timedelta(days=90))
    assert "We are late." in signed_in(the_holder(licence)).get(address).content.decode()


def test_who_asks_shows_who_they_are_first_and_types_nothing_twice(holder: tuple[Client, Licence]) -> None:
    client, licence = holder
    user = the_holder(licence)
    user.set_password(PASSWORD)
    user.save()
    client = signed_in(user)
    address = reverse("surrender_licence", args=[licence.number])
    shown = client.post(address, {**sealed(client, address), **TYPED, "preview": "1"})
    assert shown.status_code == 200

    answer = client.post(address, {**sealed(client, address), **TYPED})
    assert answer.headers["Location"].startswith("/account/reauthenticate/?next=")
    assert not Decision.objects.filter(kind="surrender").exists()
    client.post("/account/reauthenticate/", {"password": PASSWORD, "next": address})

    back = client.get(address).content.decode()
    assert "Check before you surrender the licence" in back and "I retire." in back
    client.post(address, TYPED)
    assert Decision.objects.filter(kind="surrender").count() == 1


def sealed(client: Client, address: str) -> dict[str, str]:
    page = client.get(address).content.decode()
    return {"seal": page.split('name="seal" value="')[1].split('"')[0]}


def test_the_licence_page_leads_to_keeping_it_and_says_that_it_is_kept(
    holder: tuple[Client, Licence], set_clock: SetClock
) -> None:
    _client, licence = holder
    decided(asked(licence), by=person("decision_maker"), at=later(2))
    set_clock(later(3))
    client = signed_in(the_holder(licence))
    keep = reverse("keep_licence", args=[licence.number])
    assert keep in client.get(reverse("licence", args=[licence.number])).content.decode()
    assert "the licence continues under its number" in client.get(keep).content.decode()

    done = client.post(keep, follow=True).content.decode()

    assert "You have taken the surrender back. You keep the licence." in done
    assert keep not in done
    assert Entry.objects.get(listing=licence.listing, shown_until=None).surrendered_from is None
    assert client.post(keep).status_code == 422


# --- at the same moment ---


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("decides", [True, False])
def test_of_two_at_once_one_is_refused_or_the_licence_is_kept_by_both_orders(decides: bool) -> None:
    decision = asked()
    licence = decision.licence
    assert licence is not None
    keeps: Callable[[], Any] = partial(surrenders.take_back, licence, by=the_holder(licence), at=NOW)
    other = partial(decided, decision, by=person("decision_maker"), at=NOW) if decides else keeps

    results = at_once(keeps, other)

    licence.refresh_from_db()
    assert licence.status == "active"
    refused = [result for result in results if isinstance(result, BaseException)]
    assert all(isinstance(result, Refused) for result in refused) and len(refused) <= 1
    assert decides or len(refused) == 1
    assert list(agreement.faults()) == []
