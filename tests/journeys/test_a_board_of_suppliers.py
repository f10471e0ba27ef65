"""A labour user with 200 suppliers at 12 sites: from a spreadsheet of Polish Excel to the pack for the auditor, in a browser."""

import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import expect
from pytest_django import Settings

from public_lookup.board.models.boards import SupplierLine
from registry.licences.actions import licences
from tests.conftest import NOW
from tests.journeys.conftest import SitDown
from tests.people import person
from tests.public_lookup.stories import a_holder
from tests.registry.stories import a_decider, day

pytestmark = [pytest.mark.browser, pytest.mark.pdf, pytest.mark.django_db(transaction=True)]

SUPPLIERS, SITES = 200, 12
PRINTED_WITHIN = 120_000
HEADINGS = "Site;Provider;Licence number;Workers;From;Until;Sub-supplier of"


def a_spreadsheet(folder: Path) -> Path:
    """Holders by name and by number, one with a slip, sub-suppliers, and many that are on no register."""
    rows = [HEADINGS]
    for number in range(SUPPLIERS):
        site = f"Zakład {number % SITES + 1}"
        name = {0: "Gone Hands Ltd", 1: "Harvst Hands Ltd", 2: "Plain Hands Ltd"}.get(number, f"Żuraw {number} Łódź Sp")
        rows.append(f"{site};{name};;{number % 40};2.11.2026;;")
    rows.append("Zakład 3;J & B Labour;;;2.11.2026;;Plain Hands Ltd")
    file = folder / "dostawcy.csv"
    file.write_bytes("\r\n".join(rows).encode("cp1250"))
    return file


def test_from_a_spreadsheet_to_the_pack(sit_down: SitDown, tmp_path: Path, settings: Settings) -> None:
    settings.VAR_DIR = tmp_path / "var"
    a_holder("Harvest Hands Ltd")
    a_holder("Plain Hands Ltd")
    licences.revoke(a_holder("Gone Hands Ltd"), takes_effect=day(0), because="Test.", by=a_decider(), at=NOW)
    desk = sit_down(person("labour_user", name="Priya Nair"), accept_downloads=True)
    desk.open("checks")
    page = desk.page
    page.get_by_role("link", name="Your suppliers", exact=True).click()
    page.get_by_role("button", name="Start your board").click()

    page.get_by_role("button", name="Upload a spreadsheet").click()
    page.get_by_label("Or choose a file").set_input_files(a_spreadsheet(tmp_path))
    page.get_by_role("button", name="Read the rows").click()

    expect(page.get_by_text("201 rows were read, 201 of them new.")).to_be_visible()
    expect(page.get_by_text("We read it as Windows-1250.")).to_be_visible()
    expect(page.get_by_role("heading", level=1, name="Who is meant?")).to_be_visible()
    page.get_by_role("group", name="Harvst Hands Ltd").get_by_label("Harvest Hands Ltd").check()
    page.get_by_role("button", name="Save the answers").click()
    assert SupplierLine.objects.get(name="Harvst Hands Ltd").listing_id

    page.get_by_role("link", name="Your suppliers", exact=True).first.click()
    table = page.get_by_role("table", name="Providers at each site")
    expect(table.get_by_text("Zakład 1", exact=True)).to_be_visible()
    expect(table.get_by_role("link", name="Stop using it and say since when")).to_be_visible()

    page.get_by_role("button", name="Evidence pack for an auditor").click()
    # Two hundred lines are printed: on a busy machine that takes longer than a page.
    with page.expect_download(timeout=PRINTED_WITHIN) as download:
        page.get_by_role("button", name="Download as ZIP").click(no_wait_after=True, timeout=PRINTED_WITHIN)
    pack = zipfile.ZipFile(download.value.path())
    assert {"pack.pdf", "lines.csv"} <= set(pack.namelist())
    assert "Zakład 1" in pack.read("lines.csv").decode() and pack.read("pack.pdf").startswith(b"%PDF-")
