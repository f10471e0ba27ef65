"""The legal form is part of the name: on the page, in the API, and where many are checked at once."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from public_lookup.bulk_checks import actions as lists
from public_lookup.bulk_checks.queries import matching as many
from public_lookup.bulk_checks.states import Confidence, Doubt, UploadedColumn
from public_lookup.lookup.queries import findings
from registry import names
from registry import search as index
from registry.licences.actions import licences
from registry.names.forms import table
from tests.conftest import NOW
from tests.public_lookup.stories import FACES, a_holder, ask
from tests.registry.stories import a_decider, day

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=3)
OTHER_FORM = "It does not have the legal form that you entered (such as Ltd or LLP). It is another business."


def found(q: str) -> list[tuple[str, bool, str]]:
    rows = findings.search({"q": q}, at=LATER).found().rows
    return [(row.entry.name, row.exact, row.why.value) for row in rows]


def revoke(legal_name: str, **changes: Any) -> None:
    licences.revoke(a_holder(legal_name, **changes), takes_effect=day(0), because="Test.", by=a_decider(), at=NOW)


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("form", ["LLP", "plc", "sp. z o.o.", "Pvt Ltd", "S.A."])
def test_another_legal_form_is_a_near_name_with_a_remark(client: Client, face: str, form: str) -> None:
    a_holder("Nathwani Picking Teams Ltd")

    answer = ask(client, face, q=f"Nathwani Picking Teams {form}")

    if face == "api":
        (item,) = answer.json["items"]
        assert (item["exact"], item["near"], item["matched_by"], item["near_by"]) == (False, True, None, "other_form")
        assert item["remark"] == OTHER_FORM
    else:
        assert OTHER_FORM in answer.text
        assert "No exact match. Is it one of these?" in answer.text
        assert "app-answer--yes" not in answer.text


@pytest.mark.parametrize(
    "typed", ["Nathwani Picking Teams", "nathwani picking teams cyf", "Nathwani Picking Teams Limited"]
)
def test_its_own_form_or_none_is_an_answer_that_prints_the_form(client: Client, typed: str) -> None:
    a_holder("Nathwani Picking Teams Ltd")

    assert found(typed) == [("Nathwani Picking Teams Ltd", True, "name")]
    assert "<title>Licensed: Nathwani Picking Teams Ltd." in " ".join(ask(client, "page", q=typed).text.split())


@pytest.mark.parametrize("forms", [("Ltd", "LLP"), ("LLP", "AG"), ("plc", "S.R.L."), ("Ltd", "")])
def test_where_only_the_form_tells_two_apart_neither_is_the_answer(client: Client, forms: tuple[str, str]) -> None:
    for form in forms:
        a_holder(f"Olteanu Crews {form}".strip())
    for number in range(4):
        a_holder(f"Olteanu Crews {number} Ltd")

    rows = found("Olteanu Crews")

    assert not any(exact for _name, exact, _why in rows)
    both = [name for name, _exact, why in rows if why == "several_forms"]
    assert sorted(both) == sorted(f"Olteanu Crews {form}".strip() for form in forms)
    page = ask(client, "page", q="Olteanu Crews").text
    assert "“Olteanu Crews” is the name of more than one business" in page
    assert "The register has no labour provider" not in page
    (answer,) = many.check([{UploadedColumn.NAME: "Olteanu Crews"}], LATER)
    assert (answer.confidence, answer.doubts, answer.outcome) == (Confidence.UNCLEAR, (Doubt.SEVERAL,), "")
    assert {row.entry.name for row in answer.rows} >= set(both)
    # With the form typed, it is the answer.
    asked = f"Olteanu Crews {forms[0]}"
    assert (asked, True, "name") in found(asked)
    assert [name for name, exact, _why in found(asked) if exact] == [asked]


def test_the_legal_name_comes_before_who_only_trades_under_it_and_the_worst_standing_first() -> None:
    a_holder("Mahmood Farms Ltd", trading_names=["Marrowby Fruit Pickers"])
    revoke("Marrowby Fruit Pickers Ltd")

    assert found("Marrowby Fruit Pickers") == [
        ("Marrowby Fruit Pickers Ltd", True, "name"),
        ("Mahmood Farms Ltd", True, "trading_name"),
    ]
    assert found("Marrowby Fruit Pickers Ltd") == [
        ("Marrowby Fruit Pickers Ltd", True, "name"),
        ("Mahmood Farms Ltd", False, "other_form"),
    ]


def test_among_equals_the_worst_standing_comes_first() -> None:
    a_holder("Harvest Hands Ltd")
    revoke("Harvest Hands Limited")

    assert [name for name, _exact, _why in found("Harvest Hands Ltd")] == ["Harvest Hands Limited", "Harvest Hands Ltd"]


def test_many_at_once_answer_no_other_form_and_no_near_name_without_its_standing(client: Client) -> None:
    revoke("Marrowby Fruit Pickers Ltd")
    ours = a_holder("Nathwani Picking Teams Ltd")
    rows = [
        {"name": "Nathwani Picking Teams LLP"},
        {"name": "Marowby Fruit Pikers"},
        {"name": "Nathwani Picking Teams plc", "number": ours.number},
    ]

    items = client.post("/api/v1/check-many", {"rows": rows}, content_type="application/json").json()["items"]

    assert [(one["confidence"], one["outcome"], one["licensed"]) for one in items] == [
        ("similar", None, None),
        ("similar", None, None),
        ("unclear", None, None),
    ]
    assert items[0]["may_be"][0]["remark"] == OTHER_FORM
    assert [one["standing"] for one in items[1]["may_be"]] == ["revoked"]
    assert items[2]["doubts"] == ["name"]


def test_the_csv_says_the_standing_of_a_near_name(client: Client) -> None:
    revoke("Marrowby Fruit Pickers Ltd")
    check_list = lists.make(rows=[["Marowby Fruit Pikers"]], by=None, at=NOW)
    check_list = lists.begin(check_list, columns=["name"], has_heading=False, by=None, at=NOW)
    rows = list(check_list.rows.all())
    lists.record(
        check_list, rows=rows, answers=many.check([{UploadedColumn.NAME: rows[0].cells[0]}], NOW), by=None, at=NOW
    )

    text = client.get(f"/check/many/{check_list.key}/results.csv").getvalue().decode()

    assert "Marrowby Fruit Pickers Ltd (MARR0001): Revoked" in text
    assert "Not found" not in text


CORES = st.lists(
    st.sampled_from(["olteanu", "paulauskas", "crew", "field", "teams", "orchard"]), min_size=2, max_size=3
)
SPELLINGS = st.sampled_from(sorted({form.spelling for form in table().spellings.values()}))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CORES, SPELLINGS, SPELLINGS, st.integers(0, 30), st.sampled_from("bdgkz"))
def test_no_pair_that_differs_in_form_the_or_one_letter_is_exact(
    db: None, core: list[str], held: str, typed: str, place: int, letter: str
) -> None:
    name = f"{' '.join(core)} {held}"
    index.add(index.PUBLIC, 1_000_000 + abs(hash(name)) % 1_000_000, index.labelled(name))
    bare = " ".join(core)
    slip = bare[: place % len(bare)] + letter + bare[place % len(bare) + 1 :]
    asked = [f"the {name}", f"the {bare}"]
    asked += [slip, f"{slip} {held}"] if slip != bare and bare[place % len(bare)] != " " else []
    asked += [f"{bare} {typed}"] if not names.is_same(f"{bare} {typed}", name) else []

    for text in asked:
        together = index.equal_to([text], index.PUBLIC).get(text, [])
        for one in [*index.find(text, index.PUBLIC), *together]:
            assert one.how not in index.ANSWERS or one.text != name, (text, one)
