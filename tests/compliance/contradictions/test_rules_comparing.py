"""The shared cases as Python finds them. The device: tests/journeys/test_contradictions.py."""

import pytest

from compliance.contradictions.queries.contradictions import rule_book
from compliance.contradictions.rules.comparing import KINDS, contradictions
from registry import schemes
from tests.compliance.contradictions.cases import ContradictionCase, contradiction_cases
from tests.compliance.stories import a_scheme

CASES = contradiction_cases()


@pytest.mark.parametrize("case", CASES, ids=str)
def test_what_contradicts_itself(case: ContradictionCase) -> None:
    found = contradictions(case.book, case.facts)

    assert [[one.code, one.standard, [list(thing) for thing in one.rests_on]] for one in found] == case.found


def test_the_cases_reach_every_kind() -> None:
    kinds = {rule["code"]: rule["kind"] for rule in CASES[0].book["contradictions"]}

    assert {kinds[code] for case in CASES for code, _standard, _on in case.found} == set(KINDS)


def test_every_version_of_the_pack_names_rules_that_the_product_knows() -> None:
    name = a_scheme().name
    for version in schemes.versions(name):
        book = rule_book(schemes.get(name, version))

        assert {rule["kind"] for rule in book["contradictions"]} == set(KINDS)
        assert {one["question"] for one in book["speaks_against"]} > {"papers", "threatened"}
