"""People in the business: each once, with all roles, and who must act."""

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from licensing.applications.actions import applications
from licensing.applications.models import Application
from tests.conftest import NOW, SetClock
from tests.licensing.stories import a_licence, a_renewal_begun, weeks_before_the_end
from tests.people import signed_in
from tests.stories import PRINCIPAL, a_part_sent, an_application_answered, holder_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def rows(application: Application) -> dict[str, str]:
    """What the page says of each person, by the name it begins with."""
    client: Client = signed_in(holder_of(application.organisation))
    page = html.fromstring(client.get(reverse("parts", args=[application.reference])).content.decode())
    said = [" ".join(row.text_content().split()) for row in page.xpath("//main//ul[1]/li")]
    return {name: row for row in said for name in (PRINCIPAL, "Gethin Parry") if row.startswith(name)}


def test_each_person_is_there_once_with_every_role_and_what_is_left() -> None:
    application = an_application_answered()
    by = holder_of(application.organisation)
    applications.add_person(application, page="directors", item="same", person="principal-authority", by=by, at=NOW)

    said = rows(application)

    assert "Principal authority, Director" in said[PRINCIPAL] and "Completed" in said[PRINCIPAL]
    assert "Director" in said["Gethin Parry"] and "Send a link" in said["Gethin Parry"]


def test_what_is_missing_is_counted_and_leads_there() -> None:
    application = an_application_answered()
    director = application.answers.get(page="directors")
    data = {key: value for key, value in director.data.items() if key not in ("nationality", "own_trial")}
    application.answers.filter(pk=director.pk).update(data=data)

    assert "2 questions left" in rows(application)["Gethin Parry"]
    assert "Continue: Gethin Parry" in rows(application)["Gethin Parry"]


def test_who_was_sent_a_link_is_waited_for_until_a_day_and_nothing_is_said_of_their_answers() -> None:
    sent = a_part_sent()

    said = rows(sent.part.application)["Gethin Parry"]

    assert "not opened yet; to be answered by" in said and "See the link" in said
    assert "left" not in said and "Change" not in said


def test_a_renewal_lists_them_too(set_clock: SetClock) -> None:
    licence = a_licence()
    set_clock(weeks_before_the_end(licence, 6))

    said = rows(a_renewal_begun(licence))

    assert "1 question left" in said[PRINCIPAL] and "1 question left" in said["Gethin Parry"]
