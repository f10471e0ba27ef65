"""Who and what hangs together: by which intelligence, how surely; a chart and a table; conflicts of interest take it away."""

from typing import Any

import pytest
from django.test import Client

from compliance.intelligence.actions import ties
from compliance.intelligence.models.intelligence import Intelligence
from compliance.intelligence.models.ties import Entity, Tie
from compliance.intelligence.queries import ties as queries
from compliance.intelligence.rules import named
from compliance.intelligence.states import EntityKind, Strength
from registry.accounts.models import User
from registry.conflicts import actions as conflicts
from registry.errors import Refused
from registry.trail.models.events import Event
from tests.compliance.intelligence.world import some_intelligence
from tests.conftest import NOW
from tests.people import person, signed_in
from tests.public_lookup.stories import a_holder

pytestmark = pytest.mark.django_db

ACCOUNT = "12-34-56 12345678"


@pytest.fixture
def analyst() -> User:
    return person("intelligence_analyst", name="Non Hughes")


def tied(one: Intelligence, first: tuple[str, str], second: tuple[str, str], *, by: User, strength: int = 2) -> Tie:
    ends = (named(kind, text, None, where="first") for kind, text in (first, second))
    return ties.tie(one, first=next(ends), second=next(ends), how="seen with", strength=strength, by=by, at=NOW)


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_however_it_is_written_it_is_the_same_and_of_an_account_only_the_end_is_kept(analyst: User) -> None:
    one, other = some_intelligence(by=analyst), some_intelligence(by=analyst)

    tied(one, ("telephone", "07700 900123"), ("person", "Marek Kowalski"), by=analyst)
    tied(other, ("telephone", "+44 7700 900 123"), ("account", ACCOUNT), by=analyst)
    tied(other, ("vehicle", "ab12cde"), ("account", "123456 1234 5678"), by=analyst)

    assert sorted(Entity.objects.values_list("kind", "label")) == [
        ("account", "…5678"),
        ("person", "Marek Kowalski"),
        ("telephone", "07700 900123"),
        ("vehicle", "ab12cde"),
    ]
    assert not any("12345678" in str(row) for row in Entity.objects.values())
    facts = str(list(Event.objects.filter(verb="tie").values_list("facts", "because")))
    assert "Kowalski" not in facts and "900" not in facts


def test_said_again_the_later_word_stands_and_it_is_taken_back_with_a_reason(analyst: User) -> None:
    one = some_intelligence(by=analyst)
    tied(one, ("person", "Marek Kowalski"), ("vehicle", "AB12 CDE"), by=analyst, strength=1)
    tie = tied(one, ("vehicle", "AB12 CDE"), ("person", "Kowalski Marek"), by=analyst, strength=3)

    assert Tie.objects.get().strength == Strength.CERTAIN
    with pytest.raises(Refused):
        ties.untie(tie, because="no", by=analyst, at=NOW)
    ties.untie(tie, because="Another van was meant.", by=analyst, at=NOW)
    assert not Tie.objects.exists()
    assert Event.objects.get(verb="untie").because == "Another van was meant."


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [
        (("telephone", "12"), ("person", "Ana"), "telephone"),
        (("account", "12"), ("person", "Ana"), "account"),
        (("person", "Ana"), ("person", "ANA"), "same_entity"),
        (("spaceship", "Ana"), ("person", "Ana"), "no_kind"),
    ],
)
def test_what_cannot_be_is_refused(analyst: User, first: tuple[str, str], second: tuple[str, str], code: str) -> None:
    with pytest.raises(Refused) as refused:
        tied(some_intelligence(by=analyst), first, second, by=analyst)

    assert [reason.code for reason in refused.value.reasons] == [code]


def test_the_chart_goes_two_steps_and_the_table_says_the_same_with_what_each_rests_on(analyst: User) -> None:
    one, other = some_intelligence(by=analyst), some_intelligence(by=analyst)
    tied(one, ("person", "Marek Kowalski"), ("telephone", "07700 900123"), by=analyst, strength=3)
    tied(other, ("telephone", "07700 900123"), ("address", "1 Fern Lane, Sampleton"), by=analyst, strength=1)
    tied(other, ("address", "1 Fern Lane, Sampleton"), ("vehicle", "AB12 CDE"), by=analyst)
    marek = Entity.objects.get(kind=EntityKind.PERSON)

    file = queries.entity_file(marek, by=analyst)
    page = text_of(signed_in(analyst).get(f"/staff/links/{marek.reference}/"))

    assert file.chart is not None
    assert [box.text for box in file.chart.boxes] == ["Marek Kowalski", "07700 900123", "1 Fern Lane, Sampleton"]
    assert [(line.width, line.is_broken) for line in file.chart.lines] == [(4, False), (1, True)]
    assert [(row.first.label, row.second.label) for row in file.rows] == [
        ("Marek Kowalski", "07700 900123"),
        ("07700 900123", "1 Fern Lane, Sampleton"),
    ]
    for said in ("<svg", "Certain", "Suspected", one.reference, other.reference):
        assert said in page
    assert "AB12 CDE" not in page


