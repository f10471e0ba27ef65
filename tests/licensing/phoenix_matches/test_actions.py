"""Look-alikes are found when somebody hands in, tells something, or by night; judged with a reason; and stay as judged."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from licensing import jobs
from licensing.applications.actions import applications
from licensing.applications.models import Application
from licensing.decisions.actions import proposals
from licensing.decisions.queries import readiness
from licensing.decisions.states.decisions import DecisionStatus
from licensing.holding.actions import changes
from licensing.phoenix_matches import actions as radar
from licensing.phoenix_matches.models import Look, LookAlike
from licensing.phoenix_matches.queries import search as radar_queries
from licensing.phoenix_matches.states import RecordKind
from registry import matching
from registry.errors import Refused
from registry.organisations import actions as facts
from registry.organisations.models import Organisation
from registry.tasks.models import Task
from registry.trail.models.events import Event
from tests import stories
from tests.conftest import NOW
from tests.licensing.phoenix_matches.world import (
    RUNS,
    TELEPHONE,
    a_judge,
    a_look_alike,
    come_back,
    handed_in,
    licensed,
    revoked,
)
from tests.licensing.stories import (
    TODAY,
    a_check_answered,
    a_refusal_proposed,
    a_revocation_proposed,
    an_application_checked,
    decided,
    dismissed,
    later,
    notified,
)
from tests.people import person

pytestmark = pytest.mark.django_db

WHY = "The same man, by his passport."


def look(organisation: Organisation, *, days: int = 0) -> list[LookAlike]:
    return radar.look([organisation], by=None, at=later(days))


def kinds(look_alike: LookAlike) -> set[tuple[str, str]]:
    return {(one["kind"], one["how"]) for one in look_alike.signals}


def records(look_alike: LookAlike) -> set[str]:
    return {one["kind"] for one in look_alike.records}


def reasons(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.code for reason in refused.value.reasons]


# --- found


def test_a_firm_that_comes_back_is_found_as_soon_as_it_hands_in() -> None:
    before = revoked()

    again = come_back()

    (found,) = LookAlike.objects.all()
    assert (found.organisation, found.other) == (again.organisation, before.organisation)
    assert kinds(found) == {("born", "slip"), ("telephone", "same")}
    assert records(found) == {RecordKind.REVOKED}
    assert found.is_strong
    event = Event.objects.get(kind="lookalike")
    assert (event.verb, event.reference) == ("find", found.reference)


def test_the_trail_does_not_keep_whose_the_evidence_is() -> None:
    a_look_alike()

    said = str(Event.objects.get(kind="lookalike").facts)

    assert "Zhelyazkov" not in said
    # A code may hold "P-" by chance, as O-ZJMP-X9JF does; a reference to a person begins with it.
    assert not re.search(r"\bP-", said)


def test_an_honest_applicant_is_looked_at_and_nothing_is_found() -> None:
    revoked()

    honest = handed_in("Honest Hands Ltd")

    assert not LookAlike.objects.exists()
    assert Look.objects.get(organisation=honest.organisation).at == NOW


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        ("refused", {RecordKind.REFUSED}),
        ("proposed", {RecordKind.PROPOSED}),
        ("escaped", {RecordKind.ESCAPED}),
        ("adverse", {RecordKind.ADVERSE_REPLY}),
        ("nothing", None),
    ],
)
def test_who_is_like_somebody_against_whom_something_speaks_is_found(end: str, expected: set[str] | None) -> None:
    before = handed_in("Abercwm Labour Ltd", director=RUNS, telephone=TELEPHONE)
    END[end](before)

    again = come_back()

    found = LookAlike.objects.filter(organisation=again.organisation).first()
    assert (records(found) if found else None) == expected


def _checked(application: Application) -> Application:
    return an_application_checked(
        stories.an_application_being_assessed(stories.an_application_paid(application)), judged=False
    )


def _refused(application: Application) -> None:
    decided(notified(a_refusal_proposed(_checked(application))), at=later(15))


def _escaped(application: Application) -> None:
    notified(a_refusal_proposed(_checked(application)))
    applications.withdraw(application, because="Second thoughts.", by=application.started_by, at=NOW)


def _adverse(application: Application) -> None:
    check = application.checks.order_by("pk")[0]
    application = stories.an_application_being_assessed(stories.an_application_paid(application))
    a_check_answered(check, "adverse")


END: dict[str, Any] = {
    "refused": _refused,
    "proposed": lambda one: notified(a_refusal_proposed(_checked(one))),
    "escaped": _escaped,
    "adverse": _adverse,
    "nothing": lambda one: None,
}


def test_whoever_is_like_a_holder_is_shown_and_holds_no_grant_up() -> None:
    """Two firms of one group may well be licensed each."""
    licensed("Abercwm Labour Ltd", director=RUNS, telephone=TELEPHONE)

    again = come_back()

    (found,) = LookAlike.objects.filter(organisation=again.organisation)
    assert records(found) == {RecordKind.LICENSED}
    assert found.points >= matching.STRONG
    assert not found.is_strong


def test_a_holder_is_not_like_another_holder_but_like_one_who_lost_the_licence() -> None:
    licensed("Abercwm Labour Ltd", director=RUNS, telephone=TELEPHONE)
    second = licensed("Green Valley Staff", director=RUNS, telephone=TELEPHONE).organisation
    LookAlike.objects.all().delete()

    assert look(second) == []

    revoked("Third Ltd", director=RUNS, telephone=TELEPHONE)
    (found,) = look(second)
    assert found.other.legal_name == "Third Ltd"


def test_whatever_goes_wrong_with_it_the_application_is_in(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_args: object, **_options: object) -> None:
        raise RuntimeError

    revoked()
    with monkeypatch.context() as patch:
        patch.setattr(matching, "alike", fails)
        again = come_back()

    assert again.status == "submitted"
    assert not Look.objects.filter(organisation=again.organisation).exists()

    assert jobs.look_for_look_alikes(at=NOW) == 1
    assert LookAlike.objects.filter(organisation=again.organisation).exists()


# --- again and again


def test_looking_again_changes_nothing_and_tells_nothing() -> None:
    found = a_look_alike()
    events = Event.objects.count()

    assert look(found.organisation, days=1) == []

    assert LookAlike.objects.get().changed_at == found.changed_at
    assert Event.objects.count() == events


def test_of_one_that_is_open_the_evidence_grows() -> None:
    found = a_look_alike()
    for one in (found.organisation, found.other):
        facts.write_down(one, facts={"vehicles": [{"registration": "AB12 CDE"}]}, source="test", at=NOW)

    assert look(found.organisation, days=1) == [found]

    now = LookAlike.objects.get()
    assert ("vehicle", "same") in kinds(now)
    assert now.points > found.points
    assert (now.found_at, now.changed_at) == (found.found_at, later(1))


def test_what_was_dismissed_stays_dismissed() -> None:
    found = dismissed(a_look_alike(), because="Cousins.")

    assert look(found.organisation, days=1) == []

    assert [one.status for one in LookAlike.objects.all()] == ["dismissed"]


def test_less_evidence_or_more_who_share_it_do_not_open_it_again() -> None:
    found = dismissed(a_look_alike(), because="Cousins.")
    handed_in("Another Ltd", telephone=TELEPHONE)

    assert look(found.organisation, days=1) == []


def test_what_was_dismissed_comes_again_with_new_evidence_and_says_what_is_new() -> None:
    found = dismissed(a_look_alike(), because="Cousins.")
    for one in (found.organisation, found.other):
        facts.write_down(one, facts={"vehicles": [{"registration": "AB12 CDE"}]}, source="test", at=NOW)

    (again,) = look(found.organisation, days=1)

    assert again.follows == found
    assert [news.split()[0] for news in again.news] == ["vehicle"]
    assert LookAlike.objects.get(pk=found.pk).status == "dismissed"
    assert look(found.organisation, days=2) == []


def test_what_the_other_has_done_since_is_new_too() -> None:
    before = licensed("Abercwm Labour Ltd", director=RUNS, telephone=TELEPHONE)
    again = come_back()
    dismissed(a_look_alike(again), because="One group.")
    decided(notified(a_revocation_proposed(before)))

    (found,) = look(again.organisation, days=1)

    assert {news.split()[0] for news in found.news} == {RecordKind.REVOKED}
    assert found.is_strong


def test_what_was_confirmed_is_not_opened_again() -> None:
    found = radar.confirm(a_look_alike(), because=WHY, by=a_judge(), at=NOW)
    for one in (found.organisation, found.other):
        facts.write_down(one, facts={"vehicles": [{"registration": "AB12 CDE"}]}, source="test", at=NOW)

    assert look(found.organisation, days=1) == []


# --- judged


def test_an_officer_confirms_with_a_reason() -> None:
    by = a_judge()

    found = radar.confirm(a_look_alike(), because=WHY, by=by, at=NOW)

    assert (found.status, found.because, found.closed_by, found.closed_at) == ("confirmed", WHY, by, NOW)
    event = Event.objects.latest("number")
    assert (event.verb, event.because, event.before, event.after) == ("confirm", WHY, "open", "confirmed")


def test_an_officer_dismisses_with_a_reason() -> None:
    found = dismissed(a_look_alike(), because="Cousins.")

    assert (found.status, found.because) == ("dismissed", "Cousins.")


def test_who_finds_out_better_judges_again() -> None:
    found = dismissed(a_look_alike(), because="Cousins.")

    assert radar.confirm(found, because=WHY, by=a_judge(), at=later(1)).status == "confirmed"
    assert dismissed(found, because="Not so.", at=later(2)).status == "dismissed"


def judged(found: LookAlike, verdict: str) -> LookAlike:
    return (
        dismissed(found, because=WHY)
        if verdict == "dismiss"
        else radar.confirm(found, because=WHY, by=a_judge(), at=NOW)
    )


def test_strong_evidence_is_dismissed_by_two_and_waits_for_the_second() -> None:
    first, second, found = a_judge(), a_judge(), a_look_alike()

    proposed = radar.dismiss(found, because="Cousins.", by=first, at=NOW)

    assert (proposed.status, proposed.dismissal_by) == ("open", first)
    task = Task.objects.open().get(subject_pk=found.pk, kind="lookalike.agree")
    assert not Task.objects.open().filter(subject_pk=found.pk, kind="lookalike.judge").exists()
    assert task.not_by == first
    with pytest.raises(Refused) as refused:
        radar.dismiss(found, because="Cousins.", by=first, at=NOW)
    assert reasons(refused) == ["proposed_oneself"]
    done = radar.dismiss(found, because="Their grandfathers were brothers.", by=second, at=NOW)
    assert (done.status, done.closed_by) == ("dismissed", second)


def test_the_second_may_confirm_instead_and_weak_evidence_takes_one() -> None:
    found = radar.dismiss(a_look_alike(), because="Cousins.", by=a_judge(), at=NOW)

    confirmed = radar.confirm(found, because=WHY, by=a_judge(), at=NOW)

    assert (confirmed.status, confirmed.dismissal_by) == ("confirmed", None)
    LookAlike.objects.filter(pk=found.pk).update(is_strong=False)
    assert radar.dismiss(found, because="Cousins.", by=a_judge(), at=NOW).status == "dismissed"


def test_the_database_keeps_that_two_dismiss_strong_evidence() -> None:
    found, judge = a_look_alike(), a_judge()
    gone = {"status": "dismissed", "because": "Cousins.", "closed_by": judge, "closed_at": NOW}

    for more in ({}, {"dismissal_by": judge}):
        with pytest.raises(IntegrityError), transaction.atomic():
            LookAlike.objects.filter(pk=found.pk).update(**gone, **more)


@pytest.mark.parametrize("verdict", ["confirm", "dismiss"])
def test_nobody_judges_without_a_reason(verdict: str) -> None:
    with pytest.raises(Refused) as refused:
        getattr(radar, verdict)(a_look_alike(), because="  ", by=a_judge(), at=NOW)

    assert reasons(refused) == ["no_reasons"]


@pytest.mark.parametrize("verdict", ["confirm", "dismiss"])
def test_nobody_judges_twice_alike(verdict: str) -> None:
    found = judged(a_look_alike(), verdict)

    with pytest.raises(Refused) as refused:
        getattr(radar, verdict)(found, because=WHY, by=a_judge(), at=NOW)

    assert reasons(refused) == ["wrong_state"]


@pytest.mark.parametrize("role", ["applicant", "decision_maker", "manager", "intelligence_analyst"])
@pytest.mark.parametrize("verdict", ["confirm", "dismiss"])
def test_only_who_handles_cases_judges(verdict: str, role: str) -> None:
    with pytest.raises(PermissionDenied):
        getattr(radar, verdict)(a_look_alike(), because=WHY, by=person(role), at=NOW)


def test_a_pair_has_one_open_and_a_verdict_has_a_reason_whatever_writes_it() -> None:
    found = a_look_alike()

    for change in ({"status": "confirmed"}, {"other": found.organisation}):
        with pytest.raises(IntegrityError), transaction.atomic():
            LookAlike.objects.filter(pk=found.pk).update(**change)
    found.pk, found.reference = None, "Y-0000-0000"
    with pytest.raises(IntegrityError), transaction.atomic():
        found.save()


# --- what follows


def test_no_grant_is_proposed_while_a_strong_one_is_open_and_a_refusal_may_be() -> None:
    revoked()
    again = _checked(come_back())

    with pytest.raises(Refused) as refused:
        proposals.propose(again, kind="grant", because="Fine.", starts=TODAY, by=person("case_officer"), at=NOW)

    assert reasons(refused) == ["look_alike_open"]
    assert a_refusal_proposed(again).status == DecisionStatus.PROPOSED


@pytest.mark.parametrize("verdict", ["confirm", "dismiss"])
def test_once_it_is_judged_a_grant_may_be_proposed(verdict: str) -> None:
    revoked()
    again = _checked(come_back())
    judged(a_look_alike(again), verdict)

    assert readiness.readiness(again).look_alikes_open == 0
    proposed = proposals.propose(again, kind="grant", because="Fine.", starts=TODAY, by=person("case_officer"), at=NOW)
    assert proposed.status == DecisionStatus.PROPOSED


def test_one_that_is_found_after_the_proposal_stops_the_grant() -> None:
    again = _checked(come_back())
    proposed = proposals.propose(again, kind="grant", because="Fine.", starts=TODAY, by=person("case_officer"), at=NOW)
    revoked()
    look(again.organisation)

    with pytest.raises(Refused) as refused:
        decided(proposed)

    assert reasons(refused) == ["look_alike_open"]


# --- by the clock


def test_nothing_is_due_for_whoever_has_just_been_looked_at() -> None:
    handed_in("Honest Hands Ltd")

    assert jobs.look_for_look_alikes(at=NOW + timedelta(minutes=1)) == 0


def test_by_night_everybody_who_applies_or_holds_is_looked_at_once() -> None:
    licensed("Holder Ltd")
    handed_in("Applicant Ltd")
    stories.an_application(legal_name="Draft Ltd")
    night = (NOW + timedelta(days=1)).replace(hour=2)

    assert jobs.look_for_look_alikes(at=night) == 2
    assert jobs.look_for_look_alikes(at=night + timedelta(minutes=1)) == 0
    assert jobs.look_for_look_alikes(at=night + timedelta(days=1)) == 2


def test_by_night_a_holder_is_found_whose_like_has_lost_a_licence() -> None:
    holder = licensed("Green Valley Staff", director=RUNS, telephone=TELEPHONE).organisation
    revoked("Abercwm Labour Ltd")
    LookAlike.objects.all().delete()

    jobs.look_for_look_alikes(at=(NOW + timedelta(days=1)).replace(hour=2))

    assert LookAlike.objects.get().organisation == holder


def test_what_a_holder_tells_is_compared_before_anybody_accepts_it() -> None:
    revoked()
    licence = licensed("Green Valley Staff")
    changes.tell(
        licence,
        kind="director_joins",
        data={**RUNS, "address": stories.LISTS["directors"][0].get("address", {})},
        happened_on=TODAY,
        by=stories.holder_of(licence.organisation),
        at=later(1),
    )

    assert jobs.look_for_look_alikes(at=later(1)) == 1

    found = LookAlike.objects.get(organisation=licence.organisation)
    (signal,) = found.signals
    assert signal["mine"] == [licence.changes.get().reference]


def test_an_applicants_own_file_may_change_and_is_looked_at_by_night() -> None:
    revoked()
    again = handed_in("Green Valley Staff")
    facts.update(again.organisation, changes={"telephone": TELEPHONE}, by=None, at=NOW)
    facts.name(again.organisation, kind="director", particulars=RUNS, since=TODAY, by=None, at=NOW)

    jobs.look_for_look_alikes(at=(NOW + timedelta(days=1)).replace(hour=2))

    assert LookAlike.objects.get().organisation == again.organisation


def test_records_are_newest_first_and_only_of_whom_is_asked() -> None:
    organisation = revoked().organisation

    found = radar_queries.records_of([organisation.pk], today=TODAY)

    assert [one.kind for one in found[organisation.pk]] == [RecordKind.REVOKED]
    assert radar_queries.records_of([], today=TODAY) == {}
