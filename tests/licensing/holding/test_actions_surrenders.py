"""Giving a licence up: asked by its holder, decided by another without a hearing, shown on the day."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.test import Client
from django.urls import reverse

from licensing.decisions.actions import proposals
from licensing.decisions.models.decisions import Decision
from licensing.decisions.queries import decisions
from licensing.holding.actions import surrenders
from licensing.packs.letters import kinds as licensing_letters
from registry import schemes
from registry.accounts.models import User
from registry.errors import Refused
from registry.letters.models import Letter
from registry.licences.models import Licence
from registry.papers import words as paper_words
from registry.register.models import Entry
from tests.config.test_staff_api import a_program
from tests.conftest import NOW, SetClock
from tests.licensing.holding.world import a_change, the_holder
from tests.licensing.stories import TODAY, a_licence, a_revocation_proposed, day, decided, later
from tests.people import person, signed_in
from tests.stories import SCHEME

pytestmark = pytest.mark.django_db


def asked(licence: Licence | None = None, *, takes_effect: date | None = None) -> Decision:
    licence = licence or a_licence()
    return surrenders.ask(
        licence, takes_effect=takes_effect or day(20), because="I retire.", by=the_holder(licence), at=NOW
    )


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.code for reason in refused.value.reasons]


def standing(licence: Licence, on: date) -> str:
    return Entry.objects.filter(shown_until=None).standing_on(on).get(listing=licence.listing).standing


def test_asking_changes_nothing_yet_and_is_confirmed() -> None:
    decision = asked()

    assert (decision.kind, decision.status) == ("surrender", "proposed")
    assert standing(decision.subject, day(30)) == "licensed"  # type: ignore[arg-type]
    assert Letter.objects.filter(template="licensing/letters/surrender_asked.html").exists()


def test_it_is_decided_by_another_without_a_hearing_and_the_register_says_so_from_the_day() -> None:
    decision = asked()

    decided(decision, by=person("decision_maker"), at=later(2))

    licence = Licence.objects.get()
    assert (licence.status, licence.surrendered_from) == ("surrendered", day(20))
    assert [standing(licence, day(n)) for n in (19, 20)] == ["licensed", "surrendered"]
    letter = Letter.objects.get(subject="Your licence is surrendered")
    assert letter.facts["from_day"] == day(20).isoformat()


def test_until_it_is_decided_the_holder_reads_what_was_asked_and_how_to_keep_the_licence() -> None:
    decision = asked()
    browser = signed_in(the_holder(decision.subject))  # type: ignore[arg-type]
    number = decision.subject.reference

    page = browser.get(reverse("licence", args=[number])).content.decode()
    assert "you asked to surrender the licence from 22 November 2026. It has not been decided yet." in page
    keep = reverse("keep_licence", args=[number])
    assert keep in page and keep in browser.get(reverse("surrender_licence", args=[number])).content.decode()

    decided(decision, by=person("decision_maker"), at=later(2))
    assert "It has not been decided yet." not in browser.get(reverse("licence", args=[number])).content.decode()


def test_a_holder_who_asked_is_told_that_nothing_came_of_it() -> None:
    decision = proposals.drop(asked(), because="You rang: you go on.", by=person("case_officer"), at=later(1))

    letter = Letter.objects.get(subject="Your licence is not given up")
    assert (letter.facts["because"], decision.status) == ("You rang: you go on.", "dropped")
    assert "Your licence continues" in paper_words.text(letter)


def test_the_letter_gives_our_reasons_and_not_the_holders_own_words() -> None:
    decision = asked()
    officer = signed_in(person("decision_maker"))

    begun = officer.get(reverse("decide", args=[decision.reference])).context["form"]["because"].value()
    assert begun == "You have asked us to end the licence from this day."

    decided(decision, by=person("decision_maker"), at=later(2))
    letter = Letter.objects.get(subject="Your licence is surrendered")
    assert letter.facts["because"] in paper_words.text(letter)


def test_a_licence_that_ends_by_itself_has_no_reasons_of_ours() -> None:
    scheme = schemes.in_force(SCHEME, TODAY)

    ended = paper_words.fragment(licensing_letters.sample_of(scheme, "licence_ended", language="en"))
    given_up = paper_words.fragment(licensing_letters.sample_of(scheme, "surrender", language="en"))

    assert ("Our reasons" in ended, "Our reasons" in given_up) == (False, True)


def test_what_is_given_up_cannot_be_renewed_and_says_why() -> None:
    licence = given_up()

    page = signed_in(the_holder(licence)).get(reverse("renew_licence", args=[licence.number])).content.decode()

    assert "The licence has been revoked, surrendered or ended, so it cannot be renewed." in page
    assert "can be renewed from" not in page


def given_up() -> Licence:
    """From day 20 on: its last day is the one before."""
    decided(asked(), by=person("decision_maker"), at=later(2))
    return Licence.objects.get()


LAST_DAY = "21 November 2026"


@pytest.mark.parametrize(
    ("page", "reader"),
    [
        ("entry", None),
        ("licence", the_holder),
        ("licences", the_holder),
        ("staff_licence", lambda _licence: person("case_officer")),
        ("staff_licences", lambda _licence: person("case_officer")),
        ("organisation", lambda _licence: person("case_officer")),
    ],
)
def test_until_its_last_day_it_is_licensed_on_every_page(
    page: str, reader: Callable[[Licence], User] | None, set_clock: SetClock
) -> None:
    licence = given_up()
    set_clock(later(2))
    about = {"licences": [], "staff_licences": [], "organisation": [licence.organisation.reference]}
    address = reverse(page, args=about.get(page, [licence.number]))

    browser = signed_in(reader(licence)) if reader else Client()
    words = browser.get(address, {"term": "in_force"} if page == "staff_licences" else {}).content.decode()

    shown = words[words.index("<main") :]
    assert "Licensed" in shown and LAST_DAY in shown
    assert not re.search(r"govuk-tag[^>]*>\s*Surrendered", shown)
    assert f"until the end of {licence.valid_until:%-d %B %Y}" not in shown.split("Term")[0]


def test_what_is_found_says_its_last_day(set_clock: SetClock) -> None:
    licence = given_up()
    set_clock(later(2))

    assert f"until the end of {LAST_DAY}" in Client().get(reverse("check"), {"q": licence.number}).content.decode()


def test_programs_read_that_it_goes_on_until_its_last_day(set_clock: SetClock) -> None:
    licence = given_up()
    set_clock(later(2))

    staff = a_program(person("case_officer")).get(f"licences/{licence.number}").json()
    public = Client().get(reverse("api-1:register_entry", args=[licence.number])).json()

    assert (staff["last_day"], staff["surrendered_from"]) == ("2026-11-21", "2026-11-22")
    assert (public["standing"], public["last_day"], public["surrendered_from"]) == (
        "licensed",
        "2026-11-21",
        "2026-11-22",
    )


def test_from_the_day_on_it_is_in_no_list_of_what_is_in_force() -> None:
    licence = given_up()

    assert [Licence.objects.in_force(day(n)).filter(pk=licence.pk).exists() for n in (19, 20)] == [True, False]
    assert [str(licence.held_as(day(n)).label) for n in (19, 20)] == ["Licensed", "Surrendered"]


def test_nothing_is_altered_about_it_any_more() -> None:
    licence = given_up()

    with pytest.raises(Refused) as refused:
        a_change(licence=licence, at=later(3))

    assert codes(refused) == ["ends_soon"]


def test_it_bears_no_appeal() -> None:
    decision = decided(asked(), by=person("decision_maker"), at=NOW)

    assert decision.appeal_by is None


def test_whoever_asked_does_not_decide() -> None:
    licence = a_licence()
    both = the_holder(licence)
    both.groups.add(*person("decision_maker").groups.all())

    with pytest.raises(Refused) as refused:
        decided(asked(licence), by=both, at=NOW)

    assert codes(refused) == ["same_person"]


def test_consent_to_one_day_is_none_to_an_earlier_one() -> None:
    with pytest.raises(Refused) as refused:
        decided(asked(), from_day=day(5), by=person("decision_maker"), at=NOW)

    assert codes(refused) == ["before_asked"]


def test_decided_after_the_day_that_was_asked_for_it_takes_effect_that_day() -> None:
    decision = asked(takes_effect=day(3))

    decided(decision, from_day=day(6), by=person("decision_maker"), at=later(6))

    assert Licence.objects.get().surrendered_from == day(6)


def test_it_waits_for_whoever_decides() -> None:
    decision = asked()

    assert list(Decision.objects.for_decision_by(person("decision_maker"), TODAY)) == [decision]
    assert decisions.first_day(decision, on=TODAY) == day(20)


def test_nobody_escapes_a_decision_by_giving_up() -> None:
    licence = a_licence()
    a_revocation_proposed(licence)

    with pytest.raises(Refused) as refused:
        asked(licence)

    assert codes(refused) == ["decision_open"]


def test_it_is_asked_once() -> None:
    licence = a_licence()
    asked(licence)

    with pytest.raises(Refused) as refused:
        asked(licence)

    assert codes(refused) == ["asked_already"]


@pytest.mark.parametrize(("takes_effect", "code"), [(day(0), "too_early"), (day(400), "after_expiry")])
def test_the_day_lies_ahead_and_within_the_licence(takes_effect: date, code: str) -> None:
    with pytest.raises(Refused) as refused:
        asked(takes_effect=takes_effect)

    assert codes(refused) == [code]


def test_an_officer_may_drop_it_when_the_holder_rings() -> None:
    decision = proposals.drop(asked(), because="They rang: a mistake.", by=person("case_officer"), at=NOW)

    assert decision.status == "dropped"


def test_only_whoever_acts_for_the_holder_asks() -> None:
    licence = a_licence()

    with pytest.raises(ObjectDoesNotExist):
        surrenders.ask(licence, takes_effect=day(20), because="x", by=person("applicant"), at=NOW)
    with pytest.raises(PermissionDenied):
        surrenders.ask(licence, takes_effect=day(20), because="x", by=person("case_officer"), at=NOW)
