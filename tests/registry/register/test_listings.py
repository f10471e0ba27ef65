from datetime import timedelta

import pytest

from registry.organisations import actions as organisations
from registry.organisations.models import Organisation
from registry.register.actions import listings
from registry.register.models import Entry
from registry.trail.models.events import Event
from tests.conftest import NOW
from tests.registry.stories import SCHEME, a_licence, an_organisation, day

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=1)


def an_applicant(legal_name: str = "Abercwm Labour Ltd") -> Organisation:
    organisation = an_organisation(legal_name)
    listings.show_applicant(
        organisation,
        scheme=SCHEME,
        sectors=["horticulture"],
        supplies_to=["wales"],
        applied_on=day(0),
        by=None,
        at=NOW,
    )
    return organisation


def shown(organisation: Organisation) -> Entry:
    return Entry.objects.filter(listing__organisation=organisation, shown_until=None).standing_on(day(0)).get()


def test_an_applicant_is_shown_as_applied_under_a_number_of_its_own() -> None:
    first, second = an_applicant(), an_applicant("Barry Staff Ltd")

    assert (shown(first).number, shown(second).number) == ("APP-00001", "APP-00002")
    assert shown(first).standing == "applied"
    assert shown(first).applied_on == day(0)


def test_a_grant_replaces_the_applicants_number_on_the_same_listing() -> None:
    organisation = an_applicant()
    before = shown(organisation)

    licence = a_licence(organisation, at=LATER)

    after = shown(organisation)
    assert (after.number, after.standing) == (licence.number, "licensed")
    assert after.listing_id == before.listing_id
    assert Entry.objects.get(pk=before.pk).shown_until == LATER


def test_a_refusal_that_the_pack_publishes_is_shown_from_its_day() -> None:
    organisation = an_applicant()

    listings.show_refusal(organisation, scheme=SCHEME, refused_from=day(0), by=None, at=LATER)

    assert shown(organisation).standing == "refused"
    assert shown(organisation).applied_on == day(0)
    assert list(shown(organisation).sectors) == ["horticulture"]


def test_a_hidden_applicant_is_not_on_the_register_but_past_days_still_answer() -> None:
    organisation = an_applicant()

    listings.hide_applicant(organisation, scheme=SCHEME, by=None, at=LATER)

    assert not Entry.objects.shown_at(LATER).exists()
    assert Entry.objects.shown_at(LATER - timedelta(seconds=1)).standing_on(day(0)).get().standing == "applied"


def test_an_entry_knows_itself_when_it_was_shown() -> None:
    organisation = an_applicant()
    entry = shown(organisation)
    listings.hide_applicant(organisation, scheme=SCHEME, by=None, at=LATER)
    entry.refresh_from_db()
    moments = [NOW - timedelta(seconds=1), NOW, LATER - timedelta(seconds=1), LATER]

    assert [entry.was_shown_at(moment) for moment in moments] == [False, True, True, False]
    assert [Entry.objects.shown_at(moment).exists() for moment in moments] == [False, True, True, False]


def test_hiding_keeps_the_entry_of_who_has_held_a_licence() -> None:
    licence = a_licence()

    listings.hide_applicant(licence.organisation, scheme=SCHEME, by=None, at=LATER)

    assert shown(licence.organisation).number == licence.number


def test_republishing_shows_a_new_name() -> None:
    organisation = an_applicant()
    organisation = organisations.update(organisation, changes={"legal_name": "Newport Labour Ltd"}, by=None, at=LATER)

    listings.republish(organisation, by=None, at=LATER)

    assert shown(organisation).name == "Newport Labour Ltd"
    assert [entry.name for entry in Entry.objects.order_by("entry_number")] == [
        "Abercwm Labour Ltd",
        "Newport Labour Ltd",
    ]


def test_republishing_what_has_not_changed_says_nothing_new() -> None:
    organisation = an_applicant()

    listings.republish(organisation, by=None, at=LATER)

    assert Entry.objects.count() == 1


def test_republishing_does_not_bring_a_hidden_applicant_back() -> None:
    organisation = an_applicant()
    listings.hide_applicant(organisation, scheme=SCHEME, by=None, at=LATER)

    assert listings.republish(organisation, by=None, at=LATER) == []
    assert not Entry.objects.shown_at(LATER).exists()


@pytest.mark.parametrize("verb", ["show_applicant", "show_refusal", "hide"])
def test_what_is_shown_or_hidden_is_written_down(verb: str) -> None:
    organisation = an_applicant()
    if verb == "show_refusal":
        listings.show_refusal(organisation, scheme=SCHEME, refused_from=day(0), by=None, at=LATER)
    if verb == "hide":
        listings.hide_applicant(organisation, scheme=SCHEME, by=None, at=LATER)

    event = Event.objects.latest("number")
    assert (event.kind, event.verb) == ("listing", verb)
