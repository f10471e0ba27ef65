"""`manage.py import_companies`: a snapshot is read beside the one in use, and takes its place as a whole."""

import csv
import zipfile
from collections.abc import Callable
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import connection

from config.demo.companies import COLUMNS
from registry.companies import actions as companies
from registry.companies import queries as company_queries
from registry.companies.models import Company
from registry.errors import Refused
from registry.imports import actions as imports
from registry.imports.models import Import
from registry.trail.queries import chain as trail
from tests.conftest import NOW
from tests.people import person

pytestmark = pytest.mark.django_db

SNAPSHOT = Path(__file__).with_name("BasicCompanyData-2026-11-01.csv")


def said(file: Path, *options: str) -> str:
    out = StringIO()
    call_command("import_companies", str(file), *options, stdout=out)
    return out.getvalue()


def written(file: Path, *rows: dict[str, str]) -> Path:
    with file.open("w", encoding="utf-8", newline="") as text:
        text.write(", ".join(COLUMNS) + "\r\n")
        csv.DictWriter(text, COLUMNS, restval="").writerows(rows)
    return file


def a_row(number: str, name: str = "Dyffryn Labour Ltd", **more: str) -> dict[str, str]:
    return {"CompanyNumber": number, "CompanyName": name, "CompanyStatus": "Active", **more}


def found(number: str) -> Company:
    _edition, company = company_queries.company(number)
    assert company is not None
    return company


def test_every_row_is_accounted_for_and_the_odd_ones_are_reported_by_line() -> None:
    output = said(SNAPSHOT)

    assert "63 rows; 59 companies, 1 rows repeated, 3 refused" in output
    assert "line 47: The same company number as on an earlier line: taken once." in output
    assert "line 48: There is no company number of 8 characters." in output
    assert "line 49: The column CompanyName is empty." in output
    assert "line 50: The date of incorporation cannot be read and is left out." in output
    assert "line 64: There is no company number of 8 characters." in output
    under = Import.objects.get()
    assert (under.edition_on, under.source, under.by.is_system) == (date(2026, 11, 1), "companies", True)
    assert list(trail.faults()) == []


def test_a_company_is_kept_with_what_people_compare() -> None:
    said(SNAPSHOT)

    dyffryn = found("00445790")
    assert (dyffryn.name, dyffryn.is_active, dyffryn.incorporated_on) == (
        "DYFFRYN LABOUR LIMITED",
        True,
        date(2011, 3, 14),
    )
    assert dyffryn.address["postcode"] == "SY23 2AA"
    assert dyffryn.address["country"] == "wales"
    assert dyffryn.previous_names == [["BONT FIELD HANDS LTD", "2019-02-01"]]
    assert not found("SC123456").is_active
    assert not found("NI012345").is_active
    assert found("OC301234").name == 'THE "QUOTED", COMMAS AND CO LLP'
    assert found("FC012345").address["county"] == "GERMANY"
    assert found("FC012345").incorporated_on is None
    assert found("07000002").incorporated_on is None
    assert len(found("07000003").previous_names) == 10


def test_a_zip_is_read_as_it_is(tmp_path: Path) -> None:
    packed = tmp_path / "BasicCompanyDataAsOneFile-2026-11-01.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as inside:
        inside.write(SNAPSHOT, SNAPSHOT.name)

    assert "59 companies" in said(packed)
    assert found("00445790")


def test_the_same_file_is_not_read_again() -> None:
    said(SNAPSHOT)

    assert "is the edition that was imported on 2 November 2026." in said(SNAPSHOT)
    assert (Import.objects.count(), Company.objects.count()) == (1, 59)


def test_a_company_that_the_next_edition_does_not_name_is_kept_and_says_since_when(tmp_path: Path) -> None:
    said(written(tmp_path / "2026-09-01.csv", a_row("01000001"), a_row("01000002", "Gone Ltd")))
    said(written(tmp_path / "2026-10-01.csv", a_row("01000001", "Renamed Ltd")))
    said(written(tmp_path / "2026-11-01.csv", a_row("01000001", "Renamed Ltd"), a_row("01000003")))

    assert found("01000001").name == "Renamed Ltd"
    gone = found("01000002")
    assert (gone.name, gone.gone_since, gone.is_active) == ("Gone Ltd", date(2026, 10, 1), False)
    # Nothing is left of the editions before.
    assert set(Company.objects.values_list("edition__file", flat=True)) == {"2026-11-01.csv"}


def test_a_company_that_comes_back_is_not_gone_any_more(tmp_path: Path) -> None:
    said(written(tmp_path / "2026-09-01.csv", a_row("01000001"), a_row("01000002")))
    said(written(tmp_path / "2026-10-01.csv", a_row("01000001")))
    said(written(tmp_path / "2026-11-01.csv", a_row("01000001"), a_row("01000002")))

    assert found("01000002").gone_since is None


