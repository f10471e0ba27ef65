"""Checks of applicants and referrals of victims reach a guarded authority on a basis that the pack states, and are counted."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from pydantic import ValidationError

from compliance.guarded_sharing.models import StatedSharing
from compliance.guarded_sharing.rules import StatedRequest, stated_blockers
from compliance.guarded_sharing.states import StatedWay
from compliance.sharing_requests.queries import published
from compliance.statistics.queries.people import code_of
from compliance.statistics.queries.quarters import quarter_of
from licensing import jobs
from licensing.checks.actions import checks
from licensing.checks.models import Check
from licensing.overrides import actions as overrides
from registry import schemes
from registry.agencies import queries as agencies
from registry.agencies.models import Agency
from registry.disclosure.rules.windows import Window
from registry.editions.tables import Cell, CountedThing, Dimension, Mark, ReleaseTable
from registry.schemes import GuardedKind
from registry.trail.models.events import Event
from tests import stories
from tests.architecture.source import ROOT
from tests.compliance.guarded_sharing.test_guarded_sharing import DETAILS, calls, reasons
from tests.compliance.hand_overs.world import handed_over
from tests.compliance.safeguarding.world import a_referral_sent
from tests.conftest import NOW, SetClock
from tests.licensing.checks.agencies import a_check_put, an_agency, answered
from tests.people import person

pytestmark = pytest.mark.django_db
HOME = "Home Office"


def the_home_office(**more: Any) -> Agency:
    return an_agency(HOME, **{"codes": ["immigration"], **more})


def the_kind() -> GuardedKind:
    return agencies.guards(NOW.date())[0]


def shared() -> list[tuple[str, str, str]]:
    return list(StatedSharing.objects.order_by("pk").values_list("way", "basis", "about"))


# --- checks ---


@pytest.mark.both
def test_a_check_put_to_a_guarded_authority_is_counted_once_on_the_basis_of_the_pack() -> None:
    check = a_check_put(the_home_office())

    assert shared() == [("check", "licence_check", check.reference)]
    jobs.ask_authorities(at=NOW + timedelta(days=40))
    assert len(shared()) == 1
    assert Event.objects.get(verb="share_as_stated").facts["about"] == check.reference


def test_a_check_put_to_another_authority_is_not_counted() -> None:
    a_check_put(an_agency())

    assert shared() == []


def test_what_the_pack_states_no_basis_for_is_not_put_to_a_guarded_authority() -> None:
    agency = the_home_office(codes=["immigration", "tax", "police"])
    application = stories.an_application_being_assessed()
    jobs.ask_authorities(at=NOW)

    asked = application.checks.exclude(agency=None)
    assert set(asked.values_list("code", flat=True)) == {"immigration"}
    check = application.checks.get(code="tax")
    assert reasons(lambda: checks.put(check, agency=agency, by=person("case_officer"), at=NOW)) == ["no_stated_basis"]


def test_an_authority_that_became_guarded_after_a_check_was_put_to_it_is_not_asked() -> None:
    agency = an_agency()
    application = stories.an_application_being_assessed()
    Agency.objects.filter(pk=agency.pk).update(guarded_as="immigration")

    jobs.ask_authorities(at=NOW)

    assert application.checks.get(code="tax").asked_at is None and shared() == []


def test_a_check_about_a_person_needs_a_basis_that_says_so() -> None:
    asked = StatedRequest(StatedWay.CHECK, "immigration", about_person=True)

    assert [one.code for one in stated_blockers(the_kind(), asked)] == ["no_stated_basis"]
    stated = [one.model_copy(update={"about_people": True}) for one in the_kind().stated]
    assert not list(stated_blockers(the_kind().model_copy(update={"stated": tuple(stated)}), asked))


def recorded_alone(check: Check) -> None:
    given: dict[str, Any] = {"result": "nil", "evidence": "", "replied_on": NOW.date()}
    checks.record_result(check, **given, by=person("case_officer"), at=NOW)


def recorded_together(check: Check) -> None:
    assert check.application
    given: dict[str, Any] = {
        "checks": [check.reference],
        "because": "They said so by telephone.",
        "replied_on": NOW.date(),
    }
    checks.record_nil(check.application, **given, by=person("case_officer"), at=NOW)


@pytest.mark.parametrize("record", [recorded_alone, recorded_together])
def test_a_check_that_an_officer_asked_by_other_means_is_counted_too(record: Callable[[Check], None]) -> None:
    check = stories.an_application_being_assessed().checks.get(code="immigration")

    record(check)

    assert shared() == [("check", "licence_check", check.reference)]


def test_a_reply_that_is_recorded_again_is_not_counted_again() -> None:
    check = stories.an_application_being_assessed().checks.get(code="immigration")
    recorded_alone(check)
    recorded_alone(check)

    assert len(shared()) == 1


def an_override(because: str) -> Any:
    check = a_check_put(the_home_office())
    answered(check)
    check.refresh_from_db()
    given: dict[str, Any] = {"result": "nil", "because": because, "evidence": "Letter of 3 June, page 2."}
    return overrides.propose_override(check, **given, by=person("case_officer"), at=NOW)


def test_the_reason_of_an_override_is_counted_and_says_nothing_of_who_reported() -> None:
    handed_over("agency", agency=an_agency(), contact="direct", details=DETAILS)
    second = person("case_officer", name="Sian Morgan")
    bad = an_override("Ring oh seven seven double oh nine oh oh four six one.")

    assert reasons(lambda: overrides.agree_override(bad, by=second, at=NOW)) == ["who_reported"]
    overrides.withdraw_override(bad, by=bad.proposed_by, at=NOW)
    given: dict[str, Any] = {"result": "nil", "because": "The debt was paid in May.", "evidence": "Letter of 3 June."}
    good = overrides.propose_override(bad.asked, **given, by=bad.proposed_by, at=NOW)
    overrides.agree_override(good, by=second, at=NOW)

    row = StatedSharing.objects.get(about=good.reference)
    assert (row.way, row.first_by, row.second_by) == ("check", good.proposed_by, second)


# --- referrals ---


@pytest.mark.both
@pytest.mark.parametrize(
    ("consent", "basis"), [("given", "victim_agreed"), ("child", "child_victim"), ("refused", "victim_unnamed")]
)
def test_a_referral_is_sent_on_the_stated_basis_by_two(consent: str, basis: str) -> None:
    referral = a_referral_sent(consent)

    row = StatedSharing.objects.get()
    assert (row.way, row.basis, row.about) == ("referral", basis, referral.reference)
    assert row.first_by == referral.prepared_by and row.second_by == referral.read_by != row.first_by


def test_no_referral_goes_without_a_basis_or_a_second_person() -> None:
    one, other = person("inspector"), person("safeguarding_lead")
    kind, asked = the_kind(), StatedRequest(StatedWay.REFERRAL, "nrm", consent="given", first_by=one, second_by=other)
    codes = {
        "no_stated_basis": StatedRequest(StatedWay.REFERRAL, "nrm", consent="refused", first_by=one, second_by=other),
        "no_second_person": StatedRequest(StatedWay.REFERRAL, "nrm", consent="given", first_by=one, second_by=one),
        "not_at_once": StatedRequest(StatedWay.REFERRAL, "nrm", consent="given", first_by=one, at_once="child"),
    }

    assert not list(stated_blockers(kind, asked))
    for code, wrong in codes.items():
        assert [one.code for one in stated_blockers(kind, wrong)] == [code]


def test_the_database_keeps_each_as_it_was_counted() -> None:
    a_referral_sent()
    rows = StatedSharing.objects.all()
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(basis="court")
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.delete()


def test_every_action_that_sends_a_check_or_a_referral_calls_the_guard() -> None:
    places = {
        "compliance/safeguarding/actions/referrals.py": ["send", "send_at_once"],
        "licensing/checks/actions/askings.py": ["ask"],
        "licensing/checks/actions/checks.py": ["_count_asked_elsewhere"],
        "licensing/overrides/actions.py": ["_guard"],
    }
    for path, functions in places.items():
        for function in functions:
            assert "guard.share_as_stated" in calls(ROOT / path, function), (path, function)


# --- the pack ---


def test_a_check_of_a_guarded_authority_without_a_stated_basis_is_a_fault_of_the_pack() -> None:
    given = the_kind().model_dump()

    with pytest.raises(ValidationError, match="no stated basis for the checks immigration"):
        GuardedKind.model_validate({**given, "stated": [one for one in given["stated"] if one["way"] != "check"]})


def test_each_referral_whose_receiver_is_guarded_has_a_stated_basis() -> None:
    for name in schemes.names():
        for version in schemes.versions(name):
            scheme = schemes.get(name, version)
            for referral in scheme.safeguarding.referrals if scheme.safeguarding else ():
                for kind in scheme.guarded:
                    if kind.has_name(referral.to["en"]):
                        assert kind.stated_for("referral", referral.code), (name, version, referral.code)


# --- the published count ---


def a_table(scheme: str, cell: Cell) -> ReleaseTable:
    period = code_of(Window(quarter_of(NOW.date()).number))
    return ReleaseTable(
        f"referrals-of-{scheme}", CountedThing.PEOPLE, {}, {},
        (Dimension("period", {}, {}), Dimension("row", {}, {})), {"number": {}}, {}, ((period, "all", cell),),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "shown"), [([12, 0], 12), ([12, 11], 23), ([12, Mark.HIDDEN], "[c]"), ([Mark.HIDDEN], "[c]"), ([], "[c]")]
)
def test_people_are_counted_by_what_the_statistics_have_published(
    cells: list[Cell], shown: int | str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Shown:
        tables = [a_table(str(place), cell) for place, cell in enumerate(cells)]

    monkeypatch.setattr(published, "current", lambda at: [Shown])
    a_referral_sent()

    newest = published.published_counts(NOW + timedelta(days=92))[0].rows[0]
    assert (newest.referred, newest.total) == (shown, 0)


def test_the_page_counts_checks_and_states_each_basis(set_clock: SetClock) -> None:
    a_check_put(the_home_office())
    set_clock(NOW + timedelta(days=92))

    page = Client().get("/report/shared/").content.decode()

    assert page.count(">1<") == 2  # the check, and the total
    for one in the_kind().stated:
        assert one.title["en"] in page
