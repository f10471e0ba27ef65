"""What an attacker's file may cost: a second of processor and 300 MB, of the request and of all that it starts.

`python -m tests.benchmarks.strangers_files` makes 200 others of each by search (docs/measured.md).
"""

import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from compliance import vault
from registry.checking import waiting
from registry.web import limits
from tests.benchmarks.strangers_files import ATTACKS, HONEST, MOST_SECONDS, Book, Picture, cost, search
from tests.compliance.reports.test_views_intake import TOLD
from tests.conftest import NOW
from tests.registry.checking.test_waiting import settled

pytestmark = pytest.mark.once

#: Of each file, in every run of the tests.
MUTATIONS = 2


@pytest.fixture(autouse=True)
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    limits.counts.clear()
    monkeypatch.setattr(waiting, "_places", lambda: tmp_path / "places")
    yield
    settled()


def spent() -> float:
    return sum(os.times()[:4])


@pytest.mark.parametrize("what", sorted(ATTACKS))
def test_a_file_that_stopped_the_look_up_costs_little(what: str) -> None:
    recipe = ATTACKS[what]

    found = cost(recipe.program, recipe.make())

    assert found.seconds < MOST_SECONDS / 2
    assert found.is_within
    assert found.answer in {b"list_empty", b"not_a_table", b"too_many_rows", b"photo_too_many_pixels", ONE_CELL}


#: The seven parts are beside the sheet, and are not read at all.
ONE_CELL = b'{"rows": [["1"]], "guessed": ""}'


@pytest.mark.parametrize("what", sorted(HONEST))
def test_what_people_send_is_taken_within_the_same(what: str) -> None:
    recipe = HONEST[what]

    found = cost(recipe.program, recipe.make())

    assert found.answer.startswith((b'{"rows": [["', b"\xff\xd8\xff"))
    assert found.is_within


@pytest.mark.parametrize("what", sorted(ATTACKS))
def test_others_that_are_made_from_it_cost_no_more_than_may_be(what: str) -> None:
    for recipe, found in search(ATTACKS[what], random.Random(36), MUTATIONS):
        assert found.is_within, recipe


@pytest.mark.django_db
def test_a_report_with_five_of_them_costs_less_than_a_second() -> None:
    content = Picture().make()
    photos = [SimpleUploadedFile(f"{number}.webp", content) for number in range(5)]
    report = {**TOLD, "ticket": vault.new_ticket(at=NOW), "step": "send", "photos": photos}
    Client().post("/report/", TOLD | {"step": "send", "ticket": ""})  # the first page of a process costs more
    began = spent()

    answer = Client().post("/report/", report)

    assert answer.status_code == 422
    assert spent() - began < MOST_SECONDS


@pytest.mark.django_db
def test_a_list_that_is_one_of_them_costs_less_than_a_second() -> None:
    content = Book("<c>", 8_000_000, "sheet").make()
    Client().post("/check/many/", {"text": ""})
    began = spent()

    answer = Client().post("/check/many/", {"text": "", "file": SimpleUploadedFile("list.xlsx", content)})

    assert answer.status_code == 422
    assert spent() - began < MOST_SECONDS
