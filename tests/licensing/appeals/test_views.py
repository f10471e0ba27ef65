"""Appeals on pages: an officer writes down what happens, another person carries it out, the appellant follows it at home."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from licensing.appeals.models import Appeal
from registry.licences.states import LicenceStatus
from tests import stories
from tests.conftest import SetClock
from tests.licensing.appeals.world import DECIDED, a_revocation_at_once, a_revocation_to_come, days, received
from tests.licensing.decisions.test_views import a_day
from tests.licensing.stories import TODAY, a_licence, later
from tests.people import person, signed_in
from tests.registry.uploads import pdfs

pytestmark = pytest.mark.django_db
LIST = "/staff/appeals/"


def an_officer() -> Client:
    return signed_in(person("case_officer"))


def sent(client: Client, address: str, **typed: Any) -> int:
    return client.post(address, typed).status_code


def test_an_appeal_goes_from_the_page_of_the_decision_to_what_it_came_to(set_clock: SetClock) -> None:
    set_clock(DECIDED)
    officer = an_officer()
    decision, today = a_revocation_to_come(), DECIDED.date()
    door = f"/staff/decisions/{decision.reference}/appeal/"
    assert door in officer.get(f"/staff/decisions/{decision.reference}/").content.decode()

    wrong = officer.post(door, {"grounds": "", **a_day("received_on", days(2))})
    assert wrong.status_code == 422 and "Write the grounds of the appeal." in wrong.content.decode()
    assert sent(officer, door, grounds="The photographs.", **a_day("received_on", today)) == 302
    appeal = Appeal.objects.get()
    here = f"{LIST}{appeal.reference}/"
    assert "licensed until the appeal is decided" in officer.get(here).content.decode()
    assert sent(officer, f"{here}acknowledge/", number="4100023/2026", **a_day("copied_on", today)) == 302
    assert appeal.reference in officer.get("/staff/dates/", {"clock": "appeal_reply"}).content.decode()
    assert sent(officer, f"{here}reply/", reply_text="We stand by it.", **a_day("replied_on", today)) == 302
    hearing = {"hearing_place": "Manchester", **a_day("hearing_on", days(60))}
    assert sent(officer, f"{here}hearing/", **hearing) == 302
    why = {"outcome": "allowed", "outcome_because": "The evidence."}
    assert sent(officer, f"{here}determine/", **why, **a_day("ended_on", today), **a_day("effect_on", today)) == 422
    heard = days(60)
    set_clock(DECIDED + timedelta(days=60))
    officer = an_officer()
    paper = SimpleUploadedFile("decision.pdf", pdfs.a_pdf())
    outcome = {**why, **a_day("ended_on", heard), **a_day("effect_on", heard), "documents": paper}
    assert sent(officer, f"{here}determine/", **outcome) == 302
    assert "decision.pdf" in officer.get(here).content.decode()
    assert sent(officer, f"{here}carry-out/") == 403

    assert sent(signed_in(person("decision_maker")), f"{here}carry-out/") == 302
    appeal.refresh_from_db()
    assert (appeal.status, appeal.outcome, appeal.number) == ("closed", "allowed", "4100023/2026")
    assert "The revocation is set aside" in officer.get(here).content.decode()


def test_its_subject_says_that_it_has_appealed_and_sees_what_becomes_of_it(
    set_clock: SetClock,
) -> None:
    set_clock(later(1))
    officer = an_officer()
    decision = a_revocation_at_once()
    holder = signed_in(stories.holder_of(decision.organisation))
    here = f"/licences/appeals/{decision.reference}/"
    home = holder.get("/licences/").content.decode()
    assert here in home and "You may appeal" in home
    assert "Alexandra House" in holder.get(here).content.decode()

    assert sent(holder, here, **a_day("sent_on", TODAY)) == 302
    assert "Nothing waits for it until then" in holder.get(here).content.decode()
    assert decision.organisation.legal_name in officer.get(LIST, {"status": "told"}).content.decode()
    received(decision, at=later(1))
    page = holder.get(here).content.decode()
    assert "What was decided holds while the appeal is heard." in page and "Your appeal has been received" in page
    assert sent(holder, here, **a_day("sent_on", TODAY)) == 422
    stranger = signed_in(person("applicant"))
    assert stranger.get(here).status_code == 404


def test_the_list_costs_the_same_however_long_it_is(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    officer = an_officer()
    received(a_revocation_at_once(), at=later(0))
    officer.get(LIST)
    with django_assert_num_queries(9) as counted:
        officer.get(LIST)
    received(a_revocation_at_once(licence=a_licence(legal_name="Blodwen Ltd")), at=later(0))

    with django_assert_num_queries(len(counted)):
        assert officer.get(LIST).context["page"].count == 2
    told = officer.post(f"{LIST}list.csv")
    assert b"Blodwen Ltd" in b"".join(told.streaming_content)  # type: ignore[attr-defined]
    found = officer.get(LIST, {"q": "Blodwen", "kind": "revoke", "status": "received"})
    assert found.context["page"].count == 1
    assert Appeal.objects.filter(decision__licence__status=LicenceStatus.REVOKED).count() == 2
