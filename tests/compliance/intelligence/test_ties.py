"""Who and what hangs together: by which intelligence, how surely; a chart and a table; conflicts of interest take it away."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from compliance.intelligence.actions import ties
from compliance.intelligence.models.intelligence import Intelligence
from compliance.intelligence.models.ties import Entity, Tie
from compliance.intelligence.queries import offers
from compliance.intelligence.queries import ties as queries
from compliance.intelligence.rules import named
from compliance.intelligence.states import EntityKind, Strength
from compliance.reports.actions import triage
from registry.accounts.models import User
from registry.conflicts import actions as conflicts
from registry.errors import Refused
from registry.trail.models.events import Event
from tests.compliance.intelligence.world import some_intelligence
from tests.compliance.reports.world import a_report_begun
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
        ("account", "…678"),
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
    tie = tied(one, ("person", "Kowalski Marek"), ("vehicle", "AB12 CDE"), by=analyst, strength=3)

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
    assert "…678" in text_of(client.get(f"/staff/intelligence/{one.reference}/"))
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


# --- direction, days, sources, records ---


@pytest.mark.both
def test_who_runs_whom_is_kept_as_it_was_said(analyst: User) -> None:
    one, firm = some_intelligence(by=analyst), a_holder().organisation
    # The firm has a key before the person has one, and still comes second.
    ends = {"organisation": named("organisation", firm.reference, firm, where="first")}
    darek, kris = (named("person", name, None, where="first") for name in ("Darek Sample", "Kris Sample"))
    ties.tie(one, first=ends["organisation"], second=kris, how="pays", strength=2, by=analyst, at=NOW)
    tie = ties.tie(one, first=darek, second=ends["organisation"], how="runs", strength=3, by=analyst, at=NOW)

    assert (tie.first.label, tie.how, tie.second.label) == ("Darek Sample", "runs", firm.legal_name)
    page = text_of(signed_in(analyst).get(f"/staff/links/{tie.first.reference}/"))
    assert f"<title>Darek Sample runs {firm.legal_name}, Certain, {one.reference}</title>" in page
    assert 'marker-end="url(#arrow)"' in page


def test_what_is_connected_both_ways_is_two_links(analyst: User) -> None:
    one = some_intelligence(by=analyst)
    for first, second in (("Darek Sample", "Kris Sample"), ("Kris Sample", "Darek Sample")):
        tied(one, ("person", first), ("person", second), by=analyst)
    assert Tie.objects.count() == 2


@pytest.mark.both
def test_a_link_has_days_and_none_that_cannot_be(analyst: User) -> None:
    one = some_intelligence(by=analyst)
    ends = [named("person", name, None, where="first") for name in ("Darek Sample", "Kris Sample")]
    given: dict[str, Any] = {"first": ends[0], "second": ends[1], "how": "worked for", "strength": 2, "by": analyst}
    today = NOW.date()
    for since, until, code in (
        (today + timedelta(days=1), None, "in_the_future"),
        (today, today - timedelta(days=1), "ends_first"),
    ):
        with pytest.raises(Refused) as refused:
            ties.tie(one, **given, since=since, until=until, at=NOW)
        assert [reason.code for reason in refused.value.reasons] == [code]
    ties.tie(one, **given, since=date(2025, 3, 1), until=date(2025, 9, 30), at=NOW)
    link = queries.ties_of(one, by=analyst)[0]
    assert link.days == "from 1 March 2025 to 30 September 2025"
    with pytest.raises(DatabaseError), transaction.atomic():
        Tie.objects.update(until=date(2024, 1, 1))


def test_the_same_link_of_several_pieces_is_one_with_all_its_sources(analyst: User) -> None:
    one, other = some_intelligence(by=analyst), some_intelligence(by=analyst)
    for piece, strength in ((one, 1), (other, 3)):
        tied(piece, ("person", "Marek Kowalski"), ("vehicle", "AB12 CDE"), by=analyst, strength=strength)

    file = queries.entity_file(Entity.objects.get(kind=EntityKind.PERSON), by=analyst)

    assert len(file.rows) == 1 and file.rows[0].strength == Strength.CERTAIN
    assert {row.intelligence for row in file.rows[0].rests_on} == {one, other}
    assert file.chart is not None and len(file.chart.lines) == 1


def test_what_our_records_say_is_in_the_same_chart(analyst: User) -> None:
    one, firm = some_intelligence(by=analyst), a_holder().organisation
    business = named("organisation", firm.reference, firm, where="first")
    phone = named("telephone", "07700 900123", None, where="second")
    tie = ties.tie(one, first=business, second=phone, how="is rung at", strength=2, by=analyst, at=NOW)

    file = queries.entity_file(tie.first, by=analyst)

    assert file.chart is not None
    on_record = [row for row in file.rows if row.is_on_record]
    assert {str(row.how) for row in on_record} & {"is at", "has the telephone"}
    assert not any(row.rests_on for row in on_record)
    page = text_of(signed_in(analyst).get(f"/staff/links/{tie.first.reference}/"))
    assert "Our records" in page and f'<a href="/staff/links/{tie.second.reference}/">' in page
    handler = person("source_handler")
    assert not any(row.is_on_record for row in queries.entity_file(tie.first, by=handler).rows)


def test_a_link_from_before_says_that_its_direction_is_not_known(analyst: User) -> None:
    one = some_intelligence(by=analyst)
    tie = tied(one, ("person", "Marek Kowalski"), ("vehicle", "AB12 CDE"), by=analyst)
    Tie.objects.update(is_directed=False)
    page = text_of(signed_in(analyst).get(f"/staff/links/{tie.first.reference}/"))
    assert "The direction is not known." in page and "marker-end" not in page


def test_recording_from_a_report_shows_it_beside_the_form_and_offers_what_it_names(analyst: User) -> None:
    report = a_report_begun(
        by=analyst,
        text="They come with the van AB12 CDE. Ring 07700 900461.",
        about_name="Brankholt Fresh Staff Ltd",
        about_place="1 Fern Lane, Sampleton",
    )
    desk, address = signed_in(analyst), f"/staff/intelligence/new/?report={report.reference}"
    assert desk.get(address).status_code == 302  # first the reason for which it is read
    triage.read(report, because="To grade what it says.", by=analyst, at=timezone.now())
    page = text_of(desk.get(address))
    assert "They come with the van AB12 CDE." in page
    offered = offers.offered_links(report)
    assert [one.words for one in offered] == [
        "Brankholt Fresh Staff Ltd is rung at +447700900461",
        "Brankholt Fresh Staff Ltd uses the vehicle AB12 CDE",
        "Brankholt Fresh Staff Ltd has workers at 1 Fern Lane, Sampleton",
    ]
    typed = {
        "source_text": "Marek says that the van comes at five and that Darek drives it.",
        "sanitised_text": "A vehicle is said to be overloaded in the morning.",
        "learnt_on_day": "1",
        "learnt_on_month": "6",
        "learnt_on_year": "2026",
        "links": [one.code for one in offered[:2]],
        "source": "2",
        "information": "B",
        "handling": "P",
    }
    answer = desk.post(address, typed)
    assert answer.status_code == 302, text_of(answer)
    piece = Intelligence.objects.get()
    assert piece.report == report
    assert {(one.how, one.strength) for one in piece.ties.all()} == {
        ("is rung at", Strength.SUSPECTED),
        ("uses the vehicle", Strength.SUSPECTED),
    }
