"""What another authority replies here, what officers do with it, and what nobody may write because of it."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from licensing import jobs
from licensing.applications.actions import applications
from licensing.checks.actions import checks as checks_actions
from licensing.checks.actions import release as checks
from licensing.checks.models import Check, Reply
from licensing.checks.queries import checks as checks_queries
from licensing.checks.rules.handling import Reader, Restriction
from licensing.decisions.actions import hearings, proposals
from licensing.decisions.queries import grounds as grounds_queries
from licensing.decisions.rules.grounds import GivenGround
from licensing.decisions.rules.proposals import GivenCondition
from licensing.inspections import actions as visits
from licensing.messages import actions as messages
from licensing.requests.actions import asking
from licensing.requests.rules import GivenItem
from licensing.retention.queries.personal import person_export
from registry.agencies import actions as agencies
from registry.agencies.models import Agency
from registry.documents.models import Document
from registry.errors import Refused
from registry.letters.models import Letter
from registry.organisations.models import Role
from registry.trail.models.events import Event
from tests import stories
from tests.conftest import NOW
from tests.licensing.checks.agencies import EVIDENCE, a_check_put, a_letter, a_partner, an_agency, answered
from tests.licensing.stories import TODAY, a_licence, a_refusal_proposed, an_application_checked, day
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db


FREE: dict[str, Any] = {"may_be_shown_to_subject": True, "may_be_passed_on": True}


def reasons(call: Any, *arguments: Any, **given: Any) -> list[str]:
    with pytest.raises(Refused) as refused:
        call(*arguments, **given)
    return [reason.code for reason in refused.value.reasons]


def checks_put(agency: Agency) -> list[Check]:
    """All that is put to the authority about one application that is being assessed."""
    application = stories.an_application_being_assessed()
    jobs.ask_authorities(at=NOW)
    return list(application.checks.filter(agency=agency).order_by("pk"))


# --- putting and answering ---


def test_a_check_is_put_to_the_one_authority_that_answers_it() -> None:
    tax, _police = an_agency(), an_agency("Police", codes=["police"], way="post")

    application = stories.an_application_submitted()

    put = dict(application.checks.values_list("code", "agency__name"))
    assert put["tax"] == tax.name
    assert put["police"] == "Police"
    assert put["immigration"] is None


def test_of_several_authorities_an_officer_chooses() -> None:
    an_agency("North", codes=["police"])
    south = an_agency("South", codes=["police"])
    check = stories.an_application_submitted().checks.filter(code="police")[0]
    assert check.agency is None

    checks_actions.put(check, agency=south, by=person("case_officer"), at=NOW)

    put = Check.objects.get(pk=check.pk)
    assert (put.agency, put.asked_at, put.sent_on, put.due_on) == (south, None, TODAY, day(28))


def test_putting_refuses_an_authority_that_does_not_answer_it_and_one_that_has_it() -> None:
    check, other = a_check_put(), an_agency("Police", codes=["police"])
    officer = person("case_officer")

    assert reasons(checks_actions.put, check, agency=other, by=officer, at=NOW) == ["not_its_check"]
    assert reasons(checks_actions.put, check, agency=check.agency, by=officer, at=NOW) == ["no_change"]


def test_the_authority_answers_itself_and_says_what_may_be_done_with_it() -> None:
    check = a_check_put()
    partner = a_partner(check.agency)

    reply = answered(check, by=partner, restriction="For the decision only.", uploads=[a_letter()])

    check.refresh_from_db()
    assert (check.result, check.replied_on) == ("adverse", TODAY)
    assert (reply.way, reply.answered_by, reply.recorded_by) == ("agency", partner.name, partner)
    assert (reply.may_be_shown_to_subject, reply.may_be_passed_on) == (False, False)
    assert Document.objects.get(about=reply.reference).organisation is None
    assert Event.objects.get(verb="record_check").facts["reply"] == reply.reference


def test_nobody_answers_for_another_authority() -> None:
    check = a_check_put()
    other = a_partner(an_agency("Police", codes=["police"]))

    for stranger in (other, person("partner_agency"), person("case_officer")):
        with pytest.raises(PermissionDenied):
            answered(check, by=stranger)


def test_an_authority_that_is_asked_no_more_sees_nothing() -> None:
    check = a_check_put()
    partner = a_partner(check.agency)
    assert Check.objects.put_to(partner).count() == 1
    assert check.agency

    agencies.close(check.agency, because="The agreement has ended.", by=person("people_administrator"), at=NOW)

    assert not Check.objects.put_to(partner).exists()


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"result": "adverse", "evidence": " "}, ["adverse_without_evidence"]),
        ({"result": "no_reply"}, ["unknown_result"]),
        ({"result": ""}, ["unknown_result"]),
    ],
)
def test_an_answer_that_cannot_be_is_refused(given: dict[str, Any], expected: list[str]) -> None:
    assert reasons(answered, a_check_put(), **given) == expected


def test_what_still_waits_is_not_needed_once_the_application_is_withdrawn() -> None:
    check = a_check_put()
    partner = a_partner(check.agency)
    assert check.application

    applications.withdraw(check.application, because="Sold.", by=stories.holder_of(check.organisation), at=NOW)

    check.refresh_from_db()
    assert (check.result, check.chase_on) == ("not_needed", None)
    assert not Check.objects.put_to(partner).exists()


# --- the restriction travels ---


def test_an_officer_can_tighten_what_the_pack_allows_and_never_loosen_it() -> None:
    application = stories.an_application_being_assessed()
    officer = person("case_officer")
    tax, safety = application.checks.get(code="tax"), application.checks.get(code="safety")

    for check, given in ((tax, Restriction(True, True)), (safety, Restriction(False, True, "An open case."))):
        checks_actions.record_result(
            check, result="nil", evidence="", replied_on=TODAY, tighter=given, by=officer, at=NOW
        )

    written = {reply.asked.code: reply for reply in Reply.objects.select_related("asked")}
    assert not written["tax"].may_be_shown_to_subject
    assert not written["tax"].may_be_passed_on
    assert not written["safety"].may_be_shown_to_subject
    assert written["safety"].restriction == "An open case."


def kept_from(reply: Reply, reader: Reader) -> list[str]:
    return [secret.words.strip() for secret in checks_queries.kept_back(reply.asked.organisation, reader)]


def test_the_authority_agrees_and_the_words_of_its_agreement_are_kept() -> None:
    reply = answered(a_check_put())
    assert reply.evidence in kept_from(reply, Reader.SUBJECT)

    checks.release(
        reply,
        to_subject=True,
        to_others=False,
        given_by="A. Taxwoman",
        given_on=TODAY,
        words="You may quote it in your notice (letter TX/12).",
        by=person("case_officer"),
        at=NOW,
    )

    assert reply.evidence not in kept_from(reply, Reader.SUBJECT)
    assert reply.evidence in kept_from(reply, Reader.OTHERS)
    assert Event.objects.get(verb="release_reply").facts["given_by"] == "A. Taxwoman"


def test_agreement_needs_somebody_words_a_day_and_something_to_agree_to() -> None:
    reply = answered(a_check_put())
    nothing = {"to_subject": False, "to_others": False, "given_by": " ", "given_on": day(1), "words": "Yes."}

    found = reasons(checks.release, reply, **nothing, by=person("case_officer"), at=NOW)

    assert found == ["of_nothing", "by_nobody", "no_words", "in_the_future"]


def test_words_that_may_be_said_repeat_nothing_of_the_reply() -> None:
    reply, officer = answered(a_check_put()), person("case_officer")

    assert reasons(checks.sanitise, reply, text="It owes 48,211 pounds.", by=officer, at=NOW) == ["restricted"]
    reply = checks.sanitise(reply, text="Its tax affairs are not in order.", by=officer, at=NOW)

    assert (reply.sanitised, reply.sanitised_by) == ("Its tax affairs are not in order.", officer)


QUOTED = "The tax office says that it hides two sites from us, which is grave."


@pytest.mark.parametrize("text", [EVIDENCE, QUOTED, "48211 pounds are owed."])
def test_no_text_to_the_applicant_repeats_what_it_may_not_read(text: str) -> None:
    reply, officer = answered(a_check_put()), person("case_officer")
    application = reply.asked.application
    assert application
    said: dict[str, Any] = {"by": officer, "at": NOW}
    grounds = [GivenGround("1.1", text, "A letter."), GivenGround("1.1", "Debts.", text)]

    assert reasons(asking.ask, application, items=[GivenItem(text=text)], due_on=day(9), **said) == ["restricted"]
    assert reasons(messages.reply, application, text=text, **said) == ["restricted"]
    assert "restricted" in reasons(
        proposals.propose, application, kind="refuse", because=text, grounds=[GivenGround("1.1", "a", "b")], **said
    )
    for ground in grounds:
        found = reasons(proposals.propose, application, kind="refuse", because="x", grounds=[ground], **said)
        assert found == ["restricted"]
    an_application_checked(application)
    condition = GivenCondition("1.1", text, day(40))
    assert "restricted" in reasons(
        proposals.propose, application, kind="grant", because="x", starts=day(1), conditions=[condition], **said
    )
    assert not Letter.objects.filter(facts__icontains="48,211").exists()


def test_the_page_for_further_grounds_says_what_may_not_be_shown_to_the_subject() -> None:
    application = answered(a_check_put()).asked.application
    assert application
    decision = a_refusal_proposed(an_application_checked(application))

    page = signed_in(person("case_officer")).get(f"/staff/decisions/{decision.reference}/supplement/")

    assert "it may not be shown to the subject" in page.content.decode()
    assert "48,211" not in page.content.decode()


def test_a_ground_rests_on_the_words_that_may_be_said_of_a_restricted_reply_and_never_on_the_reply() -> None:
    reply = answered(a_check_put())
    application = reply.asked.application
    assert application
    offered = grounds_queries.offered_for(application, today=TODAY)
    assert any("Revenue of Sampleshire" in source for source in offered.withheld)
    assert "48,211" not in str(offered)

    checks.sanitise(reply, text="Its tax affairs are not in order.", by=person("case_officer"), at=NOW)

    key = f"check:{reply.asked.reference}"
    assert key in dict(grounds_queries.offered_for(application, today=TODAY).exhibits)
    ground = GivenGround("1.1", "It has not paid.", exhibits=(key,))
    decision = proposals.propose(
        application, kind="refuse", because="Debts.", grounds=[ground], by=person("case_officer"), at=NOW
    )
    assert decision.grounds.get().exhibits.get().text == "Its tax affairs are not in order."


def test_a_brief_does_not_pass_on_what_may_not_be_passed_on() -> None:
    application = answered(a_check_put(), may_be_shown_to_subject=True).asked.application
    assert application
    given: dict[str, Any] = {
        "inspector": person("inspector"),
        "due_on": day(20),
        "by": person("case_officer"),
        "at": NOW,
    }

    assert reasons(visits.commission, application, brief=QUOTED, **given) == ["restricted"]
    assert visits.commission(application, brief="Ask to see the books.", **given).brief


def test_a_letter_refuses_it_however_it_came_so_far() -> None:
    """As if a notice had been proposed before the reply came: what is written then is looked at again when it is sent."""
    check, officer = a_check_put(), person("case_officer")
    application = check.application
    assert application
    decision = proposals.propose(
        application, kind="refuse", because=QUOTED, grounds=[GivenGround("1.1", "a", "b")], by=officer, at=NOW
    )
    answered(check)

    assert reasons(hearings.notify, decision, by=officer, at=NOW) == ["restricted"]


def test_what_was_replied_of_a_person_elsewhere_is_not_said_here_either() -> None:
    """A reply follows the person, whatever firm it was asked for."""
    police = an_agency("Police", codes=["police"])
    check = checks_put(police)[0]
    answered(check)
    elsewhere = stories.a_provider("Quite Another Ltd")
    Role.objects.create(organisation=elsewhere, person=check.person, kind="director", since=TODAY)

    assert [secret.words for secret in checks_queries.kept_back(elsewhere, Reader.SUBJECT)] == [f"{EVIDENCE}"]


def test_an_organisation_of_whom_nothing_was_replied_can_be_told_anything() -> None:
    answered(a_check_put())
    licence = a_licence(stories.a_provider("Quite Another Ltd"))

    assert list(checks_queries.repeats(licence.organisation, {"because": EVIDENCE})) == []


# --- subject access ---


def test_a_person_is_given_what_may_be_shown_and_told_what_is_withheld() -> None:
    police = an_agency("Police", codes=["police"])
    check = checks_put(police)[0]
    assert check.person
    answered(check)

    withheld = person_export(check.person, today=TODAY)["checks"][0]["replies"]
    answered(check, **FREE)
    shown = person_export(check.person, today=TODAY)["checks"][0]["replies"]

    assert withheld == [{"withheld": True, "may_be_said": ""}]
    assert sorted(str(one.get("evidence")) for one in shown) == sorted([EVIDENCE, "None"])
