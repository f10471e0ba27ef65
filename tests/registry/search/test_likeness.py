"""Names that may be taken for a name, found by equality alone: so also in a register of any size."""

import pytest

from registry import search as index
from tests.registry.stories import an_organisation

pytestmark = pytest.mark.django_db

NAME = "Harvest Hands Ltd"


def found(name: str, *, names: list[str] | None = None) -> bool:
    """Whether somebody with this name is found beside those who are called Harvest Hands Ltd."""
    index.add(index.PUBLIC, 1, index.labelled(NAME))
    index.add(index.PUBLIC, 2, index.labelled(name))
    return index.alike(names or [NAME], index.PUBLIC, but=1) == [2]


@pytest.mark.parametrize(
    "name",
    [
        "Harvest Hands Limited",
        "HARVESTHANDS",
        "Harwest Hants",
        "Harvest Bands Ltd",
        "Harvest Hand",
        "Charvest Hands",
        "Harvest Hands Recruitment Ltd",
        "Harvest Hands UK",
        "Харвест Хандс",
    ],
)
def test_what_sounds_or_begins_the_same_is_alike(name: str) -> None:
    assert found(name)


@pytest.mark.parametrize("name", ["Meadow Staff", "Harvest", "Harvest Home Ltd", "Hands", "Orchard Harvest Hands"])
def test_what_only_shares_a_word_is_not(name: str) -> None:
    assert not found(name)


def test_the_beginning_of_a_name_is_alike_too() -> None:
    assert found("Harvest Hands", names=["Harvest Hands Recruitment Services Ltd"])


def test_names_of_a_few_letters_must_sound_the_same() -> None:
    index.add(index.PUBLIC, 1, index.labelled("ABC Ltd"))
    index.add(index.PUBLIC, 2, index.labelled("ABD Ltd"))
    index.add(index.PUBLIC, 3, index.labelled("A B C Limited"))
    index.add(index.PUBLIC, 4, index.labelled("ABC Recruitment"))

    assert index.alike(["ABC Ltd"], index.PUBLIC, but=1) == [3]


def test_names_of_before_and_files_of_staff_are_left_out() -> None:
    index.add(index.PUBLIC, 1, [("former", NAME)])
    an_organisation(NAME)

    assert index.alike([NAME], index.PUBLIC, but=9) == []


def test_no_text_that_is_typed_finds_a_sound() -> None:
    index.add(index.PUBLIC, 1, index.labelled(NAME))

    assert [
        one.kind
        for text in ("~harvasthants", "~harvasthands", "harvasthands")
        for one in index.find(text, index.PUBLIC)
    ] == ["legal"] * 3


def test_a_figure_is_mistaken_for_another_figure() -> None:
    assert found("Harvest Hands 24", names=["Harvest Hands 25"])
