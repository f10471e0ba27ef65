"""`manage.py import_premises`, and the list that comes with the product."""

import csv
from collections.abc import Iterable
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from registry.imports.models import Import
from registry.premises import rules
from registry.premises.models import Premises
from registry.trail.queries import chain as trail
from tests.registry.stories import a_row

pytestmark = pytest.mark.django_db

LIST = settings.BASE_DIR / "config" / "demo" / "food-establishments.csv"


def said(file: Path, *options: str) -> str:
    out = StringIO()
    call_command("import_premises", str(file), *options, stdout=out)
    return out.getvalue()


def written(file: Path, rows: Iterable[dict[str, str]], columns: Iterable[str] = rules.COLUMNS) -> Path:
    with file.open("w", encoding="utf-8", newline="") as text:
        writer = csv.DictWriter(text, list(columns))
        writer.writeheader()
        writer.writerows(rows)
    file.with_suffix(".licence.txt").write_text("Open licence\n")
    return file


def test_every_row_of_the_list_that_comes_with_the_product_can_be_used() -> None:
    with LIST.open(encoding="utf-8", newline="") as text:
        rows = list(csv.DictReader(text))

    assert [fault for row in rows for fault in rules.listing_faults(row)] == []
    assert (len(rows), len({(row["approval_number"], row["trading_name"]) for row in rows})) == (6348, 6344)
    assert sum(not row["postcode"] for row in rows) == 1068
    assert sum(rules.COUNTRIES[row["country"].lower()] == "elsewhere" for row in rows) == 36


def test_its_repeats_are_reported_by_line_and_its_terms_are_kept(tmp_path: Path) -> None:
    beginning = tmp_path / LIST.name
    beginning.write_bytes(b"".join(LIST.read_bytes().splitlines(keepends=True)[:760]))
    terms = LIST.with_suffix(".licence.txt").read_text()

    output = said(beginning, "--licence", terms.strip())

    assert "759 rows; 755 premises added" in output
    assert [line.split(":")[0] for line in output.splitlines() if "earlier line" in line] == [
        f"line {number}" for number in (728, 736, 746, 758)
    ]
    under = Import.objects.get()
    assert "Open Government Licence v3.0" in under.licence
    assert (under.by.is_system, under.by.has_usable_password()) == (True, False)
    assert list(trail.faults()) == []


def test_what_was_read_is_not_read_again_and_a_changed_file_is(tmp_path: Path) -> None:
    file = written(tmp_path / "list.csv", [a_row(), a_row(approval_number="HF 002", country="Narnia")])
    assert "line 3: “Narnia” is no country that lists name." in said(file)

    assert "list.csv is the edition that was imported on 2 November 2026." in said(file)
    written(file, [a_row(town="Barry")])

    assert "0 premises added, 1 changed, 0 unchanged; 0 rows repeated, 0 refused" in said(file)
    assert Premises.objects.get().place == "barry"


def test_bytes_that_are_no_text_spoil_only_their_own_row(tmp_path: Path) -> None:
    file = written(tmp_path / "list.csv", [a_row(trading_name="Caf?"), a_row(approval_number="HF 002")])
    file.write_bytes(file.read_bytes().replace(b"Caf?", b"Caf\xe9"))

    assert "line 2: There are characters that cannot be read" in said(file)
    assert Premises.objects.count() == 1


def test_a_file_of_another_kind_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    file = written(tmp_path / "list.csv", [{"name": "Hafod"}], columns=["name"])

    with pytest.raises(CommandError, match="must have exactly these columns: approval_number, trading_name"):
        said(file)
    assert not Import.objects.exists()


def test_a_list_whose_terms_nobody_knows_is_refused(tmp_path: Path) -> None:
    file = written(tmp_path / "list.csv", [a_row()])
    file.with_suffix(".licence.txt").unlink()

    with pytest.raises(CommandError, match="Say on what terms the list may be used"):
        said(file)
    assert "1 premises added" in said(file, "--licence", "Open licence")


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        said(tmp_path / "list.csv")
