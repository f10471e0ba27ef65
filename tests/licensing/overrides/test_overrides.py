"""What an authority replied itself is its own: two people override it, with a reason and evidence, and it is told."""

import csv
from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.urls import reverse

from licensing.applications.actions import applications
from licensing.checks.actions import checks as checks_actions
from licensing.checks.models import Check, Reply
from licensing.checks.queries import checks as checks_queries
from licensing.checks.queries.facts import facts_of
from licensing.decisions.queries.against import against
from licensing.overrides import actions
from licensing.overrides.models import ReplyOverride
from registry.accounts.models import User
from registry.agencies.models import Agency
from registry.conflicts import actions as conflicts
from registry.documents.models import Document
from registry.errors import Refused
from registry.letters.models import Letter
from registry.papers import words
from registry.refusals import actions as refusals
from registry.tasks import actions as task_actions
from registry.tasks.models import Task
from registry.trail.models.events import Event
from tests import stories
from tests.conftest import NOW
from tests.licensing.checks.agencies import EVIDENCE, a_check_put, a_letter, a_partner, an_agency, answered
from tests.licensing.checks.test_actions_exchange import ITEM, a_file, a_reply, a_signing_agency, take
from tests.licensing.overrides.world import WHERE, WHY, overridden, proposed
from tests.licensing.stories import TODAY, a_refusal_proposed, an_application_checked, later
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db


def codes(call: Any, *arguments: Any, **given: Any) -> list[str]:
    with pytest.raises(Refused) as refused:
        call(*arguments, **{"at": NOW, **given})
    return [reason.code for reason in refused.value.reasons]


@pytest.fixture
def reply() -> Reply:
    """The authority answered here that there is something."""
    return answered(a_check_put())


def result_of(reply: Reply) -> str:
    return Check.objects.get(pk=reply.asked_id).result


# --- no one records over it ---


def recorded(check: Check, **given: Any) -> Any:
    said = {"result": "nil", "evidence": "", "replied_on": TODAY, "by": person("case_officer"), **given}
    return checks_actions.record_result(check, at=NOW, **said)


def test_an_officer_cannot_record_over_what_the_authority_said(reply: Reply) -> None:
    assert codes(checks_actions.record_result, reply.asked, result="nil", evidence="", replied_on=TODAY,
                 by=person("case_officer")) == ["reply_of_authority"]  # fmt: skip
    assert result_of(reply) == "adverse"


def test_the_page_says_to_override_it_instead(reply: Reply) -> None:
    officer = signed_in(person("case_officer"))
    address = reverse("record_check", args=[reply.asked.reference])

    sent = officer.post(
        address, {"result": "nil", "replied_on_day": "2", "replied_on_month": "11", "replied_on_year": "2026"}
    )

    assert sent.status_code == 422
    assert "Override this reply instead" in sent.content.decode()
    page = officer.get(reverse("staff_check", args=[reply.asked.reference])).content.decode()
    assert reverse("override_reply", args=[reply.asked.reference]) in page
    assert address not in page
    assert result_of(reply) == "adverse"


def test_the_database_itself_refuses_a_reply_over_it(reply: Reply) -> None:
    written = {
        "reference": "Y-TEST", "asked": reply.asked, "result": "nil", "may_be_shown_to_subject": True,
        "may_be_passed_on": True, "replied_on": TODAY, "recorded_by": person("case_officer"), "recorded_at": NOW,
    }  # fmt: skip
    Reply.objects.filter(pk=reply.pk).update(replaced_at=NOW)
    for way in ("officer", "override"):
        with pytest.raises(DatabaseError, match="overridden by two people"), transaction.atomic():
            Reply.objects.create(**written, way=way)
    with pytest.raises(DatabaseError, match="stays as it was given"), transaction.atomic():
        Reply.objects.filter(pk=reply.pk).update(result="nil")


# --- two people ---


