"""Many at once and one by one are the same answer; and a near match is never an answer."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from public_lookup.bulk_checks.queries import matching as many
from public_lookup.bulk_checks.states import Confidence, Doubt, UploadedColumn
from public_lookup.lookup.queries import findings
from public_lookup.lookup.queries.rows import LookupRow
from registry.licences.actions import licences
from registry.register.actions import publishing as register
from tests.conftest import NOW
from tests.public_lookup.stories import a_holder, an_applicant, one_of_each_standing, rename
from tests.registry.stories import a_decider, day

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=3)


def shown(rows: list[LookupRow]) -> list[tuple[object, ...]]:
    return [(row.entry.pk, row.exact, row.why, row.name, row.carried_by and row.carried_by.pk) for row in rows]


def one_by_one(text: str) -> list[LookupRow]:
    """What the look-up answers to this alone: the exact ones, else the first similar ones."""
    found = findings.search({"q": text}, at=LATER).found()
    return found.exact or found.similar[: many.MOST_SIMILAR]


def test_many_at_once_are_answered_as_each_alone() -> None:
    numbers = one_of_each_standing()
    first = a_holder("Harvest Hands Ltd", trading_names=["Orchard Crew"], company_number="01234567")
    a_holder("Harvest Hands Limited", telephone="+441632960999")
    a_holder("Kowalski i Synowie")
    renamed = a_holder("Meadow Staffing Ltd")
    rename(renamed.organisation, LATER - timedelta(days=1), legal_name="Brook Staffing Ltd")
    gone = a_holder("Vanished Gangs Ltd")
    register.hide(gone.listing, at=LATER - timedelta(days=1))
    for number in range(12):
        a_holder(f"Green Valley Labour {number}")
    texts = [
        *numbers.values(), "Harvest Hands", "harvest-hands", "Harvst Hands", "Orchard Crew", "Orchad Crew", first.number,
        first.listing.code, "1234567", "01632 960999", "01632 960 123", "www.harvest.example", "Hereford", "HR1 1AA",
        "Meadow Staffing", "Brook Stafing", "Vanished Gangs Ltd", gone.number, "Kowalsky", "Ковальски", "Green Valley Labour",
        "Green Valey", "Hands", "Nobody of That Kind", "ZZZZ9999", "...", "APP-00001", "Hopeful Hands",
    ]  # fmt: skip

    together = many.look_up(texts, LATER)

    for text in texts:
        assert shown(together[text]) == shown(one_by_one(text)), text
    assert any(together[text] and not together[text][0].exact for text in texts)
    assert sum(bool(rows) and rows[0].exact for rows in together.values()) > 15


def asked(**said: str) -> many.Asked:
    return {UploadedColumn(name): text for name, text in said.items()}


def answer(**said: str) -> many.RowMatch:
    return many.check([asked(**said)], NOW)[0]


def test_an_exact_name_and_an_exact_number_are_sure_and_nothing_else_is() -> None:
    licence = a_holder("Harvest Hands Ltd", company_number="01234567")

    assert answer(name="HARVEST HANDS").confidence == Confidence.NAME
    assert answer(name="HARVEST HANDS").outcome == "licensed"
    for said in ({"number": licence.number.lower()}, {"company": "1234567"}, {"telephone": "01632 960 123"}):
        assert answer(**said).confidence == Confidence.NUMBER, said
    # A column of names may hold numbers too.
    assert answer(name=licence.number).confidence == Confidence.NUMBER

    near = answer(name="Harvest Hand Ltd")
    assert (near.confidence, near.outcome) == (Confidence.SIMILAR, "")
    assert [row.entry.name for row in near.rows] == ["Harvest Hands Ltd"]
    nobody = answer(name="Zxqv Wrtp")
    assert (nobody.confidence, nobody.outcome, nobody.rows) == (Confidence.NOTHING, "not_found", ())


@pytest.mark.parametrize(
    ("said", "doubts"),
    [
        ({"name": "Harvest Hands", "postcode": "hr11aa"}, []),
        ({"name": "Harvest Hands", "postcode": "HR1"}, []),
        ({"name": "Harvest Hands", "postcode": "PE1 2BB"}, [Doubt.POSTCODE]),
        ({"name": "Harvest Hands", "postcode": "next to the church"}, []),
        ({"name": "Harvest Hands", "telephone": "07700 900123"}, [Doubt.TELEPHONE]),
        ({"name": "Harvest Hands", "number": "ABCD9999"}, [Doubt.NUMBER]),
        ({"name": "Harvest Hands", "company": "7654321"}, [Doubt.COMPANY]),
        ({"company": "01234567", "name": "Meadow Crew", "postcode": "PE1 2BB"}, [Doubt.NAME, Doubt.POSTCODE]),
        ({"company": "01234567", "name": "Orchard Crew"}, []),
    ],
)
def test_what_a_row_says_otherwise_than_the_register_is_a_doubt_and_no_yes(
    said: dict[str, str], doubts: list[Doubt]
) -> None:
    a_holder("Harvest Hands Ltd", company_number="01234567", trading_names=["Orchard Crew"])

    found = answer(**said)

    assert list(found.doubts) == doubts
    assert (found.confidence == Confidence.UNCLEAR) == bool(doubts)
    assert found.outcome == ("" if doubts else "licensed")


@pytest.mark.parametrize("kind", ["number", "company"])
def test_a_number_of_another_business_never_hides_the_one_that_is_named(kind: str) -> None:
    """One click made a board say "Licensed" for a business that is revoked, as its row had the number of another."""
    lender = a_holder("Fescue Teams Ltd", company_number="01234567")
    named = a_holder("Harvest Hands Ltd", company_number="07654321")
    licences.revoke(named, takes_effect=day(0), because="Test.", by=a_decider(), at=NOW)
    number = {"number": lender.number, "company": "01234567"}[kind]

    found = answer(name="Harvest Hands Limited", **{kind: number})

    assert (found.confidence, found.outcome, found.sure) == (Confidence.BORROWED, "", None)
    assert list(found.doubts) == [Doubt.BORROWED]
    assert [row.entry.number for row in found.rows] == [named.number, lender.number]  # the worse first
    assert [row.entry.number for row in found.may_be_meant] == [named.number]


def test_of_several_with_one_name_the_one_is_taken_that_the_rest_of_the_row_agrees_with() -> None:
    a_holder("Harvest Hands Ltd", company_number="01234567")
    other = a_holder("Harvest Hands Ltd", address={"town": "Boston", "postcode": "PE21 9EG"})

    assert answer(name="Harvest Hands").confidence == Confidence.UNCLEAR
    assert answer(name="Harvest Hands").doubts == (Doubt.SEVERAL,)
    assert len(answer(name="Harvest Hands").rows) == 2
    found = answer(name="Harvest Hands", postcode="PE21 9EG")
    assert (found.confidence, found.rows[0].entry.number) == (Confidence.NAME, other.number)
    assert answer(name="Harvest Hands", postcode="ZZ1 1ZZ").doubts == (Doubt.SEVERAL, Doubt.POSTCODE)


def test_the_outcome_is_the_registers_and_an_applicant_is_not_licensed() -> None:
    an_applicant("Hopeful Hands")

    assert answer(name="Hopeful Hands").outcome == "applied"


def test_an_earlier_name_is_only_similar_by_itself_and_agrees_beside_a_number() -> None:
    licence = a_holder("Brook Staffing Ltd", former_names=["Meadow Staffing Ltd"])

    assert answer(name="Meadow Staffing").confidence == Confidence.SIMILAR
    assert answer(number=licence.number, name="Meadow Staffing").confidence == Confidence.NUMBER


def test_a_row_with_nothing_to_look_up_says_so() -> None:
    assert answer(postcode="HR1 1AA").confidence == Confidence.UNREAD
    assert answer(name="x" * 101).doubts == (Doubt.TOO_LONG,)


def test_exact_rows_cost_the_same_statements_however_many() -> None:
    numbers = [a_holder(f"Provider {word} Ltd").organisation.legal_name for word in ("North", "South", "East", "West")]

    def cost(count: int) -> int:
        with CaptureQueriesContext(connection) as asked_for:
            found = many.check([asked(name=name) for name in numbers[:count]], NOW)
        assert {one.confidence for one in found} == {Confidence.NAME}
        return len(asked_for)

    assert cost(1) == cost(4) <= 4
