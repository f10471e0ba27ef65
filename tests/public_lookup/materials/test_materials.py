"""Materials: ready for a printer, in several languages, and each square code leads where it should."""

import io
import re
import subprocess
from pathlib import Path

import pikepdf
import pytest
from django.test import Client
from pytest_django import Settings

from public_lookup.materials.rules import LAYOUTS, segments
from tests.registry.campaigns.world import an_approved_campaign

pytestmark = pytest.mark.django_db

#: Kind, size in points, how many square codes there are on a sheet.
SHEETS = [
    ("a4", (595, 842), 1),
    ("a3", (842, 1191), 1),
    ("card", (595, 842), 10),
    ("sticker", (595, 842), 12),
    ("insert", (595, 842), 3),
]
BLEED = 3 / 25.4 * 72


@pytest.fixture(autouse=True)
def site(tmp_path: Path, settings: Settings) -> None:
    settings.VAR_DIR, settings.SITE_ADDRESS = tmp_path, "https://register.example"


@pytest.mark.pdf
@pytest.mark.parametrize(("kind", "size", "codes"), SHEETS)
def test_a_sheet_is_ready_for_a_printer(kind: str, size: tuple[int, int], codes: int, tmp_path: Path) -> None:
    an_approved_campaign()
    answer = Client().get(f"/materials/{kind}.pdf", {"language": ["ne", "pl", "uz", "en-gb"], "campaign": "harvest"})

    assert answer.status_code == 200 and answer.headers["Content-Type"] == "application/pdf"
    path = tmp_path / "sheet.pdf"
    path.write_bytes(answer.content)
    with pikepdf.open(io.BytesIO(answer.content)) as document:
        (page,) = document.pages
        left, bottom, right, top = (float(one) for one in page.TrimBox)
        assert (round(right - left), round(top - bottom)) == size
        assert float(page.BleedBox[0]) <= left - BLEED
        assert float(page.MediaBox[2]) > float(page.BleedBox[2]), "room for the marks"
        fonts = [
            one
            for one in document.objects
            if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/FontDescriptor"
        ]
        assert fonts and all("/FontFile2" in one or "/FontFile3" in one for one in fonts)
    picture = tmp_path / "sheet"
    subprocess.run(["pdftoppm", "-r", "150", "-gray", "-singlefile", path, picture], check=True)
    read = subprocess.run(
        ["zbarimg", "-q", "--raw", picture.with_suffix(".pgm")], capture_output=True, text=True, check=True
    )
    assert read.stdout.splitlines() == ["https://register.example/c/harvest/"] * codes


def test_each_piece_lies_on_the_sheet_and_no_tick_in_a_piece() -> None:
    for layout in LAYOUTS.values():
        assert layout.left + layout.columns * layout.width <= 210 and layout.top + layout.rows * layout.height <= 297
        assert len(list(layout.places())) == layout.columns * layout.rows
        assert layout.columns == 1 or layout.left >= 5
    assert segments("a" * 160) == 1 and segments("a" * 161) == 2 and segments("a" * 307) == 3
    assert segments("€" * 80) == 1 and segments("€" * 81) == 2
    assert segments("ж" * 70) == 1 and segments("ж" * 71) == 2 and segments("ж" * 135) == 3


def test_texts_are_given_in_every_chosen_language_with_the_word_of_a_campaign() -> None:
    an_approved_campaign()

    page = Client().get("/materials/?language=en-gb&language=uk&campaign=harvest").content.decode()

    assert page.count("register.example/c/harvest/") >= 3
    assert "counted as 1 message<" in page and "counted as 2 messages<" in page
    assert 'href="/materials/card.pdf?language=en-gb&amp;language=uk&amp;campaign=harvest"' in page
    unknown = Client().get("/materials/?campaign=unknown").content.decode()
    assert "/c/" not in unknown and "register.example/check/" in unknown
    assert Client().get("/materials/flag.pdf").status_code == 404


@pytest.mark.parametrize("address", ["/", "/help/", "/uz/help/"])
def test_they_are_found_from_where_workers_and_helpers_are(address: str) -> None:
    page = Client().get(address).content.decode()

    (link,) = re.findall(r'href="([^"]*/materials/)"', page)
    assert Client().get(link, follow=True).status_code == 200
