"""Posters: one sheet ready to print, in several languages, with the number at which the authority really answers."""

import io
import subprocess
from pathlib import Path

import pdfua
import pikepdf
import pytest
from django.conf import settings as project
from django.test import Client
from pytest_django import Settings

from registry import schemes
from registry.schemes import contact
from tests.conftest import NOW
from tests.public_lookup.stories import a_holder, an_applicant

pytestmark = [pytest.mark.django_db, pytest.mark.pdf]

ON = NOW.date()


@pytest.fixture(autouse=True)
def site(tmp_path: Path, settings: Settings) -> None:
    settings.VAR_DIR, settings.SITE_ADDRESS = tmp_path, "https://register.example"


def poster(address: str = "/check/poster/poster.pdf", *languages: str) -> bytes:
    answer = Client().get(address, {"language": languages})
    assert answer.status_code == 200 and answer.headers["Content-Type"] == "application/pdf"
    return bytes(answer.content)


def words(content: bytes, folder: Path) -> str:
    path = folder / "poster.pdf"
    path.write_bytes(content)
    return subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True, text=True).stdout


def test_the_number_is_that_of_the_authority_in_force(tmp_path: Path) -> None:
    number = schemes.in_force("gla-food", ON).authority.telephone

    assert contact.telephone(ON) == number != ""
    assert number in words(poster(), tmp_path)
    for address in ("/check/poster/", "/contact/", "/pl/check/poster/", "/no-such-page/"):
        page = Client().get(address).content.decode()
        assert number in page and "0300 000 0000" not in page, address


def test_an_operator_may_set_another_number(tmp_path: Path, settings: Settings) -> None:
    settings.CONTACT_TELEPHONE = "01632 960123"

    said = words(poster(), tmp_path)

    assert "01632 960123" in said and schemes.in_force("gla-food", ON).authority.telephone not in said


@pytest.mark.parametrize("languages", [("ne",), ("pl", "ar"), ("uk", "hi", "vi"), ("ne", "bg", "kk", "en-gb")])
def test_each_language_is_on_one_sheet_with_fonts_of_its_own(tmp_path: Path, languages: tuple[str, ...]) -> None:
    content = poster("/check/poster/poster.pdf", *languages)

    with pikepdf.open(io.BytesIO(content)) as document:
        assert len(document.pages) == 1
        fonts = [
            thing
            for thing in document.objects
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == pikepdf.Name.FontDescriptor
        ]
        assert fonts and all("/FontFile2" in font or "/FontFile3" in font for font in fonts)
        if {"ne", "hi"} & set(languages):
            assert any("devanagari" in str(font.FontName) for font in fonts)
        if "ar" in languages:
            assert any("arabic" in str(font.FontName) for font in fonts)
        page = document.pages[0].mediabox
        assert (round(float(page[2])), round(float(page[3]))) == (595, 842), "A4"
    path = tmp_path / "judged.pdf"
    path.write_bytes(content)
    assert [f"{one.rule_id}: {one.message}" for one in pdfua.validate(str(path)).findings] == []
    said = words(content, tmp_path)
    assert said.count(contact.telephone(ON)) >= len(languages)
    assert "register.example/" in said and "999" in said


def test_no_language_is_printed_as_boxes(tmp_path: Path) -> None:
    """No glyph of any language is the one that stands for a missing one."""
    for language, _name in project.LANGUAGES:
        path = tmp_path / "poster.pdf"
        path.write_bytes(poster("/check/poster/poster.pdf", language))
        said = subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True, text=True).stdout
        assert "\ufffd" not in said and "\x00" not in said, language


def test_it_has_the_help_lines_and_nothing_of_the_site(tmp_path: Path) -> None:
    said = words(poster(), tmp_path)

    for line in schemes.in_force("gla-food", ON).help_lines:
        assert line.telephone in said
    for of_the_site in ("Cookies", "Privacy", "beta", "Print this page"):
        assert of_the_site not in said


def test_a_fifth_language_or_an_unknown_one_is_left_out() -> None:
    four = poster("/check/poster/poster.pdf", "pl", "ro", "uk", "ne")

    assert poster("/check/poster/poster.pdf", "pl", "ro", "xx", "uk", "ne", "hi") == four


def test_the_poster_of_a_holder_leads_to_its_entry(tmp_path: Path) -> None:
    licence = a_holder("Harvest Hands Ltd")

    said = words(poster(f"/check/{licence.number}/poster/poster.pdf", "pl"), tmp_path)

    assert "Harvest Hands Ltd" in said and licence.number in said and f"/c/{licence.listing.code}/" in said
    number = an_applicant("Meadow Staff").number
    assert Client().get(f"/check/{number}/poster/poster.pdf").status_code == 303


def test_one_connection_makes_only_so_many() -> None:
    for _number in range(40):
        poster()

    assert Client().get("/check/poster/poster.pdf").status_code == 429
