"""A vehicle's registration number is shown, and finds whose it is, only where the pack publishes it."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from public_lookup.lookup.queries.rows import AnswerReason
from registry import schemes
from registry.licences.models import Licence
from registry.organisations import actions as facts
from registry.register import queries as register
from registry.register.actions import listings
from registry.register.models import Entry
from registry.search.keyed import keys_of
from tests.conftest import NOW
from tests.public_lookup.stories import a_holder, ask, read
from tests.public_lookup.telephone.provider import Call

pytestmark = pytest.mark.django_db

VEHICLES: list[dict[str, Any]] = [{"registration": "AB12 CDE", "seats": 16}, {"registration": "ABZ 1234", "seats": 8}]
PACK = Path(schemes.__file__).parent / "packs" / "gla-food"


@pytest.fixture(scope="module")
def packs_with_vehicles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    packs = tmp_path_factory.mktemp("packs")
    shutil.copytree(PACK, packs / "gla-food")
    scheme = packs / "gla-food" / "base" / "scheme.toml"
    scheme.write_text(scheme.read_text().replace("website = true\n", "website = true\nvehicles = true\n"))
    return packs


@pytest.fixture
def publishes_vehicles(packs_with_vehicles: Path) -> Iterator[None]:
    """The packs as they are, but that vehicles are published."""
    with schemes.use([packs_with_vehicles]):
        yield


def with_vehicles(name: str = "Harvest Hands Ltd") -> Licence:
    licence = a_holder(name)
    facts.write_down(licence.organisation, facts={"vehicles": VEHICLES}, source="application", at=NOW)
    listings.republish(licence.organisation, by=None, at=NOW)
    return licence


@pytest.mark.usefixtures("publishes_vehicles")
@pytest.mark.parametrize("typed", ["AB12 CDE", "ab12cde", " Ab 12 cdE ", "AB12-CDE", "abz 1234"])
def test_a_vehicle_answers_however_it_is_typed(client: Client, typed: str) -> None:
    with_vehicles()
    a_holder("Meadow Staff Ltd")

    found = ask(client, "api", q=typed).json["items"]

    assert [(one["name"], one["exact"], one["matched_by"] or one["near_by"]) for one in found] == [
        ("Harvest Hands Ltd", True, AnswerReason.VEHICLE)
    ]
    assert "Has the vehicle" in ask(client, "page", q=typed).text


@pytest.mark.usefixtures("publishes_vehicles")
@pytest.mark.parametrize("typed", ["AB12 CDF", "AB12", "A812 CDE", "AB I2 CDE"])
def test_another_vehicle_finds_nobody(client: Client, typed: str) -> None:
    with_vehicles()

    assert ask(client, "api", q=typed).json["items"] == []


@pytest.mark.usefixtures("publishes_vehicles")
def test_the_entry_lists_them(client: Client) -> None:
    number = with_vehicles().number

    assert "AB12 CDE, ABZ 1234" in read(client, "page", number).text
    assert read(client, "api", number).json["vehicles"] == ["AB12 CDE", "ABZ 1234"]
    assert list(register.faults()) == []


def test_no_pack_that_does_not_say_so_publishes_them(client: Client) -> None:
    number = with_vehicles().number

    assert ask(client, "api", q="AB12 CDE").json["items"] == []
    assert read(client, "api", number).json["vehicles"] is None
    assert "AB12" not in read(client, "page", number).text


def test_what_is_silent_about_vehicles_has_the_hash_it_had_before_there_were_any() -> None:
    """Entries of earlier versions of the product stay as they are, and their chain holds."""
    entry = Entry.objects.get(listing=a_holder().listing)

    assert "vehicles" not in register.hashed({field: getattr(entry, field) for field in register.CONTENT})
    assert list(register.faults()) == []


@pytest.mark.usefixtures("publishes_vehicles")
def test_a_telephone_offers_vehicles_and_finds_one_by_its_keys(settings: Settings) -> None:
    settings.TELEPHONE_SECRET = "a secret of the provider"
    number = with_vehicles().number
    call = Call().press("01")
    assert "menu-vehicle" in call.words

    call.press("2").press(keys_of("AB12 CDE"))

    assert " ".join(number) in call.words
