"""`manage.py import_list`: a list to check against, by our names of its columns or by others that are mapped."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from registry.imports.models import Import
from registry.trail.models.events import Event
from registry.watchlists import queries as watchlist_queries
from registry.watchlists.models import ListedParty
from tests.licensing.checks.lists import HEADER

pytestmark = pytest.mark.django_db
ROW = "Gethin Parry,G. Parry; Geth Parry,1971-02-03,,DD-1,01/02/2020,2031-01-31,Register of disqualifications"


def file_with(folder: Path, *rows: str, header: str = HEADER, name: str = "list.csv") -> Path:
    file = folder / name
    file.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    return file


def read(file: Path, *options: str, code: str = "disqualified") -> str:
    out = StringIO()
    told = ["--list", code, "--title", "Disqualified directors", "--licence", "Open", *options]
    call_command("import_list", str(file), *told, stdout=out)
    return out.getvalue()


def test_every_row_is_taken_with_its_aliases_and_days(tmp_path: Path) -> None:
    said = read(file_with(tmp_path, ROW, "Hollow Hands Ltd,,,SC1234,WU-2,,,"), "--edition", "2026-11-01")

    assert "2 rows; 2 taken, 0 refused" in said
    person, company = ListedParty.objects.order_by("line")
    assert (person.names, str(person.date_of_birth)) == (["Gethin Parry", "G. Parry", "Geth Parry"], "1971-02-03")
    assert (str(person.listed_from), str(person.listed_until)) == ("2020-02-01", "2031-01-31")
    assert company.company_number == "SC001234"
    (edition,) = watchlist_queries.lists_read()
    assert (edition.title, str(edition.edition_on)) == ("Disqualified directors", "2026-11-01")


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("Gethin Parry,,,,,,,", "Enter the date of birth or the company number"),
        (",,1971-02-03,,,,,", "The column name is empty."),
        ("Gethin Parry,,3rd Feb,,,,,", "The column date_of_birth holds no day."),
        ("Hollow Hands,,,12-34-56-78-9,,,,", "There is no company number"),
        (f"{'x' * 201},,1971-02-03,,,,,", "The column name is too long."),
    ],
)
def test_a_row_that_cannot_be_used_is_reported_by_line_and_keeps_no_other_out(
    tmp_path: Path, row: str, why: str
) -> None:
    said = read(file_with(tmp_path, row, ROW))

    assert "line 2: " in said
    assert why in said
    assert "1 taken, 1 refused" in said


def test_columns_of_other_names_are_mapped(tmp_path: Path) -> None:
    file = file_with(tmp_path, "Gethin Parry,03/02/1971", header="Disqualified person,Born")

    read(file, "--column", "name=Disqualified person", "--column", "date_of_birth=Born")

    assert str(ListedParty.objects.get().date_of_birth) == "1971-02-03"


def test_a_file_that_lacks_a_column_is_refused_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="lacks the columns name"):
        read(file_with(tmp_path, "x", header="Somebody"))


def test_a_new_edition_replaces_the_one_before_and_another_list_stays(tmp_path: Path) -> None:
    read(file_with(tmp_path, ROW))
    read(file_with(tmp_path, "Hollow Hands,,,00445790,,,,", name="other.csv"), code="insolvent")

    read(file_with(tmp_path, "Mair Rees,,1980-01-01,,,,,", name="new.csv"))

    assert set(ListedParty.objects.values_list("name", flat=True)) == {"Mair Rees", "Hollow Hands"}
    assert Event.objects.filter(verb="clear_former").count() == 1


def test_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    file = file_with(tmp_path, ROW)
    read(file)

    assert "is the edition that was imported" in read(file)
    assert Import.objects.count() == 1
