"""A round that a stranger recomputes: fixed by one, drawn by another, and repeated from its published file by Python alone."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from compliance.targeting.actions import rounds
from compliance.targeting.models import VisitRound
from compliance.targeting.queries import rounds as queries
from tests.compliance.targeting.world import (
    FIGURES,
    a_round,
    a_round_closed,
    a_round_drawn,
    a_round_fixed,
    chosen_in,
    licences,
)
from tests.conftest import NOW
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db
PUBLIC = "/how-we-choose/"
SCRIPT = settings.BASE_DIR / "docs" / "verify_round.py"


def verified(folder: Path, *files: bytes) -> tuple[int, str]:
    """What the script says of files, run without the project, its folder or any library."""
    names = [str(folder / f"{place}.json") for place, _content in enumerate(files)]
    for name, content in zip(names, files, strict=True):
        Path(name).write_bytes(content)
    command = [sys.executable, "-I", "-S", str(SCRIPT), *names]
    ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return ran.returncode, ran.stdout


def downloaded(one: VisitRound) -> bytes:
    answer = Client().get(f"{PUBLIC}rounds/{one.reference}.json")
    assert answer.status_code == 200
    return answer.content


def test_a_stranger_repeats_a_round_that_was_fixed_by_one_and_drawn_by_another(tmp_path: Path) -> None:
    made = licences(9)
    one = a_round(capacity=5)
    chosen_in(one, made[0])
    fixed = a_round_fixed(one)
    earlier = downloaded(fixed)
    assert json.loads(earlier)["list_digest"] == fixed.list_digest
    assert json.loads(earlier)["seed"] is None and json.loads(earlier)["listed"] == []
    assert verified(tmp_path, earlier)[0] == 2

    drawn = a_round_drawn_from(fixed)
    now = downloaded(drawn)

    code, said = verified(tmp_path, now, earlier)
    assert (code, "4 of 9 licences" in said) == (0, True), said
    auditor = signed_in(person("auditor"))
    names = json.loads(auditor.get(f"/staff/targeting/rounds/{one.reference}/drawing.json").content)["numbers"]
    visited = set(drawn.choices.filter(how="random").values_list("licence__number", flat=True))
    assert {names[one] for one in json.loads(now)["drawn"]} == visited
    page = Client().get(PUBLIC).content.decode()
    assert one.reference in page and fixed.list_digest in page and f"{PUBLIC}verify_round.py" in page
    assert Client().get(f"{PUBLIC}verify_round.py").content == SCRIPT.read_bytes()


def a_round_drawn_from(fixed: VisitRound) -> VisitRound:
    return rounds.draw(fixed, figures=FIGURES, by=person("manager"), at=NOW)


def changed_drawn(told: dict[str, Any]) -> None:
    codes = [code for code, how, *_chance in told["listed"] if how == "random" and code not in told["drawn"]]
    told["drawn"][0] = codes[0]


def changed_seed(told: dict[str, Any]) -> None:
    told["seed"] = "0" * 64


def changed_figures(told: dict[str, Any]) -> None:
    told["figures"] = "1" * 20


def no_figures(told: dict[str, Any]) -> None:
    told["figures"] = ""


def changed_chance(told: dict[str, Any]) -> None:
    told["listed"][0][2:] = [1, 99]


def changed_list(told: dict[str, Any]) -> None:
    del told["listed"][0]


def twice_on_the_list(told: dict[str, Any]) -> None:
    told["listed"].append(told["listed"][0])


def another_capacity(told: dict[str, Any]) -> None:
    told["capacity"] += 1


@pytest.mark.parametrize(
    "alter",
    [
        changed_drawn,
        changed_seed,
        changed_figures,
        no_figures,
        changed_chance,
        changed_list,
        twice_on_the_list,
        another_capacity,
    ],
)
def test_an_altered_file_is_refused(alter: Any, tmp_path: Path) -> None:
    # So many that other figures do not bring out the same licences by chance.
    licences(12)
    told = json.loads(downloaded(a_round_drawn(a_round(capacity=8))))
    assert verified(tmp_path, json.dumps(told).encode())[0] == 0

    alter(told)

    assert verified(tmp_path, json.dumps(told).encode())[0] == 1


def test_a_list_that_was_exchanged_after_it_was_fixed_is_found_beside_the_earlier_file(tmp_path: Path) -> None:
    licences(6)
    one = a_round(capacity=3)
    earlier = json.loads(downloaded(a_round_fixed(one)))
    now = downloaded(a_round_drawn_from(VisitRound.objects.get(pk=one.pk)))

    earlier["list_digest"] = "f" * 64

    code, said = verified(tmp_path, now, json.dumps(earlier).encode())
    assert (code, said) == (1, "list_digest was another when the list was fixed.\n")


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"recipe": 1}', b"\xff"])
def test_what_is_no_round_is_not_called_right(content: bytes, tmp_path: Path) -> None:
    assert verified(tmp_path, content)[0] == 2


def test_neither_a_licence_nor_a_business_nor_a_score_is_published() -> None:
    made = licences(4)
    one = a_round(capacity=3)
    chosen_in(one, made[0])
    drawn = a_round_drawn(one)

    body = downloaded(drawn).decode()
    page = Client().get(PUBLIC).content.decode()

    for licence in made:
        assert licence.number not in body + page and licence.organisation.legal_name not in body + page
    assert queries.code_of(drawn, made[0].number) in body
    assert queries.code_of(a_round_like(drawn), made[0].number) not in body


def a_round_like(one: VisitRound) -> VisitRound:
    return VisitRound(reference="V-OTHER", scheme=one.scheme)


def test_how_far_the_visits_have_come_is_published_when_the_round_is_closed() -> None:
    licences(3)
    drawn = a_round_drawn(a_round(capacity=2))
    assert "2 visits, 2 confirmed" not in Client().get(PUBLIC).content.decode()

    a_round_closed(drawn)

    assert "2 visits, 2 confirmed, 0 explained" in Client().get(PUBLIC).content.decode()
    assert Client().get(f"{PUBLIC}rounds/V-NONE-0000.json").status_code == 404
