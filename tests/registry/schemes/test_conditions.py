"""When something of a pack applies: the one closed form, clause by clause."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from registry.schemes import AnswerCondition, Clause, holds

SAYS = [
    # clause, what is known, does it hold
    ({"is": True}, True, True),
    ({"is": True}, "yes", True),
    ({"is": True}, False, False),
    ({"is": True}, "no", False),
    ({"is": True}, 1, False),
    ({"is": False}, False, True),
    ({"is": False}, "no", True),
    ({"is": False}, True, False),
    ({"is": False}, 0, False),
    ({"is": "company"}, "company", True),
    ({"is": "company"}, "partnership", False),
    ({"is": "company"}, ["company"], False),
    ({"is": 1}, 1, True),
    ({"is": 1}, True, False),
    ({"in": ["company", "other"]}, "other", True),
    ({"in": ["company", "other"]}, "partnership", False),
    ({"in": [1, 2]}, 2, True),
    ({"has": "valeting"}, ["washing", "valeting"], True),
    ({"has": "valeting"}, ("valeting",), True),
    ({"has": "valeting"}, ["washing"], False),
    ({"has": "valeting"}, [], False),
    ({"has": "wash"}, "washing", False),
    ({"has": "wash"}, 7, False),
    ({"at_least": 10}, 10, True),
    ({"at_least": 10}, 9, False),
    ({"at_least": 10}, "10.00", True),
    ({"at_least": 10}, Decimal("9.99"), False),
    ({"at_least": 0}, 0, True),
    ({"at_least": 10}, "many", False),
    ({"before": "2026-04-07"}, date(2026, 4, 6), True),
    ({"before": "2026-04-07"}, date(2026, 4, 7), False),
    ({"before": "2026-04-07"}, "2026-04-06", True),
    ({"before": "2026-04-07"}, "2026-04-06T23:59:59", True),
    ({"before": "2026-04-07"}, "last week", False),
]


def condition(**given: Any) -> AnswerCondition:
    return AnswerCondition.model_validate(given)


def clause(**given: Any) -> dict[str, Any]:
    return {"fact": "it", **given}


@pytest.mark.parametrize(("says", "known", "expected"), SAYS)
def test_a_clause_says_one_thing_of_one_fact(says: dict[str, Any], known: Any, expected: bool) -> None:
    assert holds(condition(all=[clause(**says)]), {"it": known}) is expected


@pytest.mark.parametrize("says", [says for says, _, _ in SAYS])
@pytest.mark.parametrize("facts", [{}, {"it": None}, {"it": ""}, {"other": True}])
def test_what_is_not_known_satisfies_no_clause(says: dict[str, Any], facts: dict[str, Any]) -> None:
    assert not holds(condition(all=[clause(**says)]), facts)


def test_no_condition_always_holds() -> None:
    assert holds(None, {})
    assert holds((), {})


FACTS = st.dictionaries(st.sampled_from("abc"), st.booleans())
CLAUSES: st.SearchStrategy[list[dict[str, Any]]] = st.lists(
    st.builds(dict, fact=st.sampled_from("abc"), **{"is": st.booleans()}), min_size=1, max_size=4
)


@given(CLAUSES, FACTS)
def test_any_needs_one_clause_and_all_needs_every_one(clauses: list[dict[str, Any]], facts: dict[str, bool]) -> None:
    singly = [facts.get(one["fact"]) is one["is"] for one in clauses]

    assert holds(condition(any=clauses), facts) is any(singly)
    assert holds(condition(all=clauses), facts) is all(singly)
    assert holds([Clause.model_validate(one) for one in clauses], facts) is any(singly)


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"any": [{"fact": "it"}]}, "exactly one of"),
        ({"any": [{"fact": "it", "is": True, "in": ["a"]}]}, "exactly one of"),
        ({"any": [{"fact": "it", "in": []}]}, "exactly one of"),
        ({"any": [{"fact": "", "is": True}]}, "at least 1 character"),
        ({"any": [{"is": True}]}, "Field required"),
        ({"any": [{"fact": "it", "above": 3}]}, "not permitted"),
        ({"any": [{"fact": "it", "before": "soon"}]}, "valid date"),
        ({"any": []}, "one list of clauses"),
        ({}, "one list of clauses"),
        ({"any": [{"fact": "it", "is": 1}], "all": [{"fact": "it", "is": 1}]}, "one list of clauses"),
        ({"not": [{"fact": "it", "is": 1}]}, "not permitted"),
    ],
)
def test_anything_but_the_closed_form_is_refused(wrong: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValidationError, match=reason):
        condition(**wrong)
