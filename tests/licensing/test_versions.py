"""No one overwrites what they have not seen: a form that is sent from an older page is refused, and keeps all that was typed."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from licensing.applications.models import Application
from licensing.cases.actions import notes
from licensing.checks.actions import checks
from licensing.checks.models import Check
from licensing.requests.actions import asking
from licensing.requests.models import InformationRequest
from registry.memberships.models import Membership
from registry.trail.actions import events as trail
from registry.trail.queries.versions import ChangedMeanwhile, SeenPage, seen, version_of
from tests import stories
from tests.conftest import NOW
from tests.licensing.checks.agencies import a_check_put, a_partner, answered
from tests.licensing.stories import TODAY, a_check_answered, a_request, an_application_checked, day
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db

CHANGED = "This has changed since you opened the page"
DAY = {"replied_on_day": "2", "replied_on_month": "11", "replied_on_year": "2026"}


def version_on(page: Any) -> int:
    """Of a declared step the page has it, of another page its form."""
    return int(page.context["form"].page_version)


def opened(client: Client, address: str) -> int:
    """The version of the page that this person has open."""
    page = client.get(address)
    version = version_on(page)
    assert f'name="version" value="{version}"' in page.content.decode()
    return version


def test_a_reply_does_not_overwrite_one_that_the_officer_has_not_seen() -> None:
    check = stories.an_application_being_assessed().checks.of_others()[0]
    address = reverse("record_check", args=[check.reference])
    owen, fatima = person("case_officer"), signed_in(person("case_officer"))
    version = opened(fatima, address)
    a_check_answered(check, "adverse", by=owen)

    typed = {"version": version, "result": "nil", "evidence": "Nothing in the register.", **DAY}
    stale = fatima.post(address, typed)

    said = stale.content.decode()
    assert stale.status_code == 409
    assert CHANGED in said
    assert "Reply to a check recorded" in said
    assert str(owen) in said
    assert "Nothing in the register." in said
    assert Check.objects.get(pk=check.pk).result == "adverse"

    now = version_on(stale)
    assert now > version
    assert fatima.post(address, {**typed, "version": now}).status_code == 302
    assert Check.objects.get(pk=check.pk).result == "nil"


def test_an_error_alone_makes_no_page_new() -> None:
    check = stories.an_application_being_assessed().checks.of_others()[0]
    address = reverse("record_check", args=[check.reference])
    officer = signed_in(person("case_officer"))
    version = opened(officer, address)
    wrong = officer.post(address, {"version": version, "result": "adverse", **DAY})
    assert wrong.status_code == 422
    assert version_on(wrong) == version
    a_check_answered(check, "adverse")
    assert officer.post(address, {"version": version, "result": "nil", **DAY}).status_code == 409


def test_a_reminder_changes_nothing_that_is_decided_on() -> None:
    check = a_check_put()
    address = reverse("record_check", args=[check.reference])
    officer = signed_in(person("case_officer"))
    version = opened(officer, address)
    trail.record(check, "remind_agency", by=None, at=NOW)
    assert officer.post(address, {"version": version, "result": "nil", **DAY}).status_code == 302


def test_a_program_that_has_no_page_is_not_asked_for_a_version() -> None:
    check = stories.an_application_being_assessed().checks.of_others()[0]
    checks.record_result(check, result="nil", evidence="", replied_on=TODAY, by=person("case_officer"), at=NOW)
    assert Check.objects.get(pk=check.pk).result == "nil"


def test_who_writes_a_note_has_seen_what_was_done_before() -> None:
    case = stories.an_application_being_assessed()
    address = reverse("write_note", args=[case.reference])
    officer, other = signed_in(person("case_officer")), person("case_officer")
    version = opened(officer, address)
    notes.write(case, text="The landlord is his brother.", by=other, at=NOW)

    stale = officer.post(address, {"version": version, "text": "The landlord is no one that he knows."})

    assert stale.status_code == 409
    assert "Note written" in stale.content.decode()
    assert "no one that he knows" in stale.content.decode()
    assert case.notes.count() == 1


# --- people outside ---


@pytest.fixture
def asked() -> InformationRequest:
    return a_request(due_on=day(9))


def answering(asked: InformationRequest) -> str:
    return reverse("answer_request", args=[asked.application.reference, asked.reference])


def test_a_holders_question_in_two_tabs(asked: InformationRequest) -> None:
    holder = stories.holder_of(asked.application.organisation)
    one, other = signed_in(holder), signed_in(holder)
    version = opened(one, answering(asked))
    assert opened(other, answering(asked)) == version
    kept = {"version": version, "answer_1": "We have two agreements.", "save": "1"}
    assert other.post(answering(asked), kept).status_code == 302

    stale = one.post(answering(asked), {"version": version, "answer_1": "We have none.", "save": "1"})

    assert stale.status_code == 409
    assert "We have none." in stale.content.decode()
    assert asked.items.get().answer == "We have two agreements."


def test_what_the_authority_does_makes_no_page_of_a_holder_old_and_is_not_told(asked: InformationRequest) -> None:
    holder = signed_in(stories.holder_of(asked.application.organisation))
    version = opened(holder, answering(asked))
    officer = person("case_officer")
    asking.extend(asked, due_on=day(12), by=officer, at=NOW)

    sent = holder.post(answering(asked), {"version": version, "answer_1": "We have none.", "save": "1"})

    assert sent.status_code == 302
    assert asked.items.get().answer == "We have none."


def test_who_applies_sends_what_they_have_read() -> None:
    application = stories.an_application_answered()
    holder = stories.holder_of(application.organisation)
    colleague = person("applicant")
    Membership.objects.create(organisation=application.organisation, user=colleague, kind="representative", since=NOW)
    client = signed_in(holder)
    page = client.get(reverse("check_answers", args=[application.reference]))
    version = page.context["sent"].page_version
    trail.record(application, "save_page", by=colleague, at=NOW, page="names", item="")

    sent = client.post(reverse("submit_application", args=[application.reference]), {"version": version})

    assert sent.status_code == 409
    assert "Page saved" in sent.content.decode()
    assert Application.objects.get(pk=application.pk).submitted_at is None


def test_a_partner_sees_what_a_colleague_did_and_nothing_of_ours() -> None:
    check = a_check_put()
    address = reverse("partner_check", args=[check.reference])
    joanne, colleague = signed_in(a_partner(check.agency)), a_partner(check.agency)
    version = opened(joanne, address)
    trail.record(check, "sanitise_reply", by=person("case_officer"), at=NOW)
    said = {"result": "nil", "may_be_shown_to_subject": "no", "may_be_passed_on": "no"}
    answered(check, by=colleague)

    stale = joanne.post(address, {"version": version, **said})

    assert stale.status_code == 409
    assert str(colleague) in stale.content.decode()
    assert "Shareable part" not in stale.content.decode()
    assert Check.objects.get(pk=check.pk).result == "adverse"


# --- at the same moment ---


def test_of_two_at_the_same_moment_the_second_is_refused_when_it_gets_the_thing() -> None:
    """As if the other's act had ended between the look at the version and the lock."""
    check = an_application_checked().checks.of_others()[0]
    subject = ("check", check.reference)
    with pytest.raises(ChangedMeanwhile) as refused, seen(SeenPage(version_of(subject)), subject):
        trail.record(check, "put_check", by=person("case_officer"), at=NOW)
        trail.locked(check)
    assert [event.verb for event in refused.value.events] == ["put_check"]


def test_what_the_act_itself_does_is_not_taken_for_a_change() -> None:
    check: Any = an_application_checked().checks.of_others()[0]
    subject = ("check", check.reference)
    with seen(SeenPage(version_of(subject)), subject):
        trail.locked(check)
        trail.record(check, "put_check", by=person("case_officer"), at=NOW)
        trail.locked(check)
