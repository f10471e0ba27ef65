"""Renewing a licence: in good time, from last year's answers, without a day between."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from config.management.commands.run_due import run_due
from licensing.applications.actions import applications as applications_actions
from licensing.applications.actions import start as applications
from licensing.checks.queries import facts
from licensing.holding.actions import renewals
from licensing.holding.models import Reminder
from licensing.holding.queries import renewals as renewals_queries
from licensing.jobs import remind_of_renewals
from registry import schemes
from registry.errors import Refused
from registry.letters.models import Letter
from registry.licences.actions import licences
from registry.licences.models import Licence
from registry.register.models import Entry
from registry.register.states import Standing
from tests.licensing.stories import (
    a_grant_proposed,
    a_licence,
    a_renewal_begun,
    a_renewal_checked,
    a_renewal_handed_in,
    a_renewal_proposed,
    decided,
    on,
    weeks_before_the_end,
)
from tests.people import person
from tests.stories import holder_of

pytestmark = pytest.mark.django_db

AGAIN = ("convictions", "judgments", "insolvency", "history", "consent", "declaration")


def shown_on(licence: Licence, day: date) -> Entry:
    """What the register shows now of the licence, judged on that day."""
    return Entry.objects.standing_on(day).get(listing=licence.listing, shown_until=None)


def codes(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {reason.code for reason in refused.value.reasons}


# --- beginning ---


def test_renewal_opens_when_the_scheme_says_and_not_before() -> None:
    licence = a_licence()
    opens = licence.valid_until - timedelta(
        weeks=schemes.in_force(licence.scheme, licence.valid_until).renewal.opens_weeks
    )

    with pytest.raises(Refused) as refused:
        renewals.start(licence, by=holder_of(licence.organisation), at=on(opens - timedelta(days=1)))
    assert codes(refused) == {"too_early"}
    assert renewals.start(licence, by=holder_of(licence.organisation), at=on(opens)).renews == licence


def test_it_begins_with_what_was_answered_last_except_what_must_be_asked_again() -> None:
    licence = a_licence()
    before = licence.applications.get()

    application = a_renewal_begun(licence)

    carried = {(one.page, one.item): one for one in application.answers.all()}
    asked = {(one.page, one.item) for one in before.answers.all()}
    assert set(carried) == {key for key in asked if key[0] not in AGAIN}
    assert carried[("names", "")].data == before.answers.get(page="names").data
    assert [key[0] for key, one in carried.items() if not one.is_complete] == ["turnover"]


def test_what_the_file_says_by_now_goes_before_what_was_answered_then() -> None:
    licence = a_licence()
    licence.organisation.trading_names = ["Fresh Fields"]
    licence.organisation.save()

    assert a_renewal_begun(licence).answers.get(page="names").data["trading_names"] == ["Fresh Fields"]


def test_one_renewal_at_a_time_and_no_second_licence_beside_the_first() -> None:
    licence = a_licence()
    application = a_renewal_begun(licence)
    at = application.started_at

    with pytest.raises(Refused) as refused:
        renewals.start(licence, by=holder_of(licence.organisation), at=at)
    assert codes(refused) == {"open_already"}
    with pytest.raises(Refused) as refused:
        applications.start(licence.organisation, scheme=licence.scheme, by=holder_of(licence.organisation), at=at)
    assert codes(refused) == {"open_already", "licensed_already"}


def test_what_has_ended_is_applied_for_anew() -> None:
    licence = a_licence()
    late = on(licence.valid_until + timedelta(days=1))

    with pytest.raises(Refused) as refused:
        renewals.start(licence, by=holder_of(licence.organisation), at=late)
    assert codes(refused) == {"ended"}
    assert (
        applications.start(
            licence.organisation, scheme=licence.scheme, by=holder_of(licence.organisation), at=late
        ).renews
        is None
    )


def test_nobody_renews_the_licence_of_somebody_else() -> None:
    licence = a_licence()

    with pytest.raises(licence.organisation.DoesNotExist):
        renewals.start(licence, by=person("applicant"), at=weeks_before_the_end(licence, 6))


# --- handing in ---


def test_it_costs_the_fee_for_renewing_and_the_register_goes_on_as_before() -> None:
    licence = a_licence()

    application = a_renewal_handed_in(licence)

    scheme = schemes.get(application.scheme, application.version)  # type: ignore[arg-type]
    assert application.fee == scheme.fee(application.fee_band, "renewal")
    assert facts.facts_of(application)["renewal"] is True
    assert shown_on(licence, timezone.localdate(application.submitted_at)).standing == Standing.LICENSED


def test_after_the_last_day_it_cannot_be_handed_in() -> None:
    application = a_renewal_begun()
    assert application.renews

    with pytest.raises(Refused) as refused:
        applications_actions.submit(
            application, by=application.started_by, at=on(application.renews.valid_until + timedelta(days=1))
        )
    assert "ended" in codes(refused)


def test_what_was_changed_is_told_apart() -> None:
    application = a_renewal_handed_in(trading_names=["Fresh Fields"])

    assert ("names", "") in renewals_queries.changed_since(application)
    assert ("contact", "") not in renewals_queries.changed_since(application)


def test_after_the_next_renewal_it_is_still_compared_with_the_one_before_it() -> None:
    decision = a_renewal_proposed(a_renewal_handed_in(trading_names=["Fresh Fields"]))
    first = decided(decision, by=person("decision_maker"), at=decision.proposed_at).application
    assert first and first.renews
    first.renews.refresh_from_db()

    decision = a_renewal_proposed(a_renewal_handed_in(first.renews, trading_names=["Fresh Fields"]))
    second = decided(decision, by=person("decision_maker"), at=decision.proposed_at).application

    assert second and ("names", "") in renewals_queries.changed_since(first)
    assert ("names", "") not in renewals_queries.changed_since(second)


# --- deciding ---


def test_granted_it_goes_on_without_a_day_between_under_the_same_number() -> None:
    decision = a_renewal_proposed()
    licence = decision.application.renews  # type: ignore[union-attr]
    assert licence
    last, first = licence.valid_until, licence.valid_from

    decided(decision, by=person("decision_maker"), at=decision.proposed_at)

    licence.refresh_from_db()
    assert licence.valid_from == first
    assert licence.valid_until == date(last.year + 1, last.month, last.day)
    assert Licence.objects.count() == 1
    entry = shown_on(licence, last + timedelta(days=1))
    assert (entry.number, entry.standing) == (licence.number, Standing.LICENSED)
    letter = Letter.objects.filter(template="licensing/letters/granted.html").latest("pk")
    assert letter.facts["licence"]["number"] == licence.number


def test_it_begins_on_the_day_after_the_last_and_on_no_other() -> None:
    application = a_renewal_checked()
    assert application.renews

    with pytest.raises(Refused) as refused:
        a_grant_proposed(application, starts=application.renews.valid_until, at=application.submitted_at)  # type: ignore[arg-type]
    assert codes(refused) == {"not_continuous"}


def test_decided_after_the_last_day_it_is_a_new_licence() -> None:
    decision = a_renewal_proposed()
    licence = decision.application.renews  # type: ignore[union-attr]
    assert licence
    late = licence.valid_until + timedelta(days=3)

    decided(decision, from_day=late, by=person("decision_maker"), at=on(late))

    new = Licence.objects.exclude(pk=licence.pk).get()
    assert (new.valid_from, new.number != licence.number) == (late, True)
    licence.refresh_from_db()
    assert licence.valid_until < late


def test_a_licence_that_was_taken_away_is_not_brought_back() -> None:
    decision = a_renewal_proposed()
    licence = decision.application.renews  # type: ignore[union-attr]
    assert licence
    today = timezone.localdate(decision.proposed_at)
    licences.revoke(
        licence, takes_effect=today, because="Unpaid wages.", by=person("decision_maker"), at=decision.proposed_at
    )
    decision.refresh_from_db()

    with pytest.raises(Refused) as refused:
        decided(decision, by=person("decision_maker"), at=decision.proposed_at)
    assert "licence_gone" in codes(refused)


# --- being reminded ---


def reminders() -> list[tuple[int, str]]:
    return [(one.weeks, str(one.licence)) for one in Reminder.objects.order_by("pk")]


def test_holders_are_reminded_at_each_time_once_and_on_the_last_day() -> None:
    licence = a_licence()
    for day in range(-60, 3):
        remind_of_renewals(at=on(licence.valid_until + timedelta(days=day)))
        remind_of_renewals(at=on(licence.valid_until + timedelta(days=day)))

    assert reminders() == [(weeks, licence.number) for weeks in (6, 3, 0)]
    letters = Letter.objects.filter(template="licensing/letters/renewal.html")
    assert {timezone.localdate(one.at) for one in letters} == {
        licence.valid_until - timedelta(weeks=weeks) for weeks in (6, 3, 0)
    }


def test_everyone_who_acts_for_the_holder_is_reminded() -> None:
    licence = a_licence()
    run_due(weeks_before_the_end(licence, 6))

    letters = Letter.objects.filter(template="licensing/letters/renewal.html")
    assert {one.address for one in letters} == {licence.organisation.email, holder_of(licence.organisation).email} - {
        ""
    }
    assert all(one.facts["licence"]["valid_until"] for one in letters)


def test_who_has_handed_in_a_renewal_or_been_renewed_is_not_reminded() -> None:
    decision = a_renewal_proposed()
    licence = decision.application.renews  # type: ignore[union-attr]
    assert licence
    remind_of_renewals(at=weeks_before_the_end(licence, 3))
    decided(decision, by=person("decision_maker"), at=decision.proposed_at)
    remind_of_renewals(at=weeks_before_the_end(licence, 3))

    assert reminders() == []


def test_after_a_standstill_one_reminder_is_sent_and_not_all_of_them() -> None:
    licence = a_licence()
    remind_of_renewals(at=on(licence.valid_until - timedelta(days=10)))

    assert reminders() == [(3, licence.number)]


def test_a_revoked_licence_is_not_to_be_renewed() -> None:
    licence = a_licence()
    at = weeks_before_the_end(licence, 6)
    licences.revoke(
        licence, takes_effect=licence.valid_until, because="Unpaid wages.", by=person("decision_maker"), at=at
    )

    assert remind_of_renewals(at=at) == 0
    with pytest.raises(Refused) as refused:
        renewals.start(licence, by=holder_of(licence.organisation), at=at)
    assert codes(refused) == {"licence_gone"}
