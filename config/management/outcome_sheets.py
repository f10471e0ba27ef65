"""Sheets of pictures that show each outcome side by side: as page, list, badge and proof, and without colour."""

import io
import subprocess
from collections.abc import Iterator
from pathlib import Path

from django.utils import timezone
from PIL import Image, ImageOps
from playwright.sync_api import Browser, Page

from public_lookup.management.commands.publish_snapshot import words_for_a_web_server
from registry.register.models import Entry
from registry.register.states import Standing

#: Which standing shows each outcome that an entry can have; the others are shown by a question and by the page of a fault.
SHOWN = (
    Standing.LICENSED,
    Standing.LICENSED_WITH_CONDITIONS,
    Standing.REVOCATION_TO_COME,
    Standing.REVOKED,
    Standing.SUSPENDED,
    Standing.APPLIED,
)
NOT_FOUND, FAULT = "", "fault"
NOBODY = "Zzyzx Qwrt Ltd"
WIDTHS = {"phone": (320, 660), "desktop": (1280, 700)}
GAP, COLOURS = 8, 48
PAPER = 40  # dots for each inch of a proof


def take_sheets(browser: Browser, address: str, into: Path, numbers: list[str]) -> Iterator[Path]:
    """A sheet of pages for each width, then of pages without colour, of lists, of badges and of proofs."""
    for name, (width, height) in WIDTHS.items():
        pages = [_page(browser, address, number, width, height) for number in [*numbers, NOT_FOUND, FAULT]]
        yield _sheet(
            pages, into / f"outcomes-{name}.png", columns=len(pages) if width < 600 else 2, scale=_scale(width)
        )
        forced = [
            _page(browser, address, number, width, height, forced=True) for number in [*numbers, NOT_FOUND, FAULT]
        ]
        both = [ImageOps.grayscale(one).convert("RGB") for one in pages] + forced
        columns = len(pages) if width < 600 else 2
        yield _sheet(both, into / f"outcomes-{name}-without-colour.png", columns=columns, scale=_scale(width) * 0.8)
    rows = [_row(browser, address, standing, forced=forced) for forced in (False, True) for standing in SHOWN]
    grey = [ImageOps.grayscale(one).convert("RGB") for one in rows[: len(numbers)]]
    yield _sheet(rows[: len(numbers)] + grey + rows[len(numbers) :], into / "outcomes-list.png", columns=len(numbers))
    badges = [_badge(browser, address, number, forced=forced) for forced in (False, True) for number in numbers]
    grey = [ImageOps.grayscale(one).convert("RGB") for one in badges[: len(numbers)]]
    yield _sheet(badges[: len(numbers)] + grey + badges[len(numbers) :], into / "outcomes-badges.png", columns=3)
    proofs = [_proof(browser, address, number) for number in numbers]
    yield _sheet(
        [*proofs, *(ImageOps.grayscale(one).convert("RGB") for one in proofs)],
        into / "outcomes-proofs.png",
        columns=len(proofs),
    )


def _scale(width: int) -> float:
    return 0.75 if width < 600 else 0.5


def numbers_shown() -> list[str]:
    """An entry for each outcome, found in the sample data before there is a browser: Django refuses to ask beside one."""
    found: dict[str, str] = {}
    entries = Entry.objects.shown_at(timezone.now()).standing_on(timezone.localdate()).order_by("entry_number")
    for entry in entries:
        # One under appeal has no day yet.
        if entry.standing != Standing.REVOCATION_TO_COME or entry.revoked_from:
            found.setdefault(entry.standing, entry.number)
    assert set(SHOWN) <= found.keys(), "the sample data is not complete: load it afresh"
    return [found[standing] for standing in SHOWN]


def _open(browser: Browser, width: int, height: int, *, forced: bool = False) -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": height}, forced_colors="active" if forced else "none"
    )
    return context.new_page()


def _picture(page: Page) -> Image.Image:
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    page.context.close()
    return picture


def _page(browser: Browser, address: str, number: str, width: int, height: int, *, forced: bool = False) -> Image.Image:
    page = _open(browser, width, height, forced=forced)
    page.goto(f"{address}/check/{number}/" if number not in (NOT_FOUND, FAULT) else f"{address}/check/?q={NOBODY}")
    if number == FAULT:
        page.set_content(words_for_a_web_server()["cannot-tell.html"].decode())
    return _picture(page)


def _row(browser: Browser, address: str, standing: Standing, *, forced: bool) -> Image.Image:
    """The first row of a list of all that have a standing."""
    page = _open(browser, 320, 2400, forced=forced)
    page.goto(f"{address}/check/?standing={standing.value}")
    row = page.locator(".app-rows > li").first
    picture = Image.open(io.BytesIO(row.screenshot())).convert("RGB")
    page.context.close()
    return picture


def _badge(browser: Browser, address: str, number: str, *, forced: bool) -> Image.Image:
    page = _open(browser, 400, 92, forced=forced)
    page.goto(f"{address}/badge/{number}.svg")
    return _picture(page)


def _proof(browser: Browser, address: str, number: str) -> Image.Image:
    page = _open(browser, 1280, 800)
    page.goto(f"{address}/check/{number}/")
    page.locator(f"form[action*='/check/{number}/proof/'] button").click()
    link = page.locator("a[href$='proof.pdf']").get_attribute("href")
    pdf = page.context.request.get(f"{address}{link}").body()
    page.context.close()
    made = subprocess.run(
        ["pdftoppm", "-png", "-r", str(PAPER), "-singlefile", "-"], input=pdf, capture_output=True, check=True
    )
    return Image.open(io.BytesIO(made.stdout)).convert("RGB")


def _sheet(pictures: list[Image.Image], to: Path, *, columns: int, scale: float = 0.75) -> Path:
    small = [
        one.resize((round(one.width * scale), round(one.height * scale)), Image.Resampling.LANCZOS) for one in pictures
    ]
    rows = [small[at : at + columns] for at in range(0, len(small), columns)]
    width = max(sum(one.width + GAP for one in row) for row in rows)
    heights = [max(one.height for one in row) + GAP for row in rows]
    sheet = Image.new("RGB", (width, sum(heights)), "#cdd5d5")
    top = 0
    for row, height in zip(rows, heights, strict=True):
        left = 0
        for one in row:
            sheet.paste(one, (left, top))
            left += one.width + GAP
        top += height
    sheet.quantize(COLOURS).save(to, optimize=True)
    return to
