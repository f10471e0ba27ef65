import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection

from registry import schemes
from registry import search as index
from registry.licences.actions import licences
from registry.organisations import actions as people
from registry.organisations.models import Organisation
from registry.register import queries as register_queries
from registry.register.actions import listings
from registry.register.actions import publishing as register
from registry.register.models import Entry, Listing, Withdrawal
from registry.register.rules import name_digest
from tests import database
from tests.conftest import NOW
from tests.registry.stories import SCHEME, a_decider, a_licence, a_licence_that_is, an_organisation, day

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=1)


def test_publishing_closes_one_entry_and_opens_the_next_at_the_same_instant() -> None:
    licence = a_licence()

    licences.revoke(licence, takes_effect=day(9), because="x", by=a_decider(), at=LATER)

    first, second = Entry.objects.order_by("entry_number")
    assert first.shown_until == second.shown_from == LATER
    assert second.shown_until is None


def test_publishing_what_is_said_already_says_nothing_new() -> None:
    listing = a_licence().listing

    again = register.publish(listing, at=LATER)

    assert Entry.objects.get() == again
    assert again.shown_from == NOW


def test_entries_are_numbered_from_one_in_the_order_of_publishing() -> None:
    a_licence_that_is("revoked")
    a_licence(an_organisation("Barry Staff Ltd"))

    assert list(Entry.objects.order_by("shown_from", "entry_number").values_list("entry_number", flat=True)) == [
        1,
        2,
        3,
    ]


def test_an_entry_copies_only_what_anyone_may_read() -> None:
    organisation = an_organisation(
        trading_names=["Abercwm Crews"],
        company_number="01234567",
        utr="1234567890",
        vat_number="987654321",
        telephone="+441639000000",
    )
    people.name(
        organisation,
        kind="principal_authority",
        particulars={"full_name": "Rhian Prosser", "date_of_birth": day(-9000), "nino": "QQ123456C"},
        since=day(0),
        by=None,
        at=NOW,
    )

    a_licence(organisation)

    entry = Entry.objects.get()
    assert (entry.name, entry.trading_names, entry.company_number) == (
        "Abercwm Labour Ltd",
        ["Abercwm Crews"],
        "01234567",
    )
    said = " ".join(str(value) for value in Entry.objects.values().get().values())
    for secret in ("1234567890", "987654321", "QQ123456C", str(day(-9000))):
        assert secret not in said


def test_where_people_are_listed_the_entry_names_them() -> None:
    a_licence(_with_a_principal_authority())

    assert Entry.objects.get().named_people == ["Rhian Prosser"]
    assert Entry.objects.get().named_digests == []


def test_where_people_can_only_be_confirmed_the_entry_keeps_digests(tmp_path: Path) -> None:
    with schemes.use([_packs_with(tmp_path, 'named_people = "listed"', 'named_people = "confirm_only"')]):
        a_licence(_with_a_principal_authority())

    entry = Entry.objects.get()
    assert entry.named_people is None
    assert entry.named_digests == [name_digest("rhian  PROSSER")]
    assert name_digest("Rhian Powell") not in entry.named_digests


def test_the_digest_of_a_name_depends_on_the_key(settings: object) -> None:
    before = name_digest("Rhian Prosser")

    settings.NAMES_KEY = "another key"  # type: ignore[attr-defined]

    assert name_digest("Rhian Prosser") != before


def test_the_public_finds_a_name_as_soon_as_it_is_published() -> None:
    listing = a_licence(an_organisation("Abercwm Labour Ltd")).listing

    assert {found.subject for found in index.find("abercwm", index.PUBLIC)} == {listing.pk}


def test_the_public_still_finds_the_old_name_after_a_change() -> None:
    organisation = a_licence(an_organisation("Abercwm Labour Ltd")).organisation
    people.update(organisation, changes={"legal_name": "Newport Staff Ltd"}, by=None, at=LATER)

    listings.republish(organisation, by=None, at=LATER)

    for name in ("abercwm", "newport"):
        assert [found.subject for found in index.find(name, index.PUBLIC)] == [Listing.objects.get().pk]


def test_a_listing_is_made_once() -> None:
    organisation = an_organisation()

    assert register.listing_of(organisation, SCHEME) == register.listing_of(organisation, SCHEME)


def test_hiding_what_is_hidden_changes_nothing() -> None:
    organisation = _hidden_applicant()

    register.hide(organisation.listings.get(), at=LATER + timedelta(days=1))

    assert Entry.objects.get().shown_until == LATER
    assert Withdrawal.objects.count() == 1


def test_what_is_hidden_is_numbered_for_those_who_follow() -> None:
    _hidden_applicant()
    _hidden_applicant()

    assert list(Withdrawal.objects.order_by("number").values_list("number", "entry")) == [(1, 1), (2, 2)]


def test_an_untouched_register_has_no_faults() -> None:
    a_licence_that_is("revoked")
    _hidden_applicant()

    assert list(register_queries.faults()) == []


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE registry_entry SET name = 'Somebody else' WHERE entry_number = 1",
        "UPDATE registry_entry SET shown_from = shown_until WHERE entry_number = 1",
        "UPDATE registry_entry SET revoked_from = NULL WHERE revoked_from IS NOT NULL",
        "DELETE FROM registry_entry WHERE entry_number = 1",
        "DELETE FROM registry_entry WHERE shown_until IS NULL",
        "UPDATE registry_entry SET shown_until = shown_from WHERE shown_until IS NULL",
    ],
)
def test_whoever_takes_the_triggers_away_and_rewrites_an_entry_is_found_out(tampering: str) -> None:
    licence = a_licence()
    licences.revoke(licence, takes_effect=day(9), because="x", by=a_decider(), at=LATER)

    with database.triggers_away(), connection.cursor() as cursor:
        cursor.execute(tampering)

    assert list(register_queries.faults())


def _with_a_principal_authority() -> Organisation:
    organisation = an_organisation()
    people.name(
        organisation,
        kind="principal_authority",
        particulars={"full_name": "Rhian Prosser"},
        since=day(0),
        by=None,
        at=NOW,
    )
    return organisation


def _packs_with(directory: Path, old: str, new: str) -> Path:
    """The packs, with one line of every version read differently."""
    copied = Path(shutil.copytree(Path(schemes.__file__).parent / "packs", directory / "packs"))
    changed = [path for path in copied.rglob("*.toml") if old in path.read_text()]
    assert changed
    for path in changed:
        path.write_text(path.read_text().replace(old, new))
    return copied


def _hidden_applicant() -> Organisation:
    organisation = an_organisation("Barry Staff Ltd")
    listings.show_applicant(
        organisation, scheme=SCHEME, sectors=["x"], supplies_to=["wales"], applied_on=day(0), by=None, at=NOW
    )
    listings.hide_applicant(organisation, scheme=SCHEME, by=None, at=LATER)
    return organisation