def test_one_person_changes_nothing_and_two_do(reply: Reply) -> None:
    first, second = person("case_officer"), person("case_officer")

    override = proposed(reply, by=first, uploads=[a_letter()])
    assert result_of(reply) == "adverse"
    assert codes(actions.agree_override, override, by=first) == ["same_person"]
    actions.agree_override(override, by=second, at=NOW)

    check = Check.objects.get(pk=reply.asked_id)
    now = check.replies.standing().get()
    override.refresh_from_db()
    assert (check.result, now.way, now.evidence, now.recorded_by) == ("nil", "override", WHY, second)
    assert (now.may_be_shown_to_subject, now.may_be_passed_on) == (False, False)
    assert override.made == now
    assert check.reply_of_agency == reply
    assert Document.objects.filter(about=override.reference).count() == 1
    assert check.application
    assert facts_of(check.application)["adverse_reply"] is False
    verbs = ("propose_override", "agree_override", "override_reply")
    assert list(Event.objects.filter(verb__in=verbs).order_by("number").values_list("verb", flat=True)) == [*verbs]
    assert WHY not in str(list(Event.objects.values_list("because", "facts")))


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"because": "No."}, ["no_reason"]),
        ({"evidence": " "}, ["no_evidence"]),
        ({"result": "adverse"}, ["nothing_changes"]),
        ({"result": "no_reply"}, ["unknown_result"]),
    ],
)
def test_an_override_needs_another_result_a_reason_and_evidence(
    reply: Reply, given: dict[str, Any], expected: list[str]
) -> None:
    whole = {"result": "nil", "because": WHY, "evidence": WHERE, "by": person("case_officer")}
    assert codes(actions.propose_override, reply.asked, **{**whole, **given}) == expected


def test_nothing_is_overridden_that_no_authority_said() -> None:
    check = a_check_put()
    whole = {"result": "nil", "because": WHY, "evidence": WHERE, "by": person("case_officer")}
    assert codes(actions.propose_override, check, **whole) == ["no_reply"]
    recorded(check, result="adverse", evidence="Told by telephone.")
    assert codes(actions.propose_override, Check.objects.get(pk=check.pk), **whole) == ["no_reply"]


def test_one_override_waits_at_a_time(reply: Reply) -> None:
    proposed(reply)
    whole = {"result": "no_trace", "because": WHY, "evidence": WHERE, "by": person("case_officer")}
    assert codes(actions.propose_override, reply.asked, **whole) == ["proposed_already"]


def test_the_reason_repeats_nothing_that_another_authority_replied() -> None:
    police = an_agency("Police", codes=["police"])
    own = answered(a_check_put(an_agency()), evidence="A conviction of 2019 for forgery of papers.")
    assert own.asked.application
    other = own.asked.application.checks.filter(agency=police)[0]
    answered(other, by=a_partner(police))
    whole = {"result": "nil", "evidence": WHERE, "by": person("case_officer")}

    assert codes(actions.propose_override, own.asked, because=f"We know: {EVIDENCE}", **whole) == ["restricted"]
    proposed(own, because="A conviction of 2019 for forgery of papers is of another man.")


def test_no_one_of_the_authority_takes_part(reply: Reply) -> None:
    partner = a_partner(reply.asked.agency)
    override = proposed(reply)

    for second in (partner, a_partner(reply.asked.agency)):
        with pytest.raises(PermissionDenied):
            actions.agree_override(override, by=second, at=NOW)
    # A person who has answered for the authority and works here since decides nothing about their own reply.
    moved = reply.recorded_by
    assert moved is not None
    moved.groups.set(person("case_officer").groups.all())
    moved.agency = None
    moved.save(update_fields=["agency"])
    moved = User.objects.get(pk=moved.pk)
    assert codes(actions.agree_override, override, by=moved) == ["of_authority"]


