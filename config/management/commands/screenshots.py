"""Takes the pictures of the README and of docs/screenshots from the running demo. Needs the end-to-end requirements."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from compliance.inspections.models import Inspection
from config.management.outcome_sheets import numbers_shown, take_sheets
from licensing.applications.models import Application
from licensing.decisions.models.decisions import Decision
from licensing.packs.queries import packs
from registry.register.models import Entry
from registry.register.states import Standing

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
DESKTOP, PHONE = 1200, 320
# Plain areas and letters need no more; a picture is then a third of the size.
COLOURS = 64

# name of the picture, who looks (nobody: ""), address, width
Picture = tuple[str, str, str, int]


class Command(BaseCommand):
    help = "Take the screenshots of the documentation from the running demo."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--address", default=settings.SITE_ADDRESS)
        parser.add_argument("--outcomes", action="store_true", help="only the sheets of the seven outcomes")
        parser.add_argument("--into", type=Path, default=settings.BASE_DIR / "docs" / "screenshots")

    def handle(self, *args: Any, address: str, into: Path, outcomes: bool, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Screenshots are of the demonstration only: set DEMO=1.")
        into.mkdir(parents=True, exist_ok=True)
        pictures = [] if outcomes else list(_pictures())
        numbers = numbers_shown()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
            for picture in pictures:
                self.stdout.write(f"  {_take(browser, address, into, picture)}")
            if not outcomes:
                _certificate(browser, address, into)
            for sheet in take_sheets(browser, address, into, numbers):
                self.stdout.write(f"  {sheet}")


def _pictures() -> Iterator[Picture]:
    """What to show, found in the sample data: nothing here depends on a name or a number of it."""
    today = timezone.localdate()
    entries = Entry.objects.shown_at(timezone.now()).standing_on(today).order_by("entry_number")
    licensed = next((entry for entry in entries if entry.standing == Standing.LICENSED_WITH_CONDITIONS), None)
    draft = Application.objects.filter(status="draft", started_by__email__startswith="applicant@").first()
    case = Application.objects.filter(status="assessing", decisions__status="proposed").first()
    inspection = Inspection.objects.filter(status="confirmed", decisions__kind="revoke").first()
    proposed = Decision.objects.filter(status__in=("proposed", "notified"), grounds__isnull=False).first()
    assert licensed and draft and case and inspection and proposed, "the sample data is not complete: load it afresh"
    yield "start", "", "/", DESKTOP
    yield "check", "", f"/check/?q={quote(licensed.name)}", DESKTOP
    yield "entry", "", f"/check/{licensed.number}/", DESKTOP
    yield "entry-phone", "", f"/check/{licensed.number}/", PHONE
    yield "entry-welsh", "", f"/cy/check/{licensed.number}/", DESKTOP
    yield "report", "", "/report/", PHONE
    yield "holder", "applicant", "/licences/", DESKTOP
    yield "task-list", "applicant", f"/apply/{draft.reference}/", DESKTOP
    yield "question", "applicant", f"/apply/{draft.reference}/transport/", DESKTOP
    yield "staff-home", "case-officer", "/staff/", DESKTOP
    yield "work-list", "case-officer", "/staff/applications/", DESKTOP
    yield "case", "case-officer", f"/staff/applications/{case.reference}/", DESKTOP
    yield "inspection", "quality", f"/staff/inspections/{inspection.reference}/", DESKTOP
    yield "decision", "decision-maker", f"/staff/decisions/{proposed.reference}/", DESKTOP
    yield "trail", "auditor", "/staff/trail/", DESKTOP
    yield "packs", "manager", "/staff/packs/", DESKTOP
    newest = packs.packs(today=today)[0].scheme
    page = max(newest.form.pages, key=lambda page: sum(question.show_when is not None for question in page.questions))
    yield "preview", "manager", f"/staff/packs/{newest.name}/{newest.version}/form/{page.slug}/", DESKTOP


def _take(browser: Browser, address: str, into: Path, picture: Picture) -> Path:
    name, who, path, width = picture
    context = browser.new_context(viewport={"width": width, "height": 800}, device_scale_factor=1)
    page = context.new_page()
    _sign_in(page, address, who)
    answer = page.goto(f"{address}{path}")
    if answer is None or not answer.ok:
        raise CommandError(f"{path} answered {answer.status if answer else 'nothing'} to {who or 'the public'}.")
    to = into / f"{name}.png"
    page.screenshot(path=to, full_page=False, clip={"x": 0, "y": 0, "width": width, "height": _height(page, width)})
    context.close()
    _make_small(to)
    return to


def _make_small(picture: Path) -> None:
    with Image.open(picture) as image:
        image.convert("RGB").quantize(COLOURS).save(picture, optimize=True)


def _height(page: Page, width: int) -> float:
    """At most a screen and a half: a picture shows a page, it need not hold all of it."""
    whole: float = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": width, "height": 1400})
    return min(whole, 1400)


def _sign_in(page: Page, address: str, who: str) -> None:
    if who:
        page.goto(f"{address}/account/login/")
        page.locator(f"button[name=person][value={who}]").click()


def _certificate(browser: Browser, address: str, into: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    _sign_in(page, address, "applicant")
    page.goto(f"{address}/licences/")
    page.get_by_role("table").first.get_by_role("link").first.click()
    link = page.locator("a[href*='/certificate']").first.get_attribute("href")
    pdf = context.request.get(f"{address}{link}").body()
    subprocess.run(
        ["pdftoppm", "-png", "-r", "60", "-singlefile", "-", str(into / "certificate")], input=pdf, check=True
    )
    _make_small(into / "certificate.png")
    context.close()
