from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from registry.errors import Refused
from registry.licences.actions import licences
from registry.licences.models import Licence
from registry.licences.states import LICENCE
from registry.register.models import Entry
from registry.trail.models.events import Counter, Event
from tests.conftest import NOW
from tests.people import person
from tests.registry.stories import (
    SCHEME,
    TODAY,
    a_decider,
    a_licence,
    a_licence_that_is,
    a_scheme,
    a_suspended_licence,
    an_organisation,
    day,
)

pytestmark = pytest.mark.django_db


def standing(licence: Licence, on: date = TODAY) -> str:
    return Entry.objects.filter(shown_until=None).standing_on(on).get(listing=licence.listing).standing


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.code for reason in refused.value.reasons]


# --- issue


def test_issuing_gives_a_number_and_shows_the_licence_at_once() -> None:
    organisation = an_organisation("Abercwm Labour Ltd")

    licence = a_licence(organisation)

    assert licence.number == "ABER0001"
    assert licence.status == "active"
    entry = Entry.objects.get(shown_until=None)
    assert (entry.number, entry.name, entry.shown_from) == ("ABER0001", "Abercwm Labour Ltd", NOW)
    assert standing(licence) == "licensed"


def test_issuing_keeps_the_version_of_the_scheme_that_it_was_granted_under() -> None:
    licence = a_licence()

    assert (licence.scheme, licence.version) == (SCHEME, a_scheme().version)


def test_issuing_again_after_an_end_draws_a_new_number_on_the_same_listing() -> None:
    first = a_licence_that_is("ended")

    second = a_licence(first.organisation, starts=day(1))

    assert (first.number, second.number) == ("ABER0001", "ABER0002")
    assert first.listing == second.listing
    assert Entry.objects.get(shown_until=None).number == "ABER0002"


def test_a_prefix_that_is_used_up_varies_and_no_number_is_given_twice() -> None:
    a_licence(an_organisation("Abercwm Labour Ltd"))
    Counter.objects.filter(name="licence ABER").update(value=9999)

    number = a_licence(an_organisation("Aberfan Staff Ltd")).number

    assert number[:2] == "AB"
    assert number[:4] != "ABER"
    assert number[4:] == "0001"


def test_issuing_refuses_to_end_before_it_starts_and_to_cover_nothing_and_says_both() -> None:
    with pytest.raises(Refused) as refused:
        licences.issue(
            an_organisation(),
            scheme=a_scheme(),
            sectors=[],
            countries_supplied=[],
            starts=day(1),
            until=day(0),
            by=a_decider(),
            at=NOW,
        )

    assert codes(refused) == ["ends_before_it_starts", "no_sector"]
    assert not Licence.objects.exists()
    assert not Entry.objects.exists()


def test_issuing_refuses_a_second_licence_beside_one_in_force() -> None:
    licence = a_licence()

    with pytest.raises(Refused) as refused:
        a_licence(licence.organisation)

    assert codes(refused) == ["already_licensed"]


def test_a_refused_licence_gives_its_number_back() -> None:
    licence = a_licence()
    with pytest.raises(Refused):
        a_licence(licence.organisation)

    assert a_licence(an_organisation("Aberfan Staff Ltd")).number == "ABER0002"


# --- suspend and lift


def test_suspending_shows_it_from_its_first_day_to_its_last() -> None:
    licence = licences.suspend(a_licence(), starts=day(2), until=day(9), because="Unsafe vans.", by=a_decider(), at=NOW)

    assert licence.status == "active"
    assert [standing(licence, on=day(n)) for n in (1, 2, 9, 10)] == ["licensed", "suspended", "suspended", "licensed"]


@pytest.mark.parametrize(
    ("starts", "until", "code"),
    [(5, 4, "ends_before_it_starts"), (365, 370, "after_expiry")],
)
def test_suspending_refuses_dates_that_cannot_be(starts: int, until: int, code: str) -> None:
    licence = a_licence()

    with pytest.raises(Refused) as refused:
        licences.suspend(licence, starts=day(starts), until=day(until), because="Why.", by=a_decider(), at=NOW)

    assert codes(refused) == [code]
    assert standing(licence) == "licensed"


def test_suspending_refuses_while_another_suspension_runs() -> None:
    licence = a_suspended_licence(until=day(30))

    with pytest.raises(Refused) as refused:
        licences.suspend(licence, starts=day(30), until=day(60), because="More.", by=a_decider(), at=NOW)

    assert codes(refused) == ["already_suspended"]


def test_suspending_again_after_the_last_day_is_possible() -> None:
    licence = a_suspended_licence(until=day(30))

    licences.suspend(licence, starts=day(31), until=day(60), because="Again.", by=a_decider(), at=NOW)

    assert standing(licence, on=day(40)) == "suspended"


