"""The pasted texts themselves: enough of them, as long as a text may be, and about businesses that are on the register."""

from pathlib import Path

import pytest
from django.test import Client

from public_lookup.lookup.queries.instants import on_register
from tests.conftest import NOW
from tests.public_lookup.pasted.world import RIGHT, files, firms, texts, the_register

#: The longest text that the look-up takes (docs/rules.md G23).
LONGEST = 300


@pytest.mark.django_db
def test_the_register_has_every_business_with_its_number_and_standing(client: Client) -> None:
    the_register()

    standings = {entry.number: entry.standing for entry in on_register(NOW)}
    assert standings == {firm["number"]: firm.get("standing", "licensed") for firm in firms()}


@pytest.mark.parametrize("file", files(), ids=lambda file: file.stem)
def test_each_half_has_150_different_texts_about_businesses_of_the_register(file: Path) -> None:
    half = texts(file)
    known = {firm["number"] for firm in firms()}

    assert len(half) >= 150
    assert len({one.text for one in half}) == len(half)
    for one in half:
        assert 0 < len(one.text) <= LONGEST, one.text
        assert one.kind in RIGHT
        assert known >= set(one.numbers), one.text
        assert len(one.numbers) == {"none": 0, "borrowed": 2}.get(one.kind, 1), one.text
