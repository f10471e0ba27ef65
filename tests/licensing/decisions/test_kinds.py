"""Every kind of decision has its row, and whatever acts by the kind knows every kind that it can meet."""

import re

import pytest

from licensing.appeals.actions import outcomes
from licensing.conditions import views as condition_views
from licensing.decisions.actions.decisions import CARRY_OUT
from licensing.decisions.forms.proposals import PROPOSALS
from licensing.decisions.rules.effects import ON_LICENCE
from licensing.decisions.states.kinds import DecidedAbout, DecisionKind, RegisterCase
from licensing.decisions.states.rows import APPEALABLE, DATED, KINDS
from licensing.letters.letters import TEMPLATES
from tests.architecture.sizes import templates


def test_every_kind_has_one_row_in_the_order_of_the_kinds() -> None:
    assert [row.kind for row in KINDS.values()] == list(DecisionKind)


@pytest.mark.parametrize("kind", DecisionKind)
def test_a_row_is_whole(kind: DecisionKind) -> None:
    row = KINDS[kind]

    assert row.title and row.register
    assert {row.wording, row.wording_immediate, row.wording_with_conditions} - {""} <= set(TEMPLATES)
    assert bool(row.notice) == row.is_heard, "who is heard is notified in words"
    assert row.proposes or kind == DecisionKind.SURRENDER, "a surrender is asked for by the holder"
    assert not row.instead or KINDS[row.instead].otherwise
    assert bool(row.own_subject) == bool(row.own_words)
    assert not row.is_stayed or row.is_appealable
    assert not row.warns or row.is_heard
    assert not row.is_modification or (row.first_day and row.fewest_conditions)


@pytest.mark.parametrize("kind", DecisionKind)
@pytest.mark.parametrize("shows_refusals", [True, False])
@pytest.mark.parametrize("has_conditions", [True, False])
def test_the_register_always_says_something(kind: DecisionKind, shows_refusals: bool, has_conditions: bool) -> None:
    true = {
        RegisterCase.ALWAYS,
        RegisterCase.REFUSALS_SHOWN if shows_refusals else RegisterCase.REFUSALS_NOT_SHOWN,
        RegisterCase.WITH_CONDITIONS if has_conditions else RegisterCase.WITHOUT_CONDITIONS,
    }

    assert any(line.case in true for line in KINDS[kind].register)


def test_each_kind_is_proposed_judged_and_carried_out() -> None:
    proposed = {*PROPOSALS, *condition_views.HEARD, *condition_views.UNHEARD}

    assert set(CARRY_OUT) == set(DecisionKind)
    assert proposed == {kind for kind, row in KINDS.items() if row.proposes}
    assert {kind for kind in condition_views.HEARD if not KINDS[kind].is_heard} == set()
    assert {kind for kind in condition_views.UNHEARD if KINDS[kind].is_heard} == set()
    assert set(ON_LICENCE) == set(DATED)


def test_each_kind_that_can_be_appealed_against_can_be_set_aside() -> None:
    """Conditions on a grant can be appealed against too."""
    assert set(outcomes.ALLOW) == {DecisionKind.GRANT, *APPEALABLE}
    assert set(outcomes.REOPEN) <= set(APPEALABLE)
    assert {row.kind for row in KINDS.values() if row.takes_licence} == set(outcomes.UPHOLD)


def test_what_moves_the_licence_is_about_it() -> None:
    assert {row.about for row in KINDS.values() if row.moves_licence} == {DecidedAbout.LICENCE}


#: A page or letter asks the row of a kind, so that a new kind needs no change of the page.
COMPARED = re.compile(rf"""kind\s*[!=]=\s*["']({"|".join(DecisionKind.values)})["']""")


def test_no_template_asks_for_one_kind() -> None:
    found = [
        f"{path.name}: {match[0]}"
        for path in templates()
        if "/licensing/templates/" in path.as_posix()
        for match in COMPARED.finditer(path.read_text())
    ]

    assert found == []
