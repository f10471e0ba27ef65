"""Why an application is inspected before it is granted, what set that off, and who set it aside."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from pytest_django import Settings

from licensing.applications.models import Application
from licensing.decisions.queries import readiness
from licensing.inspections import actions as waivers
from licensing.inspections import queries as triggers
from licensing.inspections.models import Waiver
from licensing.inspections.queries import triggers_of
from registry.errors import Refused
from registry.trail.models.events import Event
from tests import stories
from tests.conftest import NOW
from tests.licensing.checks.agencies import EVIDENCE, a_check_put, answered
from tests.licensing.phoenix_matches.world import handed_in
from tests.licensing.stories import (
    a_check_answered,
    a_grant_proposed,
    a_licence,
    a_refusal_proposed,
    a_revocation_proposed,
    an_application_checked,
    decided,
    later,
    notified,
)
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db
(GETHIN,) = stories.LISTS["directors"]
BECAUSE = "The houses were visited in May, and nothing has changed."


def housed(**story: Any) -> Application:
    """A firm that houses and transports its workers: the pack asks for an inspection."""
    return stories.an_application_being_assessed(accommodation=True, transport=True, **story)


def give(application: Application, trigger: str = "housing_and_transport", **given: Any) -> Waiver:
    return waivers.give(
        application, **{"trigger": trigger, "because": BECAUSE, "by": person("case_officer"), "at": NOW, **given}
    )


def refusal_of(application: Application, **given: Any) -> list[str]:
    with pytest.raises(Refused) as refused:
        give(application, **given)
    return [reason.code for reason in refused.value.reasons]


def test_each_reason_is_shown_with_what_set_it_off() -> None:
    (row,) = triggers_of(housed())

    assert row.code == "housing_and_transport"
    assert len(row.facts) == 2
    assert row.waiver is None


def test_an_adverse_reply_of_another_authority_calls_for_an_inspection() -> None:
    check = a_check_put()
    application = check.application
    assert application
    assert triggers_of(application) == ()

    answered(check)

    assert [row.code for row in triggers_of(application)] == ["adverse_reply"]
    assert readiness.readiness(application).inspection_wanted


def test_a_reason_that_lies_in_the_register_names_the_records_and_who_is_in_both() -> None:
    """Whoever sets it aside has to know of what: a refusal of another firm, through its director, on which day."""
    refused = decided(notified(a_refusal_proposed()), at=later(15)).application
    assert refused
    phoenix = handed_in("Phoenix Labour Ltd", director=GETHIN, at=later(20))

    rows = {row.code: row for row in triggers_of(phoenix)}

    (record,) = rows["refused_before"].records
    assert (record.kind, record.reference) == ("application", refused.reference)
    assert record.people == (GETHIN["full_name"],)
    assert record.on == later(15).date()
    page = signed_in(person("case_officer")).get(reverse("application", args=[phoenix.reference])).content.decode()
    assert f'href="{reverse("application", args=[refused.reference])}"' in page
    assert f"(through {GETHIN['full_name']})" in page


def test_a_revocation_and_a_reply_are_named_too() -> None:
    licence = a_licence()
    decided(notified(a_revocation_proposed(licence)))
    phoenix = handed_in("Phoenix Labour Ltd", director=GETHIN)
    check = phoenix.checks.of_others().order_by("pk")[0]
    a_check_answered(check, "adverse")

    rows = {row.code: row for row in triggers_of(phoenix)}

    assert [(one.kind, one.reference) for one in rows["revoked_before"].records] == [("licence", licence.number)]
    assert [(one.kind, one.reference) for one in rows["adverse_reply"].records] == [("check", check.reference)]


def test_of_very_many_records_the_first_are_named_and_the_others_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(triggers, "NAMED", 1)
    case = handed_in("Many Replies Ltd")
    for check in case.checks.of_others().order_by("pk")[:3]:
        a_check_answered(check, "adverse")

    (row,) = (row for row in triggers_of(case) if row.code == "adverse_reply")

    assert (len(row.records), row.more) == (1, 2)
    page = signed_in(person("case_officer")).get(reverse("application", args=[case.reference])).content.decode()
    assert "and 2 more" in page


def test_a_reason_that_is_set_aside_calls_for_none_and_says_by_whom_and_why() -> None:
    application, officer = housed(), person("case_officer")

    give(application, by=officer)

    assert not readiness.readiness(application).inspection_wanted
    (row,) = triggers_of(application)
    assert row.waiver
    assert (row.waiver.given_by, row.waiver.because) == (officer, BECAUSE)
    assert Event.objects.get(verb="waive_inspection").because == BECAUSE


def test_what_arises_later_is_not_set_aside_with_it() -> None:
    check = a_check_put(application=None)
    application = check.application
    assert application
    answered(check)
    give(application, trigger="adverse_reply")
    assert not readiness.readiness(application).inspection_wanted

    application.facts = {**application.facts, "accommodation": True, "transport": True}
    application.save(update_fields=["facts"])

    assert readiness.readiness(application).inspection_wanted


def test_it_counts_again_once_it_is_taken_back() -> None:
    application = housed()
    waiver = give(application)

    waivers.take_back(waiver, by=person("manager"), at=NOW)

    assert readiness.readiness(application).inspection_wanted
    assert give(application)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"because": "No need."}, ["no_reason"]),
        ({"trigger": "refused_before"}, ["not_triggered"]),
        ({"trigger": "no such trigger"}, ["not_triggered"]),
    ],
)
def test_setting_aside_refuses_what_cannot_be(given: dict[str, Any], expected: list[str]) -> None:
    assert refusal_of(housed(), **given) == expected


def test_it_is_set_aside_once() -> None:
    application = housed()
    give(application)

    assert refusal_of(application) == ["waived"]


def test_the_reason_repeats_nothing_that_may_not_be_passed_on() -> None:
    check = a_check_put()
    answered(check)
    assert check.application

    assert refusal_of(check.application, trigger="adverse_reply", because=EVIDENCE) == ["restricted"]


@pytest.mark.parametrize("role", ["decision_maker", "inspector", "auditor", "applicant"])
def test_it_is_for_those_who_may(role: str) -> None:
    with pytest.raises(PermissionDenied):
        give(housed(), by=person(role))


def test_whoever_decides_reads_that_it_was_set_aside(settings: Settings) -> None:
    settings.CLAMD_ADDRESS = "none"  # its papers are accepted at once
    application = an_application_checked(housed())
    give(application)
    decision = a_grant_proposed(application)

    for name in ("decision", "decide"):
        page = signed_in(person("decision_maker")).get(reverse(name, args=[decision.reference])).content.decode()
        assert BECAUSE in page


def test_the_database_keeps_that_one_stands_and_that_it_has_a_reason() -> None:
    waiver = give(housed())

    with pytest.raises(IntegrityError), transaction.atomic():
        Waiver.objects.filter(pk=waiver.pk).update(because="")
    with pytest.raises(IntegrityError), transaction.atomic():
        Waiver.objects.create(
            application=waiver.application,
            trigger=waiver.trigger,
            because=BECAUSE,
            given_by=waiver.given_by,
            given_at=NOW,
        )
