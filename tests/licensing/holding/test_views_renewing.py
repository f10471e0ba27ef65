"""The way to a renewal on the holder's pages, and what the officer sees of it."""

from datetime import timedelta

import pytest
from django.test import Client

from licensing.applications.models import Application
from registry.licences.models import Licence
from registry.tasks import jobs as tasks
from tests.conftest import NOW, SetClock
from tests.licensing.stories import (
    a_licence,
    a_renewal_begun,
    a_renewal_checked,
    a_renewal_handed_in,
    a_renewal_proposed,
    decided,
    weeks_before_the_end,
)
from tests.people import person, signed_in
from tests.stories import holder_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def holder(licence: Licence) -> Client:
    return signed_in(holder_of(licence.organisation))


def text(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_before_renewal_opens_the_holder_is_told_from_when(set_clock: SetClock) -> None:
    licence = a_licence()
    client = holder(licence)

    assert "You can renew it from" in text(client, f"/licences/{licence.number}/")
    assert "Start the renewal" not in text(client, f"/licences/{licence.number}/renew/")
    answer = client.post(f"/licences/{licence.number}/renew/")
    assert answer.status_code == 422
    assert "This licence can be renewed from" in answer.content.decode()
    assert not Application.objects.filter(renews=licence).exists()


def test_once_open_it_waits_among_what_the_holder_must_do_and_is_begun_by_one_button(set_clock: SetClock) -> None:
    licence = a_licence()
    set_clock(weeks_before_the_end(licence, 5))
    client = holder(licence)

    tasks.open_due(at=weeks_before_the_end(licence, 5))
    duties = {duty.text: duty.href for duty in client.get("/licences/").context["duties"]}
    assert duties == {
        "Tell us once you have started supplying": f"/licences/{licence.number}/supply/",
        "Renew the licence": f"/licences/{licence.number}/renew/",
    }
    page = text(client, f"/licences/{licence.number}/renew/")
    assert "£" in page and "From " in page and "the register will say" in page
    answer = client.post(f"/licences/{licence.number}/renew/")

    begun = Application.objects.get(renews=licence)
    assert answer.headers["Location"] == f"/apply/{begun.reference}/again/"
    assert f"Renewing licence {licence.number}" in text(client, f"/apply/{begun.reference}/")
    duties = {duty.text: duty.due for duty in client.get("/licences/").context["duties"]}
    assert duties == {
        "Tell us once you have started supplying": None,
        "Finish the renewal": licence.valid_until,
    }
    assert begun.reference in text(client, f"/licences/{licence.number}/")
    assert "Go on with the renewal" in text(client, f"/licences/{licence.number}/renew/")


@pytest.mark.both
def test_pressing_the_button_twice_begins_one_renewal(set_clock: SetClock) -> None:
    application = a_renewal_begun()
    assert application.renews
    set_clock(application.started_at)

    answer = holder(application.renews).post(f"/licences/{application.renews.number}/renew/")

    assert answer.status_code == 422
    assert Application.objects.filter(renews=application.renews).count() == 1


def test_the_fee_for_renewing_is_shown_before_sending(set_clock: SetClock) -> None:
    application = a_renewal_begun()
    assert application.renews
    set_clock(application.started_at)

    page = text(holder(application.renews), f"/apply/{application.reference}/check-answers/")
    assert "The fee is <strong>£" in page


def test_the_officer_sees_what_it_renews_and_what_has_changed() -> None:
    application = a_renewal_handed_in(trading_names=["Fresh Fields"])
    assert application.renews

    page = text(signed_in(person("case_officer")), f"/staff/applications/{application.reference}/")

    assert f'href="/staff/licences/{application.renews.number}/"' in page
    assert page.count("Changed since last time") >= 1


def test_the_form_of_the_proposal_offers_the_day_after_the_last(set_clock: SetClock) -> None:
    application = a_renewal_checked()
    assert application.renews and application.submitted_at
    set_clock(application.submitted_at)

    client = signed_in(person("case_officer"))
    form = client.get(f"/staff/applications/{application.reference}/propose/grant/").context["form"]

    assert form["starts"].initial == application.renews.valid_until + timedelta(days=1)


def test_once_renewed_the_holder_reads_the_new_last_day(set_clock: SetClock) -> None:
    decision = a_renewal_proposed()
    decided(decision, by=person("decision_maker"), at=decision.proposed_at)
    set_clock(decision.proposed_at)
    licence = Licence.objects.get()

    assert licence.valid_until.year == NOW.year + 2
    assert str(licence.valid_until.year) in text(holder(licence), f"/licences/{licence.number}/")
