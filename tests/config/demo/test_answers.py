"""The plain answers of the sample data: the same for all, or a firm's own, so that only those meant to be are found alike."""

from dataclasses import replace
from random import Random

from config.demo import made_up
from config.demo.answers import PLAIN, PLAIN_BY_KEY, Profile, answers
from registry import schemes
from tests.conftest import NOW
from tests.stories import a_profile

SHARED = {PLAIN["telephone"], PLAIN["email"], PLAIN["vehicle_registration"], PLAIN["address"]["line_1"]}


def said(profile: Profile) -> set[str]:
    """Every text that the form of a firm with vans and houses says."""
    pack = schemes.in_force("gla-food", NOW.date())
    return {text for item in answers(pack, profile) for text in texts(item.data)}


def texts(value: object) -> set[str]:
    if isinstance(value, dict):
        return set().union(*(texts(one) for one in value.values())) if value else set()
    if isinstance(value, list):
        return set().union(*(texts(one) for one in value)) if value else set()
    return {str(value)}


def test_a_firm_that_has_its_own_shares_no_telephone_mailbox_house_or_van() -> None:
    profile = a_profile(legal_name="Abercwm Labour Ltd", transport=True, accommodation=True)
    other = a_profile(legal_name="Green Valley Staff", transport=True, accommodation=True)

    assert said(profile) & SHARED
    mine, others = (said(replace(one, has_its_own=True)) for one in (profile, other))
    assert not (mine | others) & SHARED
    contacts = {text for text in mine & others if "@" in text or text.startswith("+44") or "Market Place" in text}
    assert not contacts


def test_what_is_a_firms_own_is_the_same_each_time_and_is_taken_by_the_form() -> None:
    profile = replace(a_profile(legal_name="Abercwm Labour Ltd", transport=True), has_its_own=True)

    assert said(profile) == said(profile)


def people(profile: Profile) -> set[tuple[str, str]]:
    """Everybody whom the form names, with their birthday: by both somebody is known again."""
    pack = schemes.in_force("gla-food", NOW.date())
    named = [item.data for item in answers(pack, profile) if "full_name" in item.data]
    return {(str(one["full_name"]), str(one["date_of_birth"])) for one in named}


def test_nobody_is_in_a_firm_and_in_its_copy_whatever_it_supplies() -> None:
    """One supervisor of all gatherers of shellfish made a refusal of one firm that of each of them."""
    gatherers = made_up.firm(Random(1), 1, scheme="gla-food", sectors=("shellfish", "shellfish"), invented_place=False)
    copy = made_up.alike(Random(2), 2, like=gatherers, scheme="gla-food", invented_place=False)

    assert len(people(gatherers.profile)) > 1
    assert not people(gatherers.profile) & people(copy.profile)
    assert not {name for name, _born in people(copy.profile)} & {PLAIN_BY_KEY["full_name"]}
