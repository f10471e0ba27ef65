"""Everyone reads why a licence was refused, has a condition or ended: by the policy of the pack, from its day, in one sentence."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from licensing import jobs
from licensing.appeals.actions import appeals
from licensing.appeals.queries.reasons import reasons_to_show
from licensing.decisions.actions import public_reasons as actions
from licensing.decisions.models.decisions import Decision
from licensing.decisions.models.reasons import ReasonCorrection
from licensing.decisions.queries import public_reasons as queries
from licensing.decisions.rules import public_reasons as rules
from licensing.decisions.rules.proposals import GivenCondition
from registry import schemes
from registry.errors import Refused
from registry.licences.models import Licence
from registry.organisations.models import Role
from registry.register.models import Entry, PublicReason
from registry.register.queries import faults as register_faults
from registry.tasks.models import Task
from tests.compliance.hand_overs.world import an_identified_report
from tests.conftest import NOW, SetClock
from tests.licensing.appeals.world import DECIDED, a_revocation_to_come, ended, received, replied
from tests.licensing.stories import (
    a_grant_proposed,
    a_refusal_proposed,
    a_revocation_proposed,
    decided,
    later,
    notified,
)
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db
REVOKED = "The licence was revoked. This licensing standard was not met:"


def reasons(doing: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as refused:
        doing()
    return [reason.code for reason in refused.value.reasons]


def shown(licence: Licence) -> Entry:
    return Entry.objects.get(listing=licence.listing, shown_until=None)


def a_revocation(**given: Any) -> Decision:
    return decided(notified(a_revocation_proposed()), **given)


def licence_of(decision: Decision) -> Licence:
    assert decision.licence is not None
    return decision.licence


@pytest.fixture
def refusals_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """The policy of a pack that shows refusals."""
    pack = schemes.in_force("gla-food", NOW.date())
    showing = pack.model_copy(update={"public": pack.public.model_copy(update={"show_refused": True})})
    monkeypatch.setattr(schemes, "in_force", lambda name, day: showing)


# --- held back, and published on its day ---


@pytest.mark.both
def test_why_a_licence_was_revoked_is_held_back_until_no_one_can_appeal(set_clock: SetClock) -> None:
    decision = a_revocation()
    licence, reason = licence_of(decision), PublicReason.objects.get()
    assert decision.appeal_by is not None
    assert reason.shown_from == decision.appeal_by + timedelta(days=1)
    assert shown(licence).reasons is None
    page = Client().get(f"/check/{licence.number}/").content.decode()
    assert REVOKED not in page

    after = NOW + (reason.shown_from - NOW.date())
    set_clock(after - timedelta(days=1))
    assert jobs.publish_reasons(at=after - timedelta(days=1)) == 0
    set_clock(after)
    assert jobs.publish_reasons(at=after) == 1
    assert jobs.publish_reasons(at=after) == 0

    said = shown(licence).reasons
    assert said and said[0]["standard"] == reason.standard and said[0]["sentence"]["en"].startswith(REVOKED)
    page = Client().get(f"/check/{licence.number}/").content.decode()
    assert page.count(REVOKED) == 2  # now, and in the history
    assert list(register_faults()) == []


def test_the_reason_waits_as_long_as_an_appeal_is_open(set_clock: SetClock) -> None:
    decision = a_revocation()
    assert decision.appeal_by is not None
    received = later(3)
    appeals.receive(
        decision, received_on=received.date(), grounds="It is not so.", by=person("case_officer"), at=received
    )
    after = NOW + (decision.appeal_by - NOW.date()) + timedelta(days=30)
    set_clock(after)
    assert jobs.publish_reasons(at=after) == 0
    assert reasons_to_show(after.date()) == []


@pytest.mark.both
def test_a_condition_is_explained_at_once() -> None:
    condition = GivenCondition("1.1", "Show the accounts.", NOW.date() + timedelta(days=60))
    decision = decided(a_grant_proposed(conditions=[condition]))

    entry = Entry.objects.get(shown_until=None)
    assert [(one["kind"], one["standard"]) for one in entry.reasons or ()] == [("condition", "1.1")]
    assert PublicReason.objects.get().decision == decision.reference
    told = Client().get(f"/api/v1/register/{entry.number}").json()
    assert told["reasons"][0]["sentence"].startswith("A condition was put on the licence")


def test_the_standards_of_one_decision_are_in_order_on_the_page() -> None:
    due = NOW.date() + timedelta(days=60)
    decided(a_grant_proposed(conditions=[GivenCondition(code, "Show the accounts.", due) for code in ("1.1", "1.4")]))

    page = Client().get(f"/check/{Entry.objects.get(shown_until=None).number}/").content.decode()

    assert 0 < page.index("#1.1", page.index('id="reasons"')) < page.index("#1.4", page.index('id="reasons"'))


def test_a_refusal_is_not_explained_where_refusals_are_not_shown() -> None:
    decided(notified(a_refusal_proposed()), at=later(30))
    assert not PublicReason.objects.exists()


@pytest.mark.usefixtures("refusals_are_shown")
def test_a_refusal_is_explained_where_they_are_once_the_time_to_appeal_is_over(set_clock: SetClock) -> None:
    decision = decided(notified(a_refusal_proposed()), at=later(30))
    reason = PublicReason.objects.get()
    assert reason.is_held_back and decision.appeal_by is not None
    after = NOW + (reason.shown_from - NOW.date())
    set_clock(after)
    jobs.publish_reasons(at=after)
    entry = Entry.objects.get(shown_until=None)
    assert entry.reasons and entry.reasons[0]["kind"] == "refused"


# --- the sentence ---


def test_who_decides_may_shorten_the_sentence() -> None:
    decision = notified(a_revocation_proposed())
    one = queries.composed_reasons(decision, schemes.in_force("gla-food", NOW.date()))[0]
    decided(decision, reasons={one.standard: "Wages were not paid."})
    reason = PublicReason.objects.get()
    assert (reason.sentence, reason.is_composed) == ({"en": "Wages were not paid."}, False)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("x" * 301, "reason_too_long"),
        ("It broke\nthe rules.", "reason_too_long"),
    ],
)
def test_a_sentence_is_one_line(text: str, code: str) -> None:
    decision = notified(a_revocation_proposed())
    standard = decision.grounds.get().standard
    assert reasons(lambda: decided(decision, reasons={standard: text})) == [code]
    assert not PublicReason.objects.exists()


def test_a_sentence_names_no_person_of_the_business() -> None:
    decision = notified(a_revocation_proposed())
    standard = decision.grounds.get().standard
    role = Role.objects.filter(organisation=decision.organisation, person__isnull=False).first()
    assert role is not None and role.person is not None
    text = f"Wages were kept by {role.person.full_name}."
    assert reasons(lambda: decided(decision, reasons={standard: text})) == ["names_person"]


def test_a_sentence_says_nothing_of_who_reported() -> None:
    decision = notified(a_revocation_proposed())
    details = {"called": "Zofia Kowalczyk", "telephone": "07700 900 461", "email": "", "safe_times": ""}
    an_identified_report(licence=decision.licence, contact="direct", details=details)
    standard = decision.grounds.get().standard
    text = "Kowalczyk told us about the wages."
    assert reasons(lambda: decided(decision, reasons={standard: text})) == ["who_reported"]


def test_on_the_page_the_sentence_is_beside_the_decision() -> None:
    decision = notified(a_revocation_proposed())
    page = signed_in(person("decision_maker")).get(f"/staff/decisions/{decision.reference}/decide/").content.decode()
    assert REVOKED in page and "once the time to appeal is over" in page


def test_workers_read_it_in_their_language(set_clock: SetClock) -> None:
    decision = a_revocation()
    reason = PublicReason.objects.get()
    after = NOW + (reason.shown_from - NOW.date())
    set_clock(after)
    jobs.publish_reasons(at=after)
    number = licence_of(decision).number
    assert "Dirymwyd y drwydded." in Client().get(f"/cy/check/{number}/").content.decode()
    polish = Client().get(f"/pl/check/{number}/").content.decode()
    assert REVOKED not in polish and "Licencja została cofnięta." in polish


# --- corrected by two ---


@pytest.mark.both
def test_a_reason_is_corrected_by_two_and_the_history_keeps_what_was_said(set_clock: SetClock) -> None:
    officer, second = person("case_officer"), person("decision_maker", name="Bethan Rees")
    decision = a_revocation()
    reason = PublicReason.objects.get()
    after = NOW + (reason.shown_from - NOW.date())
    set_clock(after)
    jobs.publish_reasons(at=after)
    words = {"sentence": "Wages were paid late.", "because": "It was about late wages only."}

    desk = signed_in(officer)
    page = desk.get(f"/staff/decisions/{decision.reference}/").content.decode()
    assert "Published reasons" in page
    assert desk.post(f"/staff/published-reasons/{reason.pk}/correct/", words).status_code == 302
    correction = ReasonCorrection.objects.get()
    assert Task.objects.open().filter(kind="reasoncorrection.agree").exists()
    with pytest.raises(DatabaseError), transaction.atomic():
        ReasonCorrection.objects.filter(pk=correction.pk).update(status="agreed", ended_by=officer, ended_at=after)
    assert reasons(lambda: actions.propose_correction(reason, **words, by=officer, at=after)) == ["proposed_already"]

    office = signed_in(second)
    address = f"/staff/published-reasons/corrections/{correction.reference}/agree/"
    assert "Wages were paid late." in office.get(address).content.decode()
    actions.agree_reason_correction(correction, by=second, at=after + timedelta(minutes=1))

    licence = licence_of(decision)
    assert [one["sentence"] for one in shown(licence).reasons or ()] == [{"en": "Wages were paid late."}]
    before = Entry.objects.filter(listing=licence.listing).exclude(reasons=None).order_by("entry_number").first()
    assert before and before.reasons and before.reasons[0]["sentence"]["en"].startswith(REVOKED)
    assert list(register_faults()) == []


def test_what_an_appeal_withdrew_is_not_published_again_by_a_correction(set_clock: SetClock) -> None:
    decision = a_revocation_to_come()
    officer, second = person("case_officer"), person("decision_maker", name="Bethan Rees")
    words = {"sentence": "Wages were paid late.", "because": "It was about late wages only."}
    correction = actions.propose_correction(PublicReason.objects.get(), **words, by=officer, at=NOW)
    ended(replied(received(decision, at=DECIDED, extended=True)), allowed=True)
    jobs.publish_reasons(at=DECIDED)

    set_clock(DECIDED)
    assert reasons(lambda: actions.agree_reason_correction(correction, by=second, at=DECIDED)) == ["withdrawn"]

    page = signed_in(second).get(f"/staff/decisions/{decision.reference}/").content.decode()
    refuse = f"/staff/published-reasons/corrections/{correction.reference}/refuse/"
    assert refuse in page
    actions.refuse_reason_correction(correction, because="An appeal was allowed.", by=second, at=DECIDED)
    assert not Task.objects.open().filter(kind="reasoncorrection.agree").exists()
    assert not PublicReason.objects.filter(withdrawn_at=None).exists()


def test_who_proposed_a_correction_does_not_agree() -> None:
    decision = a_revocation()
    reason = PublicReason.objects.get()
    officer = person("case_officer")
    words = {"sentence": "Wages were paid late.", "because": "It was about late wages only."}
    correction = actions.propose_correction(reason, **words, by=officer, at=NOW)
    assert [one.code for one in rules.agree_correction_blockers(correction, by=officer)] == ["same_person"]
    actions.refuse_reason_correction(correction, because="It is right as it is.", by=person("decision_maker"), at=NOW)
    assert PublicReason.objects.get().sentence["en"].startswith(REVOKED)
    assert decision.reference in str(reason)


@pytest.mark.both
def test_the_database_keeps_a_published_reason_as_it_was() -> None:
    a_revocation()
    reason = PublicReason.objects.filter(pk=PublicReason.objects.get().pk)
    with pytest.raises(DatabaseError), transaction.atomic():
        reason.update(sentence={"en": "Something else."})
    with pytest.raises(DatabaseError), transaction.atomic():
        reason.delete()


def test_only_upheld_grounds_are_published() -> None:
    decision = notified(a_revocation_proposed())
    scheme = schemes.in_force("gla-food", NOW.date())
    numbers = list(decision.grounds.values_list("number", flat=True))
    assert len(queries.composed_reasons(decision, scheme)) == 1
    assert queries.composed_reasons(decision, scheme, but=numbers) == ()