def test_many_are_gone_over_a_stretch_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("registry.management.commands.import_companies.STRETCH", 3)
    said(written(tmp_path / "2026-10-01.csv", *(a_row(f"0100000{n}") for n in range(1, 9))))
    said(written(tmp_path / "2026-11-01.csv", *(a_row(f"0100000{n}") for n in range(1, 9, 2))))

    assert Company.objects.count() == 8
    assert set(Company.objects.exclude(gone_since=None).values_list("number", flat=True)) == {
        "01000002",
        "01000004",
        "01000006",
        "01000008",
    }


@pytest.fixture
def cut_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Path]:
    """A second edition whose reading stops after its first chunk, while the first is in use."""

    def stop() -> Path:
        said(written(tmp_path / "2026-10-01.csv", a_row("01000001", "First Ltd")))
        file = written(tmp_path / "2026-11-01.csv", *(a_row(f"0100000{n}", "Second Ltd") for n in range(1, 7)))
        monkeypatch.setattr("registry.management.commands.import_companies.Command.chunk", 2)
        with monkeypatch.context() as patch:
            real, calls = companies.import_rows, iter([False, False, True])

            def sometimes(*args: Any, **named: Any) -> Any:
                if next(calls):
                    raise KeyboardInterrupt
                return real(*args, **named)

            patch.setattr("registry.companies.actions.import_rows", sometimes)
            with pytest.raises(KeyboardInterrupt):
                said(file)
        return file

    return stop


def test_a_half_read_month_is_never_shown(cut_off: Callable[[], Path]) -> None:
    cut_off()

    edition, company = company_queries.company("01000001")
    assert (company and company.name, edition and edition.edition_on) == ("First Ltd", date(2026, 10, 1))
    assert company_queries.company("01000003")[1] is None
    assert Company.objects.filter(name="Second Ltd").count() == 4


def test_what_was_cut_off_goes_on_where_it_stopped(cut_off: Callable[[], Path]) -> None:
    file = cut_off()

    output = said(file)

    assert "Going on after 4 rows." in output
    assert "6 rows; 6 companies, 0 rows repeated" in output
    assert found("01000006").name == "Second Ltd"
    assert Company.objects.count() == 6


def test_what_was_cut_off_is_cleared_away_when_another_file_is_read_instead(
    cut_off: Callable[[], Path], tmp_path: Path
) -> None:
    cut_off()

    said(written(tmp_path / "2026-11-02.csv", a_row("01000001", "Third Ltd")))

    assert set(Company.objects.values_list("name", flat=True)) == {"Third Ltd"}


def test_an_older_edition_is_refused(tmp_path: Path) -> None:
    said(written(tmp_path / "2026-11-01.csv", a_row("01000001")))

    with pytest.raises(CommandError, match="This edition is of 2026-10-01; one of 2026-11-01 is in use already"):
        said(written(tmp_path / "2026-10-01.csv", a_row("01000002")))


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        (
            "2026-11-01.csv",
            "CompanyName,CompanyNumber\r\n",
            "is no such snapshot: it lacks the columns CompanyCategory",
        ),
        ("snapshot.csv", "x", "Say the day of the snapshot"),
        ("2026-13-01.csv", "x", "Say the day of the snapshot"),
    ],
)
def test_a_file_of_another_kind_is_refused_before_anything_is_written(
    tmp_path: Path, name: str, content: str, told: str
) -> None:
    (tmp_path / name).write_text(content)

    with pytest.raises(CommandError, match=told):
        said(tmp_path / name)
    assert not Import.objects.exists()


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        said(tmp_path / "2026-11-01.csv")


def test_only_the_job_reads_snapshots() -> None:
    officer = person("case_officer")
    said(SNAPSHOT)
    under = Import.objects.get()
    steps: list[Callable[[], object]] = [
        lambda: imports.begin(source="companies", licence="x", file="x", digest="x", by=officer, at=NOW),
        lambda: companies.import_rows(under, after=0, rows=[], by=officer, at=NOW),
        lambda: companies.carry_gone(under, after="0", most=1, by=officer, at=NOW),
        lambda: imports.finish(under, by=officer, at=NOW),
        lambda: companies.clear_former(under, most=1, by=officer, at=NOW),
    ]

    for step in steps:
        with pytest.raises(PermissionDenied):
            step()


def test_two_readers_do_not_read_the_same_rows_twice() -> None:
    said(SNAPSHOT)
    under = Import.objects.get()

    with pytest.raises(Refused) as refused:
        companies.import_rows(under, after=0, rows=[], by=under.by, at=NOW)
    assert [reason.code for reason in refused.value.reasons] == ["finished", "elsewhere"]


def test_a_look_up_is_one_query_by_the_key(django_assert_num_queries: Any) -> None:
    said(SNAPSHOT)

    with django_assert_num_queries(1):
        company_queries.company("00445790")

    if connection.vendor == "sqlite":
        rows = Company.objects.of_newest_edition().filter(number="00445790")
        plan = rows.explain()
        assert "SEARCH registry_company USING" in plan
        assert "SCAN registry_company" not in plan