def test_lifting_makes_the_licence_hold_again_from_its_day() -> None:
    licence = licences.lift(
        a_suspended_licence(until=day(30)), lifted_from=day(10), because="Put right.", by=a_decider(), at=NOW
    )

    assert [standing(licence, on=day(n)) for n in (0, 9, 10)] == ["suspended", "suspended", "licensed"]


def test_lifting_before_it_began_takes_the_suspension_away() -> None:
    licence = licences.lift(
        a_suspended_licence(starts=day(5)), lifted_from=day(5), because="A mistake.", by=a_decider(), at=NOW
    )

    assert (licence.suspended_from, licence.suspended_until) == (None, None)
    assert standing(licence, on=day(5)) == "licensed"


@pytest.mark.parametrize("lifted_from", [31, 40])
def test_lifting_refuses_when_it_is_not_suspended_then(lifted_from: int) -> None:
    with pytest.raises(Refused) as refused:
        licences.lift(
            a_suspended_licence(until=day(29)), lifted_from=day(lifted_from), because="x", by=a_decider(), at=NOW
        )

    assert codes(refused) == ["not_suspended"]


def test_lifting_refuses_when_nothing_was_suspended() -> None:
    with pytest.raises(Refused) as refused:
        licences.lift(a_licence(), lifted_from=day(1), because="x", by=a_decider(), at=NOW)

    assert codes(refused) == ["not_suspended"]


# --- revoke, surrender, end


def test_revoking_shows_what_is_to_come_at_once_and_then_that_it_is_gone() -> None:
    licence = licences.revoke(a_licence(), takes_effect=day(30), because="Wages.", by=a_decider(), at=NOW)

    assert licence.status == "revoked"
    assert [standing(licence, on=day(n)) for n in (0, 29, 30)] == ["revocation_to_come"] * 2 + ["revoked"]


def test_revoking_leaves_what_was_said_before_as_it_was() -> None:
    licence = a_licence()
    later = NOW + timedelta(days=3)

    licences.revoke(licence, takes_effect=day(3), because="Wages.", by=a_decider(), at=later)

    then = Entry.objects.shown_at(later - timedelta(seconds=1)).standing_on(day(3)).get()
    now = Entry.objects.shown_at(later).standing_on(day(3)).get()
    assert (then.standing, now.standing) == ("licensed", "revoked")


@pytest.mark.parametrize(("takes_effect", "code"), [(-1, "before_licence"), (365, "after_expiry")])
def test_revoking_refuses_a_day_outside_the_licence(takes_effect: int, code: str) -> None:
    with pytest.raises(Refused) as refused:
        licences.revoke(a_licence(), takes_effect=day(takes_effect), because="x", by=a_decider(), at=NOW)

    assert codes(refused) == [code]


def test_surrendering_shows_it_from_its_day() -> None:
    licence = a_licence_that_is("surrendered")

    assert [standing(licence, on=day(n)) for n in (29, 30)] == ["licensed", "surrendered"]


def test_surrendering_refuses_a_day_after_expiry() -> None:
    with pytest.raises(Refused) as refused:
        licences.surrender(a_licence(), takes_effect=day(365), because="x", by=person("decision_maker"), at=NOW)

    assert codes(refused) == ["after_expiry"]


def test_an_ended_licence_reads_as_expired() -> None:
    assert standing(a_licence_that_is("ended")) == "expired"


# --- under appeal


def under_appeal(*, in_days: int = 30) -> Licence:
    revoked = licences.revoke(a_licence(), takes_effect=day(in_days), because="Wages.", by=a_decider(), at=NOW)
    return licences.stay(revoked, since=day(0), because="Appeal L-1.", by=person("case_officer"), at=NOW)


@pytest.mark.parametrize("in_days", [30, 0])
def test_staying_a_revocation_shows_the_licence_going_on_without_a_last_day_of_its_own(in_days: int) -> None:
    licence = under_appeal(in_days=in_days)

    assert (licence.status, licence.revoked_from, licence.appealed_from) == ("active", None, day(0))
    assert [standing(licence, on=day(n)) for n in (0, 30, 200)] == ["revocation_to_come"] * 3
    assert standing(licence, on=day(365)) == "expired"


def test_revoking_after_the_appeal_takes_the_licence_away_from_its_day() -> None:
    licence = licences.revoke(under_appeal(), takes_effect=day(60), because="Dismissed.", by=a_decider(), at=NOW)

    assert (licence.status, licence.appealed_from) == ("revoked", None)
    assert [standing(licence, on=day(n)) for n in (59, 60)] == ["revocation_to_come", "revoked"]