def test_what_is_too_long_for_its_box_is_cut_in_the_middle_so_that_its_end_tells_it_apart(analyst: User) -> None:
    one = some_intelligence(by=analyst)
    for house in ("1 Marsh Lane, Wisbech, Cambridgeshire PE13 1AA", "1 Marsh Lane, Wisbech, Cambridgeshire PE13 2BB"):
        tied(one, ("person", "Marek Kowalski"), ("address", house), by=analyst)

    file = queries.entity_file(Entity.objects.get(kind=EntityKind.PERSON), by=analyst)

    assert file.chart is not None
    assert [box.text for box in file.chart.boxes[1:]] == [
        "1 Marsh Lane, Wisbe…e PE13 1AA",
        "1 Marsh Lane, Wisbe…e PE13 2BB",
    ]


def ends(chart: queries.Chart) -> set[tuple[int, int]]:
    """Where lines end: at the side of a box."""
    return {end for line in chart.lines for end in ((line.x1, line.y1), (line.x2, line.y2))}


@pytest.mark.parametrize(("beside", "drawn"), [(19, 39), (26, 41)])
def test_of_forty_every_box_has_its_line_few_lines_cross_and_the_table_has_them_all(
    analyst: User, beside: int, drawn: int
) -> None:
    one, hub = some_intelligence(by=analyst), ("person", "Marek Kowalski")
    vehicles = [("vehicle", f"AB{number:02} CDE") for number in range(beside)]
    for number, vehicle in enumerate(vehicles):
        tied(one, hub, vehicle, by=analyst, strength=1 + number % 3)
        tied(one, vehicle, ("telephone", f"07700 9001{number:02}"), by=analyst, strength=1 + number % 2)
    tied(one, vehicles[0], vehicles[9], by=analyst)

    file = queries.entity_file(Entity.objects.get(kind=EntityKind.PERSON), by=analyst)

    assert len(file.rows) == 2 * beside + 1
    assert file.chart is not None
    assert (len(file.chart.boxes), file.chart.there_are) == (drawn, 1 + 2 * beside)
    sides = [{(box.x, box.y), (box.x + queries.WIDTH, box.y)} for box in file.chart.boxes]
    assert all(side & ends(file.chart) for side in sides)
    # Each telephone stands beside its own vehicle.
    assert [line for line in file.chart.lines if line.x2 == queries.COLUMNS[2] and line.y1 != line.y2] == []


def test_it_is_said_on_the_page_of_the_intelligence_and_an_organisation_is_known_by_its_number(analyst: User) -> None:
    client, licence = signed_in(analyst), a_holder("Harvest Hands Ltd")
    one = some_intelligence(by=analyst)
    address = f"/staff/intelligence/{one.reference}/tie/"
    typed = {
        "first_kind": "organisation",
        "first": licence.number,
        "how": "paid into",
        "second_kind": "account",
        "second": "12",
        "strength": "2",
    }

    client.post(f"/staff/intelligence/{one.reference}/", {"because": "To prepare the visit."})
    wrong = client.post(address, typed)
    assert wrong.status_code == 422
    assert "Enter the sort code and the number of the account" in text_of(wrong)
    assert client.post(address, {**typed, "second": ACCOUNT}).status_code == 302

    assert Entity.objects.get(kind="organisation").organisation == licence.organisation
    assert "…5678" in text_of(client.get(f"/staff/intelligence/{one.reference}/"))
    key = Tie.objects.get().pk
    gone = client.post(f"/staff/intelligence/{one.reference}/tie/{key}/untie/", {"because": "It was another account."})
    assert gone.status_code == 302


def test_whoever_has_a_conflict_of_interest_sees_neither_the_firm_nor_what_hangs_on_it(analyst: User) -> None:
    licence, one = a_holder("Harvest Hands Ltd"), some_intelligence(by=analyst)
    firm = named("organisation", licence.number, licence.organisation, where="first")
    van = named("vehicle", "AB12 CDE", None, where="second")
    tie = ties.tie(one, first=firm, second=van, how="drives", strength=2, by=analyst, at=NOW)
    client: Client = signed_in(analyst)
    addresses = [f"/staff/links/{end.reference}/" for end in (tie.first, tie.second)]
    assert [client.get(address).status_code for address in addresses] == [200, 200]

    conflicts.declare(
        analyst, organisation=licence.organisation, because="My brother.", since=NOW.date(), by=analyst, at=NOW
    )

    assert [client.get(address).status_code for address in addresses] == [404, 404]
    assert queries.ties_of(one, by=analyst) == []
    with pytest.raises(Refused) as refused:
        ties.tie(one, first=firm, second=van, how="drives", strength=2, by=analyst, at=NOW)
    assert [reason.code for reason in refused.value.reasons] == ["conflicted"]
