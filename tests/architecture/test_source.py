"""The rules of the house hold in every file; and each rule finds the defect that is planted for it."""

from collections.abc import Callable, Iterable, Iterator

import pytest

from tests.architecture import guards
from tests.architecture.source import Source, names_of_plants, planted, product

Guard = Callable[[Iterable[Source]], Iterator[str]]

GUARDS: tuple[Guard, ...] = (
    guards.status_is_assigned_in_one_file,
    guards.rows_have_one_writer,
    guards.public_face_sees_only_what_is_public,
    guards.actions_are_atomic_and_say_who_and_when,
    guards.beats_are_in_order,
    guards.moves_are_made_by_the_action_of_their_name,
    guards.changes_of_a_licence_are_published,
    guards.faces_do_not_write,
    guards.clock_is_an_argument,
    guards.no_sector_is_named,
    guards.nothing_is_broadcast,
    guards.many_at_once_is_for_samples,
    guards.kinds_of_decision_have_one_table,
    guards.machines_are_asked_in_one_place,
)


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.__name__)
def test_the_product_keeps_the_rule(guard: Guard) -> None:
    assert list(guard(product())) == []


@pytest.mark.parametrize(("source", "rule"), planted("source"), ids=names_of_plants("source"))
def test_a_planted_defect_is_found(source: Source, rule: str) -> None:
    faults = list(getattr(guards, rule)([source]))

    assert [fault for fault in faults if source.path in fault or fault.startswith(f"{source.app}:")]


def test_every_rule_has_a_planted_defect() -> None:
    assert {rule for _source, rule in planted("source")} == {guard.__name__ for guard in GUARDS}