@pytest.mark.parametrize("stayed", [True, False])
def test_reinstating_shows_a_licence_as_if_it_had_not_been_revoked(stayed: bool) -> None:
    revoked = under_appeal() if stayed else a_licence_that_is("revoked")

    licence = licences.reinstate(revoked, because="Allowed.", by=a_decider(), at=NOW)

    assert (licence.status, licence.revoked_from, licence.appealed_from) == ("active", None, None)
    assert standing(licence) == "licensed"


def test_only_what_was_revoked_is_stayed_or_reinstated() -> None:
    for verb, who in ((partial(licences.stay, since=day(0)), "case_officer"), (licences.reinstate, "decision_maker")):
        with pytest.raises(Refused) as refused:
            verb(Licence.objects.first() or a_licence(), because="x", by=person(who), at=NOW)
        assert codes(refused)[0] in {"wrong_state", "not_revoked"}


def test_a_holder_who_was_licensed_anew_since_is_not_given_the_old_licence_back() -> None:
    revoked = a_licence_that_is("revoked")
    a_licence(revoked.organisation, starts=day(1), at=NOW + timedelta(days=1))

    with pytest.raises(Refused) as refused:
        licences.stay(revoked, since=day(1), because="x", by=person("case_officer"), at=NOW)

    assert codes(refused) == ["already_licensed"]


def test_giving_up_a_licence_under_appeal_ends_it() -> None:
    licence = licences.surrender(under_appeal(), takes_effect=day(2), because="x", by=a_decider(), at=NOW)

    assert (licence.appealed_from, standing(licence, on=day(2))) == (None, "surrendered")


# --- every verb

VERBS: dict[str, Callable[..., Licence]] = {
    "modify": partial(licences.modify, sectors=["horticulture"], countries_supplied=["england"]),
    "suspend": partial(licences.suspend, starts=day(1), until=day(2), because="Why."),
    "lift": partial(licences.lift, lifted_from=day(1), because="Why."),
    "revoke": partial(licences.revoke, takes_effect=day(1), because="Why."),
    "surrender": partial(licences.surrender, takes_effect=day(1), because="Why."),
    "end": partial(licences.end, ended_from=day(1), because="Why."),
}
WHO = dict.fromkeys(("modify", "suspend", "lift", "revoke", "surrender"), "decision_maker")
ENDS = [status for status in LICENCE.statuses if status != "active"]


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("status", ENDS)
def test_nothing_happens_to_a_licence_that_is_over(verb: str, status: str) -> None:
    licence = a_licence_that_is(status)
    before = Event.objects.count(), Entry.objects.count()

    with pytest.raises(Refused) as refused:
        VERBS[verb](licence, by=person(WHO.get(verb, "case_officer")), at=NOW)

    assert "wrong_state" in codes(refused)
    assert (Event.objects.count(), Entry.objects.count()) == before
    licence.refresh_from_db()
    assert licence.status == status


@pytest.mark.parametrize("verb", [*VERBS, "issue"])
@pytest.mark.parametrize("who", ["inspector", "applicant", "auditor", "off-boarded", "the public"])
def test_nobody_without_the_permission_does_it(verb: str, who: str) -> None:
    licence = a_licence()
    by: Any = None
    if who == "off-boarded":
        by = person("decision_maker", "case_officer", is_active=False)
    elif who != "the public":
        by = person(who)
    before = Event.objects.count(), Entry.objects.count()

    with pytest.raises(PermissionDenied):
        if verb == "issue":
            a_licence_by(by)
        else:
            VERBS[verb](licence, by=by, at=NOW)

    assert (Event.objects.count(), Entry.objects.count()) == before


def a_licence_by(by: Any) -> Licence:
    return licences.issue(
        Licence.objects.get().organisation,
        scheme=a_scheme(),
        sectors=["horticulture"],
        countries_supplied=["wales"],
        starts=day(400),
        until=day(500),
        by=by,
        at=NOW,
    )


@pytest.mark.parametrize(("verb", "reason"), [(verb, "" if verb == "modify" else "Why.") for verb in VERBS])
def test_each_verb_leaves_one_event_of_its_own_name(verb: str, reason: str) -> None:
    licence = a_suspended_licence() if verb == "lift" else a_licence()
    events = Event.objects.filter(kind="licence")  # that the end is explained is an event of the listing
    before = events.count()

    VERBS[verb](licence, by=person(WHO.get(verb, "case_officer")), at=NOW)

    assert events.count() == before + 1
    event = events.latest("number")
    assert (event.verb, event.kind, event.reference, event.because) == (verb, "licence", licence.number, reason)
