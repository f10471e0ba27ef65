"""Reading lists of premises, and writing down where an organisation supplies workers."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from registry import search as index
from registry.accounts.models import User
from registry.errors import Refused
from registry.imports import actions as imports
from registry.imports.models import Import, RefusedLine
from registry.premises import actions as premises
from registry.premises.actions import GivenPlace
from registry.premises.models import PlaceOfSupply, Premises
from registry.trail.models.events import Event
from registry.trail.queries import chain as trail
from tests.conftest import NOW
from tests.killed import killed
from tests.people import person
from tests.registry.stories import TODAY, a_listed_place, a_place_supplied, a_row, an_edition, an_organisation

pytestmark = pytest.mark.django_db


def begun(digest: str = "1" * 64, *, by: User | None = None) -> Import:
    return imports.begin(
        source="a-list", licence="Open licence", file="list.csv", digest=digest, by=by or person("system"), at=NOW
    )


def read(under: Import, *rows: dict[str, str]) -> tuple[Import, list[RefusedLine]]:
    first = under.read + 2
    return premises.import_rows(under, after=under.read, rows=list(enumerate(rows, first)), by=under.by, at=NOW)


def counts(under: Import) -> dict[str, int]:
    names = ("read", "added", "changed", "unchanged", "repeated", "refused")
    return {name: getattr(under, name) for name in names if getattr(under, name)}


def found(text: str) -> set[str]:
    pks = {one.subject for one in index.find(text, Premises.SPACE)}
    return set(Premises.objects.filter(pk__in=pks).values_list("name", flat=True))


# --- lists


def test_a_row_becomes_a_place_that_can_be_found() -> None:
    place = a_listed_place(postcode="sa311ab", address_1="", address_3="Old Docks")

    assert (place.organisation, place.nation, place.source) == (None, "wales", "a-list")
    assert place.address == {
        "line_1": "Station Yard",
        "line_2": "Old Docks",
        "town": "Carmarthen",
        "county": "",
        "postcode": "SA31 1AB",
        "country": "wales",
    }
    assert (place.postcode, place.place, place.area) == ("SA311AB", "carmarthen", "carmarthenshire")
    assert place.activities == ["Packing Centre", "Cold Store"]
    assert found("hafod packing") == found("hf001") == {"Hafod Packing Ltd"}


def test_no_postcode_is_no_fault_and_one_that_is_none_is_kept_as_it_is_written() -> None:
    an_edition(a_row(postcode=""), a_row(approval_number="HF 002", postcode="SA31 1??"))

    assert list(Premises.objects.order_by("pk").values_list("postcode", "address__postcode")) == [
        ("", ""),
        ("SA311", "SA31 1??"),
    ]


@pytest.mark.parametrize("country", ["Jersey", "Guernsey", "Isle of Man"])
def test_an_island_outside_the_united_kingdom_is_elsewhere_and_named(country: str) -> None:
    place = a_listed_place(country=country)

    assert (place.nation, place.address["country"], place.address["county"]) == ("other", "elsewhere", country)


def test_one_number_may_belong_to_two_names() -> None:
    under = an_edition(a_row(), a_row(trading_name="Selsea Ltd"))

    assert counts(under) == {"read": 2, "added": 2}


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ({"trading_name": " "}, "The column trading_name is empty."),
        ({"approval_number": ""}, "The column approval_number is empty."),
        ({"town": ""}, "The column town is empty."),
        ({"country": "Narnia"}, "“Narnia” is no country that lists name."),
        ({"trading_name": "x" * 201}, "The column trading_name is too long."),
        ({"town": "Caf\udce9"}, "There are characters that cannot be read: is the file in UTF-8?"),
        ({"beyond": "x"}, "There are too many or too few columns."),
    ],
)
def test_a_bad_row_is_reported_and_the_good_ones_are_kept(columns: dict[str, str], reason: str) -> None:
    under, reported = read(begun(), a_row(**columns), a_row(approval_number="HF 002"))

    assert reported == [RefusedLine(2, reason)]
    assert under.reported == [[2, reason]]
    assert counts(under) == {"read": 2, "added": 1, "refused": 1}
    assert Premises.objects.get().approval_number == "HF 002"


def test_what_is_said_again_is_reported_and_what_contradicts_it_is_refused() -> None:
    under, reported = read(begun(), a_row(), a_row())
    under, more = read(under, a_row(), a_row(town="Barry"))

    assert [one.line for one in reported + more] == [3, 4, 5]
    assert counts(under) == {"read": 4, "added": 1, "repeated": 2, "refused": 1}
    assert Premises.objects.get().address["town"] == "Carmarthen"


def test_the_same_edition_again_changes_nothing() -> None:
    an_edition(a_row(), a_row(approval_number="HF 002"))

    again = an_edition(a_row(), a_row(approval_number="HF 002"), at=NOW + timedelta(days=1))

    assert counts(again) == {"read": 2, "unchanged": 2}
    assert not Event.objects.filter(kind="premises").exists()


def test_what_changed_is_brought_up_to_date_with_what_it_was() -> None:
    place = a_listed_place()

    later = an_edition(a_row(town="Barry", activities="Cold Store"), at=NOW + timedelta(days=30))

    place.refresh_from_db()
    assert (place.address["town"], place.place, place.activities) == ("Barry", "barry", ["Cold Store"])
    assert (place.last_listed, counts(later)) == (later, {"read": 1, "changed": 1})
    event = Event.objects.get(kind="premises", reference=place.reference)
    assert (event.verb, event.facts["edition"]) == ("update", later.reference)
    assert event.facts["activities"] == {"from": ["Packing Centre", "Cold Store"], "to": ["Cold Store"]}
    assert (event.facts["address"]["from"]["town"], event.facts["address"]["to"]["town"]) == ("Carmarthen", "Barry")
    assert "place" not in event.facts
    assert list(trail.faults()) == []


def test_what_the_newest_edition_does_not_name_is_kept() -> None:
    an_edition(a_row(), a_row(approval_number="HF 002"))

    an_edition(a_row(), at=NOW + timedelta(days=30))

    assert Premises.objects.count() == 2
    assert Event.objects.filter(verb="finish_import").order_by("-number")[0].facts["gone"] == 1


def test_a_reading_that_was_cut_off_is_taken_up_where_it_stopped() -> None:
    under, _reported = read(begun(), a_row(), a_row(approval_number="HF 002"))

    again = begun()
    again, _reported = read(again, a_row(approval_number="HF 003"))
    finished = premises.finish_import(again, by=again.by, at=NOW)

    assert finished.pk == under.pk
    assert counts(finished) == {"read": 3, "added": 3}


def test_another_file_takes_the_place_of_a_reading_that_was_cut_off() -> None:
    old, _reported = read(begun("1" * 64), a_row())

    new, _reported = read(begun("2" * 64), a_row())

    assert counts(new) == {"read": 1, "unchanged": 1}
    with pytest.raises(Refused) as refused:
        read(old, a_row(approval_number="HF 002"))
    assert [reason.code for reason in refused.value.reasons] == ["finished"]


def test_two_readers_of_one_file_are_kept_apart() -> None:
    one, another = begun(), begun()
    read(one, a_row())

    with pytest.raises(Refused) as refused:
        read(another, a_row())

    assert [reason.code for reason in refused.value.reasons] == ["elsewhere"]


@pytest.mark.parametrize("role", ["case_officer", "manager", "auditor", "applicant"])
def test_only_the_job_reads_lists(role: str) -> None:
    under, somebody = begun(), person(role)
    again: list[Callable[[], object]] = [
        lambda: begun(by=somebody),
        lambda: premises.import_rows(under, after=0, rows=[], by=somebody, at=NOW),
        lambda: premises.finish_import(under, by=somebody, at=NOW),
    ]

    for attempt in again:
        with pytest.raises(PermissionDenied):
            attempt()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("function", ["registry.trail.actions.events:record", "registry.premises.actions:_write"])
def test_a_chunk_that_is_cut_off_has_not_been_read(function: str) -> None:
    under, _reported = read(begun(), a_row())

    row = a_row(approval_number="HF 002", trading_name="Selsea Ltd")

    assert killed(lambda: read(Import.objects.get(), row), function, "before")

    under.refresh_from_db()
    assert counts(under) == {"read": 1, "added": 1}
    assert found("selsea") == set()
    under, _reported = read(under, row)
    assert counts(under) == {"read": 2, "added": 2}
    assert list(trail.faults()) == []


# --- places of supply


def test_a_listed_place_is_linked_and_another_goes_on_the_organisations_own_file() -> None:
    organisation, listed = an_organisation(), a_listed_place()
    farm = {"line_1": "Hill Farm", "town": "Llandeilo", "postcode": "SA19 6AA", "country": "wales"}

    premises.name_places_of_supply(
        organisation,
        places=[
            GivenPlace(listed.name, listed.address, listed.reference, "Hafod Packing"),
            GivenPlace("Hill Farm", farm, labour_user="J Evans"),
        ],
        source="application A-1",
        by=None,
        at=NOW,
    )

    named = organisation.places_of_supply.order_by("pk")
    assert [(one.premises.name, one.labour_user, one.source, one.since) for one in named] == [
        ("Hafod Packing Ltd", "Hafod Packing", "application A-1", TODAY),
        ("Hill Farm", "J Evans", "application A-1", TODAY),
    ]
    own = organisation.premises.get()
    assert (own.name, own.postcode, own.source) == ("Hill Farm", "SA196AA", "")
    assert found("hill farm") == {"Hill Farm"}
    assert Event.objects.latest("number").facts["places"] == [listed.reference, own.reference]


def test_what_is_not_named_any_more_ends_and_what_is_stays_since_it_began() -> None:
    organisation, listed = an_organisation(), a_listed_place()
    later = NOW + timedelta(days=365)
    farm = GivenPlace("Hill Farm", {"postcode": "SA19 6AA"})
    premises.name_places_of_supply(
        organisation, places=[GivenPlace("", {}, listed.reference), farm], source="application A-1", by=None, at=NOW
    )

    premises.name_places_of_supply(organisation, places=[farm, farm], source="application A-2", by=None, at=later)

    assert [
        (one.premises.name, one.source, one.until) for one in PlaceOfSupply.objects.order_by("premises__name", "pk")
    ] == [("Hafod Packing Ltd", "application A-1", later.date()), ("Hill Farm", "application A-1", None)]
    assert Event.objects.latest("number").facts["no_longer"] == [listed.reference]


def test_nobody_is_given_a_place_of_somebody_elses_file() -> None:
    somebody, organisation = an_organisation("Somebody Ltd"), an_organisation("Other Ltd")
    own = premises.name_places_of_supply(
        somebody, places=[GivenPlace("Hill Farm", {})], source="application A-1", by=None, at=NOW
    )[0].premises

    premises.name_places_of_supply(
        organisation, places=[GivenPlace("Hill Farm", {}, own.reference)], source="application A-2", by=None, at=NOW
    )

    assert organisation.places_of_supply.get().premises != own
    assert organisation.premises.get().name == "Hill Farm"


def test_two_organisations_may_name_one_place() -> None:
    place = a_place_supplied(an_organisation("One Ltd"))

    a_place_supplied(an_organisation("Two Ltd"), place)

    assert place.supplied_by.count() == 2
