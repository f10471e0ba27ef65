"""A renewal in which nothing has changed: read, confirm, pay."""

import pytest
from django.urls import reverse

from tests.conftest import SetClock
from tests.licensing.applications.walking import Walk
from tests.licensing.holding.world import the_holder
from tests.licensing.stories import a_licence, weeks_before_the_end
from tests.people import signed_in
from tests.stories import PRINCIPAL

pytestmark = [pytest.mark.django_db, pytest.mark.once]
BAR = 6


def test_an_unchanged_renewal_is_read_confirmed_and_paid_on_six_pages(set_clock: SetClock) -> None:
    licence = a_licence()
    set_clock(weeks_before_the_end(licence, 6))
    walk = Walk(signed_in(the_holder(licence)), lambda name: {"signature": PRINCIPAL}.get(name))

    confirm = walk.press(walk.open(reverse("renew_licence", args=[licence.number])))
    application = licence.renewals.get()
    sign = walk.press(confirm)
    check = walk.press(sign)
    walk.press(check, reverse("submit_application", args=[application.reference]))
    walk.open(reverse("application_payments", args=[application.reference]))

    application.refresh_from_db()
    assert application.submitted_at and application.version
    assert len(walk.seen) <= BAR, walk.seen
    assert [name for name, _words in walk.typed if "own_matters" in name and "director" in name]


def test_what_is_wrong_or_missing_names_its_question_and_nothing_is_saved(set_clock: SetClock) -> None:
    licence = a_licence()
    set_clock(weeks_before_the_end(licence, 6))
    client = signed_in(the_holder(licence))
    walk = Walk(client)
    walk.press(walk.open(reverse("renew_licence", args=[licence.number])))

    refused = client.post(walk.seen[-1], {"insolvency-insolvencies-company_insolvency": "yes"})

    words = refused.content.decode()
    assert refused.status_code == 422 and "Do any of these apply to this person? – Tick all that apply" in words
    assert 'href="#id_insolvency' not in words and "<title>Error: " in words
    assert not licence.renewals.get().answers.filter(page="insolvency").exists()
