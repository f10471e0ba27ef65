"""Everyone reads why a licence was suspended, ran out, was given up or ended by law; what several standards share is said once."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from licensing import jobs
from licensing.decisions.actions import proposals
from licensing.decisions.models.decisions import Decision
from licensing.decisions.rules.proposals import GivenCondition
from licensing.holding.actions import changes, surrenders
from registry import schemes
from registry.licences.actions import licences
from registry.licences.models import Licence
from registry.register.actions import publishing
from registry.register.models import Entry, PublicReason
from registry.register.queries import faults as register_faults
from registry.trail.actions import events as trail
from registry.trail.queries import beginnings
from tests.conftest import NOW, SetClock
from tests.licensing.holding.world import the_holder
from tests.licensing.stories import (
    GROUND,
    TODAY,
    a_grant_proposed,
    a_licence,
    a_suspension_proposed,
    day,
    decided,
    notified,
    on,
)
from tests.people import person, signed_in
from tests.registry.stories import a_licence as a_licence_on_the_register

pytestmark = pytest.mark.django_db
SUSPENDED = "The licence was suspended. This licensing standard was not met:"
RAN_OUT = "The licence ran out and was not renewed. Last day of the licence:"


def entry_of(licence: Licence) -> Entry:
    return Entry.objects.get(listing=licence.listing, shown_until=None)


def page_of(licence: Licence, language: str = "") -> str:
    return Client().get(f"{language}/check/{licence.number}/").content.decode()


def suspended(**given: Any) -> Decision:
    return decided(notified(a_suspension_proposed()), **given)


@pytest.mark.both
def test_why_a_licence_was_suspended_is_published_as_of_a_revocation(set_clock: SetClock) -> None:
    decision = suspended()
    reason = PublicReason.objects.get()
    assert decision.appeal_by and reason.shown_from == decision.appeal_by + timedelta(days=1)
    assert (reason.kind, reason.standard, reason.decision) == ("suspended", "3.1", decision.reference)

    after = on(reason.shown_from)
    set_clock(after)
    assert jobs.publish_reasons(at=after) == 1

    assert decision.licence
    assert page_of(decision.licence).count(SUSPENDED) == 2  # now, and in the history
    told = Client().get(f"/api/v1/register/{decision.licence.number}").json()
    assert [one["kind"] for one in told["reasons"]] == ["suspended"]


@pytest.mark.both
def test_a_licence_that_ran_out_is_explained_once_by_its_last_day(set_clock: SetClock) -> None:
    licence = a_licence()
    last, after = on(licence.valid_until), on(licence.valid_until + timedelta(days=1))
    set_clock(last)
    assert jobs.publish_reasons(at=last) == 0
    set_clock(after)
    assert jobs.publish_reasons(at=after) == 1
    assert jobs.publish_reasons(at=after) == 0
    assert licences.explain_run_out(licence, by=None, at=after) is None

    reason = PublicReason.objects.get()
    sentence = f"{RAN_OUT} {licence.valid_until.day} {licence.valid_until:%B %Y}."
    assert (reason.kind, reason.sentence["en"], reason.decision) == ("expired", sentence, "")
    assert page_of(licence).count(sentence) == 2
    told = Client().get(f"/api/v1/register/{licence.number}").json()["reasons"]
    assert [(one["kind"], one["standard"], one["sentence"]) for one in told] == [("expired", "", sentence)]
    assert list(register_faults()) == []
    with pytest.raises(IntegrityError), transaction.atomic():
        PublicReason.objects.bulk_create([replaced(reason)])


def test_what_ran_out_before_an_upgrade_brought_this_is_left_as_it_was_published(set_clock: SetClock) -> None:
    before, since = (a_licence_on_the_register(until=day(last)) for last in (100, 102))
    trail.begin_rule(beginnings.RUN_OUTS_EXPLAINED, at=on(day(101)))
    set_clock(on(day(103)))

    assert jobs.publish_reasons(at=on(day(103))) == 1
    assert PublicReason.objects.get().listing == since.listing
    assert entry_of(before).shown_from < on(day(101))


def replaced(reason: PublicReason) -> PublicReason:
    same = PublicReason.objects.get(pk=reason.pk)
    same.pk = None
    return same


def test_a_worker_reads_the_end_in_their_language(set_clock: SetClock) -> None:
    licence = a_licence()
    after = on(licence.valid_until + timedelta(days=1))
    set_clock(after)
    jobs.publish_reasons(at=after)
    assert "Daeth y drwydded i ben ac ni chafodd ei hadnewyddu." in page_of(licence, "/cy")
    polish = page_of(licence, "/pl")
    assert RAN_OUT not in polish and "Licencja wygasła i nie została odnowiona." in polish


def test_what_is_not_on_the_register_is_not_shown_again_to_explain_it(set_clock: SetClock) -> None:
    licence = a_licence()
    after = on(licence.valid_until + timedelta(days=1))
    set_clock(after)
    publishing.hide(licence.listing, at=after)
    assert jobs.publish_reasons(at=after) == 0
    assert not Entry.objects.filter(listing=licence.listing, shown_until=None).exists()


def test_nothing_is_said_where_the_pack_does_not_publish_it(
    set_clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    licence = a_licence()
    pack = schemes.in_force("gla-food", NOW.date())
    reasons = pack.public.reasons.model_copy(update={"expired": None})
    silent = pack.model_copy(update={"public": pack.public.model_copy(update={"reasons": reasons})})
    monkeypatch.setattr(schemes, "in_force", lambda name, day: silent)
    after = on(licence.valid_until + timedelta(days=1))
    set_clock(after)
    assert jobs.publish_reasons(at=after) == 0


def given_up(licence: Licence) -> Decision:
    return surrenders.ask(licence, takes_effect=day(70), because="Enough.", by=the_holder(licence), at=NOW)


def test_a_licence_that_is_given_up_is_explained_by_the_day_that_was_decided(set_clock: SetClock) -> None:
    licence = a_licence()
    asked = given_up(licence)
    page = signed_in(person("decision_maker")).get(f"/staff/decisions/{asked.reference}/decide/").content.decode()
    assert "Published reason" not in page  # it is made of facts
    decided(asked, from_day=day(80))

    reason = PublicReason.objects.get()
    assert (reason.kind, reason.last_day, reason.standard) == ("surrendered", day(79), "")
    assert "The holder gave the licence up. Last day of the licence:" in page_of(licence)

    surrenders.take_back(licence, by=the_holder(licence), at=NOW + timedelta(days=1))
    assert entry_of(licence).reasons is None
    assert not PublicReason.objects.filter(withdrawn_at=None).exists()


def test_an_end_by_law_is_explained() -> None:
    licence = a_licence()
    changes.change_numbers(
        licence.organisation, changes={"company_number": "00445791"}, by=person("case_officer"), at=NOW
    )
    assert [one["kind"] for one in entry_of(licence).reasons or ()] == ["ended"]
    assert PublicReason.objects.get().last_day == TODAY - timedelta(days=1)


def with_conditions(*standards: str) -> Licence:
    due = TODAY + timedelta(days=60)
    decision = decided(
        a_grant_proposed(conditions=[GivenCondition(code, "Show the accounts.", due) for code in standards])
    )
    assert decision.application and decision.application.licence
    return decision.application.licence


def test_what_several_standards_share_is_said_once() -> None:
    licence = with_conditions("1.1", "1.4", "2.2")

    page = page_of(licence)

    assert "A condition was put on the licence under this licensing standard" not in page
    several = "Conditions were put on the licence under these licensing standards:"
    assert page.count(several) == 2
    assert f"{several} Fit and proper; Changes in details; Paying wages." in page  # the history
    told = Client().get(f"/api/v1/register/{licence.number}").json()["reasons"]
    assert [one["standard"] for one in told] == ["1.1", "1.4", "2.2"]


def test_own_words_that_are_the_same_are_said_once(set_clock: SetClock) -> None:
    standards = [replace(GROUND, standard=code) for code in ("2.2", "3.1")]
    proposed = proposals.propose(
        a_licence(),
        kind="suspend",
        because="Wages.",
        takes_effect=day(1),
        until=day(60),
        immediate=True,
        immediate_because="Workers would go unpaid for weeks.",
        grounds=standards,
        by=person("case_officer"),
        at=NOW,
    )
    own = "Wages were not paid in time."
    decision = decided(notified(proposed), reasons={"2.2": own, "3.1": own})
    assert decision.licence
    shown_from = on(PublicReason.objects.all()[0].shown_from)
    set_clock(shown_from)
    jobs.publish_reasons(at=shown_from)

    page = page_of(decision.licence)

    assert page.count(own) == 2  # now, and in the history
    assert "#2.2" in page and "#3.1" in page


def test_titles_of_standards_are_in_the_language_of_the_reader() -> None:
    polish = page_of(with_conditions("2.2", "5.1"), "/pl")
    assert "Wypłata wynagrodzenia" in polish and "Paying wages" not in polish