def test_a_second_role_of_the_same_person_is_the_same_person(reply: Reply) -> None:
    both = person("case_officer", "decision_maker")
    override = proposed(reply, by=both)
    assert codes(actions.agree_override, override, by=both) == ["same_person"]
    with pytest.raises(PermissionDenied):
        actions.agree_override(override, by=person("decision_maker"), at=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        ReplyOverride.objects.filter(pk=override.pk).update(status="agreed", ended_by=both, ended_at=NOW)


def test_who_has_a_conflict_of_interest_takes_no_part(reply: Reply) -> None:
    officer, other = person("case_officer"), person("case_officer")
    override = proposed(reply, by=other)
    conflicts.declare(
        officer, organisation=reply.asked.organisation, because="My brother runs it.", since=TODAY, by=officer, at=NOW
    )
    whole = {"result": "nil", "because": WHY, "evidence": WHERE}
    assert codes(actions.agree_override, override, by=officer) == ["conflicted"]
    assert codes(actions.propose_override, reply.asked, by=officer, **whole) == ["conflicted"]
    with pytest.raises(DatabaseError, match="conflict of interest"), transaction.atomic():
        ReplyOverride.objects.filter(pk=override.pk).update(status="agreed", ended_by=officer, ended_at=NOW)


def test_what_was_proposed_stays_as_it_was(reply: Reply) -> None:
    override = overridden(reply)
    rows = ReplyOverride.objects.filter(pk=override.pk)
    for change in ({"because": "Else."}, {"result": "no_trace"}, {"status": "proposed"}, {"made": None}):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.delete()


# --- refused, withdrawn ---


def test_who_proposed_it_learns_that_it_was_refused(reply: Reply) -> None:
    first = person("case_officer")
    override = proposed(reply, by=first)
    task = Task.objects.open().get(kind="replyoverride.agree")
    assert task.not_by == first

    actions.refuse_override(override, because="The court names him.", by=person("case_officer"), at=NOW)

    assert result_of(reply) == "adverse"
    told = Task.objects.open().get(kind="replyoverride.read_refusal")
    assert told.owner == first
    page = signed_in(first).get(told.address).content.decode()
    assert "The court names him." in page
    address = reverse("read_refusal_override", args=[override.reference])
    assert codes(refusals.read_reason, ReplyOverride.objects.get(), by=person("case_officer")) == ["not_proposer"]
    assert signed_in(first).post(address).status_code == 302
    assert not Task.objects.open().filter(kind__startswith="replyoverride").exists()


def test_another_reads_why_once_the_task_is_theirs(reply: Reply) -> None:
    """Who proposed it may have left."""
    override = proposed(reply, by=person("case_officer"))
    actions.refuse_override(override, because="The court names him.", by=person("case_officer"), at=NOW)
    another, told = person("case_officer"), Task.objects.open().get(kind="replyoverride.read_refusal")
    task_actions.assign(told, owner=another, by=person("manager"), at=NOW)

    assert signed_in(another).post(reverse("read_refusal_override", args=[override.reference])).status_code == 302
    assert not Task.objects.open().filter(pk=told.pk).exists()


def test_who_proposed_it_can_withdraw_it(reply: Reply) -> None:
    first = person("case_officer")
    override = proposed(reply, by=first)
    assert codes(actions.withdraw_override, override, by=person("case_officer")) == ["not_proposer"]
    actions.withdraw_override(override, by=first, at=NOW)
    assert result_of(reply) == "adverse"
    assert codes(actions.agree_override, ReplyOverride.objects.get(), by=person("case_officer")) == ["wrong_state"]


# --- the authority ---


def test_the_authority_answers_again_and_its_own_word_holds(reply: Reply) -> None:
    override = overridden(reply)

    again = answered(Check.objects.get(pk=reply.asked_id), by=a_partner(reply.asked.agency), at=later(1))

    override.refresh_from_db()
    assert (override.status, result_of(reply)) == ("withdrawn", "adverse")
    assert again.way == "agency"
    assert not Task.objects.open().filter(kind="replyoverride.read").exists()


def test_what_waits_for_a_second_person_ends_when_the_authority_answers_again(reply: Reply) -> None:
    override = proposed(reply)
    answered(Check.objects.get(pk=reply.asked_id), result="no_trace", evidence="", by=a_partner(reply.asked.agency))
    override.refresh_from_db()
    assert override.status == "withdrawn"
    assert codes(actions.agree_override, override, by=person("case_officer")) == ["wrong_state"]


def test_a_later_override_takes_the_place_of_an_earlier_one(reply: Reply) -> None:
    first = overridden(reply)
    second = overridden(reply, result="adverse", because="The court has corrected its certificate.")

    first.refresh_from_db()
    assert (first.status, second.status, result_of(reply)) == ("withdrawn", "agreed", "adverse")
    assert second.reply == reply


def test_nothing_is_overridden_once_the_case_is_over(reply: Reply) -> None:
    override = proposed(reply)
    case = reply.asked.application
    assert case
    applications.withdraw(case, because="Sold.", by=stories.holder_of(case.organisation), at=NOW)

    assert codes(actions.agree_override, override, by=person("case_officer")) == ["not_in_hand"]
    assert not Task.objects.open().filter(kind__startswith="replyoverride").exists()


# --- where it is shown ---


def test_it_is_shown_on_the_check_the_case_and_the_decision() -> None:
    case = a_check_put().application
    assert case
    reply = answered(case.checks.get(code="tax"))
    decision = a_refusal_proposed(an_application_checked(case))
    override = overridden(reply)
    officer, decider = person("case_officer"), person("decision_maker")
    names = f"{override.proposed_by} and {override.ended_by} decided “Nil return”"

    check = signed_in(officer).get(reverse("staff_check", args=[reply.asked.reference])).content.decode()
    assert "The authority said “Adverse” on 2 November 2026." in check
    assert names in check
    assert WHY in check
    assert EVIDENCE.split(" (")[0] in check
    page = signed_in(officer).get(reverse("application", args=[case.reference])).content.decode()
    assert "Overridden: the authority said “Adverse”" in page
    (row,) = (row for row in against(decision, by=decider, on=TODAY) if row.sort == "Overridden")
    assert names in row.about
    assert WHY in row.about
    assert not [row for row in against(decision, by=decider, on=TODAY) if row.sort == "Replaced"]
    assert WHY not in str(against(decision, by=person("auditor"), on=TODAY))
    auditor = signed_in(person("auditor")).get(reverse("staff_override", args=[override.reference])).content.decode()
    assert WHY not in auditor
    assert "The reason is withheld" in auditor


def test_what_waits_for_a_second_person_is_said_where_it_is_decided(reply: Reply) -> None:
    assert reply.asked.application
    decision = a_refusal_proposed(an_application_checked(reply.asked.application))
    proposed(reply)
    sorts = [str(row.sort) for row in against(decision, by=person("decision_maker"), on=TODAY)]
    assert "Not decided" in sorts
    assert "Adverse" in sorts


def test_the_list_says_which_are_overridden(reply: Reply) -> None:
    overridden(reply)
    file = signed_in(person("case_officer")).post("/staff/checks/list.csv").getvalue().decode("utf-8-sig")
    rows = {row["Check"]: row for row in csv.DictReader(StringIO(file))}
    assert {row["Overridden"] for row in rows.values()} == {"Yes", "No"}
    assert rows[reply.asked.reference]["Overridden"] == "Yes"


def test_words_that_may_not_go_out_stay_in(reply: Reply) -> None:
    overridden(reply, because="It owes 48,211 pounds no more, as paid on 1 October.")
    assert list(checks_queries.repeats(reply.asked.organisation, {"text": "paid: 48,211"}))


# --- side doors ---


def test_the_same_file_of_the_authority_again_changes_nothing_and_a_newer_answer_holds() -> None:
    check = a_check_put(a_signing_agency())
    said = a_reply(check, result="adverse", items=[ITEM])
    take(check, a_file(said))
    reply = check.replies.standing().get()
    override = actions.agree_override(proposed(reply, at=later(1)), by=person("case_officer"), at=later(1))
    assert result_of(reply) == "nil"

    again = take(check, a_file(said), at=later(1))
    assert (again.taken, again.known, result_of(reply)) == (0, 1, "nil")
    # Written before the override, and handed in after it: it is still what the authority says.
    assert take(check, a_file({**said, "items": [{**ITEM, "summary": "Three returns."}]}), at=later(1)).taken == 1
    override.refresh_from_db()
    assert (override.status, result_of(reply)) == ("withdrawn", "adverse")


def test_a_closed_check_is_not_put_to_another_authority(reply: Reply) -> None:
    other = an_agency("North", codes=["tax"])
    assert "answered" in codes(checks_actions.put, reply.asked, agency=other, by=person("case_officer"))


def test_a_stale_page_overrides_nothing(reply: Reply) -> None:
    address = reverse("override_reply", args=[reply.asked.reference])
    officer = signed_in(person("case_officer"))
    version = officer.get(address).context["form"].page_version
    answered(Check.objects.get(pk=reply.asked_id), evidence="Two convictions now.", by=a_partner(reply.asked.agency))

    sent = officer.post(address, {"version": version, "result": "nil", "because": WHY, "evidence": WHERE})

    assert sent.status_code == 409
    assert "This has changed since you opened the page" in sent.content.decode()
    assert WHY in sent.content.decode()
    assert not ReplyOverride.objects.exists()


def test_who_agrees_sees_that_it_was_withdrawn_meanwhile(reply: Reply) -> None:
    override = proposed(reply)
    address = reverse("agree_override", args=[override.reference])
    second = signed_in(person("case_officer"))
    version = second.get(address).context["form"].page_version
    actions.withdraw_override(override, by=override.proposed_by, at=NOW)
    assert second.post(address, {"version": version}).status_code == 409
    assert result_of(reply) == "adverse"


def test_the_letter_to_a_mailbox_says_neither_about_whom_nor_why(reply: Reply) -> None:
    override = overridden(reply)
    letter = Letter.objects.latest("pk")
    said = words.text(letter)
    assert letter.agency == reply.asked.agency
    assert letter.subject == "We have overridden your reply to a check"
    assert reply.asked.reference in said
    for kept in (WHY, reply.asked.subject, str(override.ended_by)):
        assert kept not in said


def test_a_letter_by_post_says_all_of_it() -> None:
    reply = answered(a_check_put())
    Agency.objects.update(way="post", email="", address={"line_1": "1 Tax Street", "town": "Sampleton"})
    override = overridden(Reply.objects.get(pk=reply.pk))
    said = words.text(Letter.objects.latest("pk"))
    for told in (WHY, WHERE, str(override.ended_by), "You replied “Adverse” on 2 November 2026."):
        assert told in said
    assert not Task.objects.open().filter(kind="replyoverride.read").exists()


def test_an_authority_that_speaks_welsh_is_told_in_welsh() -> None:
    reply = answered(a_check_put())
    for way, address in (("account", {}), ("post", {"line_1": "1 Tax Street", "town": "Sampleton"})):
        Agency.objects.update(way=way, email="" if address else "in@tax.example", address=address, language="cy")
        overridden(Reply.objects.get(pk=reply.pk), result="nil" if way == "account" else "no_trace")
        letter = Letter.objects.latest("pk")
        assert letter.subject == "Rydym wedi disodli eich ateb i wiriad"
        said = words.text(letter)
        for english in ("You replied", "Your reply", "Reason", "Evidence", "Adverse", "To read why"):
            assert english not in said
