"""A whole visit without a connection: taken along, written down, closed and opened again, sent over a bad link."""

import random
import re
import uuid
from collections.abc import Iterator
from contextlib import suppress
from datetime import time, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Browser, Page, expect
from playwright.sync_api import TimeoutError as PageTimeout
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from compliance.check_ins import actions as check_ins
from compliance.check_ins.models import Stay
from compliance.danger.models import DangerSign
from compliance.field.actions import copies as field
from compliance.field.models import FieldDevice, FieldItem, FieldPiece
from compliance.inspections import actions as inspections
from compliance.inspections.models import Inspection
from registry import signing
from tests.compliance.stories import a_plan, an_inspection, an_organisation
from tests.conftest import NOW
from tests.journeys.bad_link import FATES, BadLink, bad_link
from tests.journeys.conftest import SitDown
from tests.journeys.desk import Desk
from tests.journeys.every_page import looking

pytestmark = pytest.mark.browser
PASSPHRASE = "a kettle under the blue stairs"
PHOTOGRAPHS = 20


@pytest.fixture(autouse=True)
def documents_elsewhere(tmp_path: Path, settings: Settings) -> None:
    settings.DOCUMENTS_DIR = tmp_path


@pytest.fixture
def inspector(sit_down: SitDown, transactional_db: None) -> Iterator[Desk]:
    visit = an_inspection()
    yield sit_down(visit.inspector)


def the_visit() -> Inspection:
    return Inspection.objects.get()


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words, timeout=15_000)


def press(page: Page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()


def follow(page: Page, words: str) -> None:
    page.locator("[data-part=page]").get_by_role("link", name=words).first.click()


def take_along(desk: Desk) -> Page:
    """From the page of the inspection to the copy on the device."""
    page = begun(desk, PASSPHRASE)
    heading(page, "Visits on this device")
    return page


def begun(desk: Desk, passphrase: str) -> Page:
    page = desk.page
    desk.open("inspection", the_visit().reference)
    desk.press("Use offline")
    heading(page, "Take visits along")
    page.get_by_label("What you call this device").fill("Tablet 3")
    page.get_by_label("Passphrase", exact=True).fill(passphrase)
    page.get_by_label("The passphrase once more").fill(passphrase)
    press(page, "Take visits along")
    return page


def unlock(page: Page, passphrase: str = PASSPHRASE) -> None:
    heading(page, "Unlock the visits on this device")
    page.get_by_label("Passphrase").fill(passphrase)
    press(page, "Unlock")


def go(page: Page, visit: Inspection, rest: str) -> None:
    page.evaluate("to => { window.location.hash = to; }", f"#/{visit.reference}{rest}")


def pictures() -> list[dict[str, Any]]:
    """The first is so large that it comes in several pieces."""
    large = Image.frombytes("RGB", (600, 400), random.Random(1).randbytes(600 * 400 * 3))
    small = [Image.new("RGB", (60, 40), (number * 12, 80, 120)) for number in range(1, PHOTOGRAPHS)]
    return [picture(f"IMG_{number}.jpg", image) for number, image in enumerate([large, *small])]


def picture(name: str, image: Image.Image) -> dict[str, Any]:
    written = BytesIO()
    image.save(written, "JPEG", quality=99)
    return {"name": name, "mimeType": "image/jpeg", "buffer": written.getvalue()}


def carried_out(page: Page, reference: str, photographs: list[dict[str, Any]]) -> None:
    """Everything that is written down on a visit."""

    def to(rest: str) -> None:
        page.evaluate("to => { window.location.hash = to; }", f"#/{reference}{rest}")

    def save() -> None:
        """And see that it is kept: the app goes on to another page."""
        here = page.url
        press(page, "Save")
        page.wait_for_url(lambda url: url != here)

    to("/visit")
    heading(page, "The visit")
    page.get_by_label("Day of the visit").fill("2026-11-02")
    page.get_by_label("Summary of the visit").fill("Went to the packhouse.\nSpoke to two workers.")
    page.get_by_label("What the business says").fill("They agree.")
    save()
    to("/standard/2.1")
    page.get_by_label("Not met").check()
    page.get_by_label("Evidence").fill("Four payslips of May lack the hours.")
    page.get_by_label("What the business says to this standard").fill("The sheets are at the farm.")
    save()
    to("/standard/2.2")
    page.get_by_label("Met", exact=True).check()
    save()
    to("/people")
    page.get_by_label("How many workers are there").fill("42")
    press(page, "Select workers to interview at random")
    expect(page.get_by_text("Selection 1, workers there: 42.")).to_be_visible()
    fell = re.search(r"Selected at random: ([\d, ]+)", page.inner_text("[data-part=page]"))
    assert fell
    first, *others = fell[1].split(", ")
    declined(page, first)
    for language, place in zip(INTERVIEWS, others, strict=False):
        interviewed(page, language, place)
    to("/indicator/7")
    page.get_by_label("Yes, I saw it").check()
    page.get_by_label("Where it shows").fill("Nine passports in a drawer.")
    save()
    to("/exhibits")
    page.get_by_label("Take photographs, or choose files").set_input_files(photographs)  # type: ignore[arg-type]
    page.get_by_label("What it is, and what it shows").fill("The board with the shifts")
    press(page, "Add")
    expect(page.locator("ol li")).to_have_count(PHOTOGRAPHS, timeout=60_000)
    to("/signatures")
    signed(page)


# What workers say, each in a language of their own.
INTERVIEWS = {"pl": "Około 380 funtów, bez paska.", "ne": "महिनाको ३८० पाउन्ड।", "bg": "Не знам колко ми плащат."}


def interviewed(page: Page, language: str, place: str) -> None:
    """One on whom the lot fell, who wants to talk, and who is asked in their own language."""
    begin_an_interview(page)
    question = page.locator("label[for='words-pay'] span[lang]")
    in_english = question.inner_text()
    page.get_by_label("Language of the interview").select_option(language)
    expect(question).to_have_attribute("lang", language)
    expect(question).not_to_have_text(in_english)
    expect(page.locator("label[for='words-pay']")).to_contain_text(in_english)
    page.get_by_label("Selected at random").check()
    page.get_by_label("Number in the list of workers").fill(place)
    for box in page.locator("#group-explained input").all():
        box.check()
    page.locator("#group-consents").get_by_label("Yes").check()
    page.locator("[id='words-pay']").fill(INTERVIEWS[language])
    page.locator("[id='group-said-papers'] input[value=no]").check()
    press(page, "Save")
    heading(page, "People met on the visit")


def declined(page: Page, place: str) -> None:
    """One on whom the lot fell, and who does not want to talk: nothing else is kept."""
    begin_an_interview(page)
    page.get_by_label("Selected at random").check()
    page.get_by_label("Number in the list of workers").fill(place)
    page.locator("#group-consents").get_by_label("No").check()
    press(page, "Save")
    heading(page, "People met on the visit")


def begin_an_interview(page: Page) -> None:
    follow(page, "Interview a worker")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Interview W-")


def signed(page: Page) -> None:
    heading(page, "Signatures")
    page.get_by_label("Who signs").fill("Alun Rees")
    page.get_by_label("What they are to the business").fill("Principal authority")
    page.get_by_label("Signed by hand on the screen").check()
    pad = page.locator("canvas")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 120, box["y"] + 80, steps=4)
    page.mouse.up()
    press(page, "Save")
    expect(page.get_by_text("Alun Rees, Principal authority")).to_be_visible()


def send(page: Page) -> None:
    page.evaluate("window.location.hash = '#/queue'")
    heading(page, "What waits to be sent")
    press(page, "Send now")


@pytest.fixture
def link(live_server: LiveServer) -> Iterator[BadLink]:
    with bad_link(live_server.url, spoils=("/piece/", "/take/", "/finish/")) as link:
        yield link


def test_a_whole_visit_without_a_connection_comes_over_a_bad_link_whole(
    link: BadLink, browser: Browser, transactional_db: None
) -> None:
    desk = Desk(browser, link.url, an_inspection().inspector)
    page, reference = take_along(desk), the_visit().reference
    photographs = pictures()
    page.context.set_offline(True)

    carried_out(page, reference, photographs)
    page.evaluate("to => { window.location.hash = to; }", f"#/{reference}/standard/2.4")
    page.get_by_label("Evidence").fill("Half a sentence that nobody has saved")
    page.wait_for_timeout(700)
    page = closed_and_opened_again(page)
    page.evaluate("to => { window.location.hash = to; }", f"#/{reference}/standard/2.4")
    expect(page.get_by_label("Evidence")).to_have_value("Half a sentence that nobody has saved")
    page.get_by_label("Not applicable").check()
    press(page, "Save")
    assert not FieldItem.objects.exists()

    page.context.set_offline(False)
    link.is_bad = True
    send(page)
    # The inspector walks on when a third is sent.
    expect(page.get_by_role("status")).to_contain_text(re.compile(r"Waiting to be sent: 1?\d\."), timeout=60_000)
    page = closed_and_opened_again(page)
    send_until_everything_is_there(page)

    assert set(link.happened) >= set(FATES), link.happened
    assert link.order != sorted(link.order), "nothing came out of order"
    as_it_was_typed(photographs)
    assert page.evaluate("indexedDB.databases().then(all => all.length)") == 1
    link.is_bad = False
    page.goto("/staff/field/")
    heading(page, "Take visits along")
    desk.close()


def closed_and_opened_again(page: Page) -> Page:
    context = page.context
    page.close()
    page = context.new_page()
    page.goto("/staff/field/")
    unlock(page)
    heading(page, "Visits on this device")
    return page


def send_until_everything_is_there(page: Page) -> None:
    """A person presses again when the app says that the connection was lost; it also sends by itself, and draws the page again."""
    everything, lost = page.get_by_role("heading", name="Everything was sent"), page.get_by_text("Send again later.")
    page.evaluate("window.location.hash = '#/queue'")
    for _ in range(10):
        with suppress(PageTimeout):
            page.get_by_role("button", name="Send now", exact=True).click(timeout=5_000)
        page.wait_for_timeout(300)
        everything.or_(lost).wait_for(timeout=60_000)
        if everything.is_visible():
            return
    raise AssertionError(page.inner_text("main"))


def as_it_was_typed(photographs: list[dict[str, Any]]) -> None:
    visit = the_visit()
    assert visit.summary == "Went to the packhouse.\nSpoke to two workers."
    assert str(visit.visited_on) == "2026-11-02"
    found = {one.standard: (one.finding, one.evidence, one.business_comment) for one in visit.results.all()}
    assert found == {
        "2.1": ("not_met", "Four payslips of May lack the hours.", "The sheets are at the farm."),
        "2.2": ("met", "", ""),
        "2.4": ("not_applicable", "Half a sentence that nobody has saved", ""),
    }
    sample, indicator, signature = visit.samples.get(), visit.seen_indicators.get(), visit.signatures.get()
    assert (sample.workers_present, len(sample.drawn)) == (42, 5)
    silent, *talked = visit.interviews.order_by("pk")
    assert (silent.consents, silent.answers, silent.drawn_number) == (False, {}, sample.drawn[0])
    assert [one.drawn_number for one in talked] == sample.drawn[1:4]
    assert [one.language for one in talked] == list(INTERVIEWS)
    for one in talked:
        words = INTERVIEWS[one.language]
        assert one.answers == {"pay": {"said": "", "words": words}, "papers": {"said": "no", "words": ""}}
    assert (indicator.code, indicator.evidence) == ("7", "Nine passports in a drawer.")
    assert (signature.name, signature.how, len(signature.strokes)) == ("Alun Rees", "drawn", 1)
    digests = {signing.digest_of_bytes(one["buffer"]) for one in photographs}
    assert sorted(visit.exhibits.values_list("digest", flat=True)) == sorted(digests)
    assert not FieldPiece.objects.exists()
    assert set(FieldItem.objects.values_list("outcome", flat=True)) == {"taken"}


PIECES = """() => new Promise(done => { const asked = indexedDB.open('field-visits'); asked.onsuccess = () => {
  const count = asked.result.transaction('sealed').objectStore('sealed').count(); count.onsuccess = () => done(count.result); }; })"""


def test_after_four_wrong_passphrases_each_try_waits_longer_than_the_one_before(inspector: Desk) -> None:
    page = locked(inspector)
    tries(page, 3)
    expect(
        page.get_by_text("This is not the passphrase. Tries left before everything is removed: 7.", exact=True)
    ).to_be_visible()
    tries(page, 1)
    expect(page.get_by_text("before everything is removed: 6. You can try again in 1 min.")).to_be_visible()

    # Neither a press in between nor a clock that is set back is a try, and neither lets anyone in earlier.
    tries(page, 1)
    expect(page.get_by_text("You can try again in 1 min.", exact=True)).to_be_visible()
    page.clock.set_fixed_time(NOW - timedelta(days=3650))
    unlock(page)
    expect(page.get_by_text("You can try again in 1 min.", exact=True)).to_be_visible()
    page.clock.set_fixed_time(NOW - timedelta(days=3650) + timedelta(minutes=2))
    tries(page, 1)
    expect(page.get_by_text("before everything is removed: 5. You can try again in 2 min.")).to_be_visible()

    page.clock.set_fixed_time(NOW)
    unlock(page)
    heading(page, "Visits on this device")


def test_ten_wrong_passphrases_take_away_what_was_sent(inspector: Desk) -> None:
    page = locked(inspector)
    all_wrong(page, 10)

    heading(page, "Removed from this device")
    assert page.evaluate(PIECES) == 0


AWAY = """async () => {
  const request = (asked) => new Promise((resolve) => { asked.onsuccess = () => resolve(asked.result); });
  const pause = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });
  document.querySelector('input[type=password]').form.requestSubmit();
  await pause(50);
  const database = await request(indexedDB.open('field-visits'));
  const copies = () => database.transaction('open', 'readwrite').objectStore('open');
  await request(copies().delete('copy'));
  await pause(2000);
  return request(copies().get('copy'));
}"""


def test_a_passphrase_that_is_being_tried_does_not_bring_back_what_another_page_took_away(inspector: Desk) -> None:
    page = locked(inspector)
    page.get_by_label("Passphrase").fill(PASSPHRASE)

    assert page.evaluate(AWAY) is None


def test_what_was_never_sent_stays_until_the_twentieth(inspector: Desk) -> None:
    page = take_along(inspector)
    page.context.set_offline(True)
    writes_the_summary(page)
    page.context.set_offline(False)
    lock(page)
    all_wrong(page, 10)
    expect(page.get_by_text("Tries left before everything is removed: 10.")).to_be_visible(timeout=15_000)
    assert page.evaluate(PIECES) > 0

    all_wrong(page, 20, before=10)

    heading(page, "Removed from this device")
    assert page.evaluate(PIECES) == 0


@pytest.mark.parametrize(
    ("passphrase", "is_taken"),
    [
        ("password1234", False),
        ("P@ssw0rd!!!!", False),
        ("passwordpassword", False),
        ("123456789012", False),
        ("abcdefghijkl", False),
        ("aaaaabbbbbaa", False),
        ("Dyffryn Labour Ltd 2026", False),
        (PASSPHRASE, True),
    ],
)
def test_a_passphrase_that_is_easy_to_guess_is_not_taken(inspector: Desk, passphrase: str, is_taken: bool) -> None:
    page = begun(inspector, passphrase)

    if is_taken:
        heading(page, "Visits on this device")
    else:
        expect(page.get_by_text("This passphrase is easy to guess.").first).to_be_visible()
        expect(page.get_by_label("What you call this device")).to_have_value("Tablet 3")


def writes_the_summary(page: Page) -> None:
    go(page, the_visit(), "/visit")
    page.get_by_label("Summary of the visit").fill("Went to the packhouse.")
    press(page, "Save")
    expect(page.get_by_text("Waiting to be sent: 1.")).to_be_visible()


def locked(inspector: Desk) -> Page:
    page = take_along(inspector)
    lock(page)
    return page


def lock(page: Page) -> None:
    page.clock.install(time=NOW)
    page.clock.set_fixed_time(NOW)
    page.reload()


def tries(page: Page, times: int) -> None:
    for _ in range(times):
        unlock(page, "another kettle")
        expect(page.get_by_label("Passphrase")).to_have_value("", timeout=15_000)


def all_wrong(page: Page, until: int, *, before: int = 0) -> None:
    """Wrong ones up to this number in a row, each after its wait."""
    for number in range(before + 1, until + 1):
        page.clock.set_fixed_time(NOW + timedelta(hours=2 * number))
        unlock(page, "another kettle")
        page.wait_for_function("() => !document.querySelector('[data-part=page] input')?.value", timeout=15_000)


def test_what_was_changed_in_the_office_is_chosen_on_the_device_after_signing_in_anew(
    inspector: Desk, sit_down: SitDown
) -> None:
    page, visit = take_along(inspector), the_visit()
    two_versions(page, visit)
    cookies = page.context.cookies()
    page.context.clear_cookies()

    send(page)
    expect(page.get_by_text("You have been signed out.")).to_be_visible()
    page.context.add_cookies(cookies)  # type: ignore[arg-type]
    press(page, "Send now")

    expect(page.get_by_text("Two versions", exact=True)).to_be_visible()
    follow(page, "Choose which version counts")
    heading(page, "Choose which version counts")
    expect(page.get_by_text("Ifan Price, 2 November 2026, 10:00, At the desk")).to_be_visible()
    expect(page.locator("mark")).to_have_text(["on", "tablet.", "in", "office."])
    press(page, "Save")
    expect(page.get_by_role("alert")).to_contain_text("Choose which version counts.")
    page.get_by_label("Both, one after the other").check()
    press(page, "Save")
    expect(page.get_by_text("Waiting: 0. To be looked at: 0.")).to_be_visible()
    assert the_visit().results.get(standard="2.1").evidence == "Written in the office.\n\nWritten on the tablet."
    go(page, visit, "/standard/2.1")
    expect(page.get_by_label("Evidence")).to_have_value("Written in the office.\n\nWritten on the tablet.")


def test_a_photograph_that_is_refused_says_why_and_is_replaced_or_removed(inspector: Desk) -> None:
    page, visit = take_along(inspector), the_visit()

    def photographs() -> None:
        go(page, visit, "/exhibits")
        heading(page, "Photographs and documents")

    def add(name: str, content: bytes) -> None:
        file = {"name": name, "mimeType": "image/jpeg", "buffer": content}
        page.get_by_label("Take photographs, or choose files").set_input_files(file)  # type: ignore[arg-type]
        page.get_by_label("What it is, and what it shows").fill(name)
        press(page, "Add")

    good = picture("", Image.new("RGB", (60, 40), (1, 80, 120)))["buffer"]
    photographs()
    add("IMG.heic", b"\0\0\0 ftypheic")
    expect(page.get_by_role("alert")).to_contain_text("IMG.heic is not a JPEG, PNG or PDF.")
    add("half.jpg", good[:200])
    expect(page.get_by_role("alert")).to_contain_text("half.jpg cannot be read")
    add("board.jpg", good)
    expect(page.get_by_role("img", name="Photograph 1, small: board.jpg")).to_be_visible()
    add("torn.pdf", b"%PDF-1.4 and nothing else")
    expect(page.locator("ol li")).to_have_count(2)
    add("by mistake.jpg", good + b"0")
    expect(page.locator("ol li")).to_have_count(3)
    page.get_by_role("link", name="by mistake.jpg").click()
    page.get_by_label("Why you remove it").fill("My own kitchen.")
    press(page, "Remove it")
    expect(page.get_by_text("by mistake.jpg: My own kitchen.")).to_be_visible()

    send(page)
    expect(page.get_by_text("To be looked at: 1. Sent: 2.")).to_be_visible()
    expect(page.get_by_text("The selected file could not be read")).to_be_visible()
    follow(page, "Replace or remove it")
    instead = picture("instead.jpg", Image.new("RGB", (60, 40), (99, 8, 12)))
    page.get_by_label("Take another photograph, or choose another file").set_input_files(instead)  # type: ignore[arg-type]
    press(page, "Replace it")
    heading(page, "Photographs and documents")
    send(page)
    heading(page, "Everything was sent")

    assert [one.description for one in the_visit().exhibits.in_order()] == ["board.jpg", "torn.pdf"]
    told = {one.content["name"]: one.content.get("removed_because", "") for one in FieldItem.objects.order_by("pk")}
    assert told == {
        "board.jpg": "",
        "torn.pdf": "Replaced by another file.",
        "by mistake.jpg": "My own kitchen.",
        "instead.jpg": "",
    }


def test_what_to_do_in_danger_is_one_tap_away_without_a_connection_and_without_the_passphrase(
    inspector: Desk, settings: Settings
) -> None:
    settings.SAFEGUARDING_TELEPHONE = "01632 960100"
    page, visit = take_along(inspector), the_visit()
    page.context.set_offline(True)

    go(page, visit, "/standard/2.1")
    page.get_by_role("link", name="Someone is in danger").click()
    expect(page.get_by_role("link", name="999")).to_have_attribute("href", "tel:999")
    expect(page.get_by_role("link", name="01632 960100")).to_have_attribute("href", "tel:01632960100")
    page.reload()
    expect(page.get_by_role("link", name="999")).to_be_visible()
    page.get_by_role("link", name="Visits on this device").click()
    heading(page, "Unlock the visits on this device")
    page.get_by_role("link", name="Someone is in danger").click()

    expect(page.get_by_role("link", name="999")).to_be_visible()


@pytest.mark.parametrize("is_locked", [False, True])
def test_an_alarm_waits_on_the_device_for_a_connection_and_says_whom_to_ring_until_it_is_sent(
    inspector: Desk, is_locked: bool
) -> None:
    page, visit = take_along(inspector), the_visit()
    go(page, visit, "/standard/2.1")
    page.context.set_offline(True)
    page.get_by_role("link", name="Someone is in danger").click()
    page.get_by_role("button", name="Raise the alarm").click()
    expect(page.get_by_role("button", name="Raise the alarm")).to_be_disabled()
    pressed = timezone.now()

    says_whom_to_ring(page)
    assert visit.reference not in page.evaluate(EVERYTHING_KEPT_IN_THE_OPEN)
    if is_locked:
        page = closed_and_opened_again_locked(page)
        says_whom_to_ring(page)
    page.context.set_offline(False)

    expect(page.get_by_role("alert").first).to_contain_text("was sent", timeout=20_000)
    sign = DangerSign.objects.get()
    expect(page.get_by_role("alert").first).to_contain_text(sign.reference)
    assert (sign.inspection, sign.raised_by) == (visit, visit.inspector)
    assert sign.pressed_at is not None
    assert abs(sign.pressed_at - pressed) < timedelta(seconds=20)


def says_whom_to_ring(page: Page) -> None:
    alert = page.get_by_role("alert").first
    expect(alert).to_contain_text("is not sent yet. Ring:")
    expect(alert.get_by_role("link", name="999")).to_have_attribute("href", "tel:999")


#: The rows that lie on the device, those that are sealed as their bytes say.
EVERYTHING_KEPT_IN_THE_OPEN = """async () => {
    const database = await new Promise((done) => { const asked = indexedDB.open("field-visits"); asked.onsuccess = () => done(asked.result); });
    const rows = await Promise.all(["open", "sealed"].map((name) => new Promise((done) => {
        const asked = database.transaction(name).objectStore(name).getAll();
        asked.onsuccess = () => done(asked.result);
    })));
    database.close();
    const bytes = (row) => row?.sealed instanceof ArrayBuffer ? new TextDecoder("latin1").decode(row.sealed) : JSON.stringify(row);
    return rows.flat().map(bytes).join(" ");
}"""


def closed_and_opened_again_locked(page: Page) -> Page:
    context = page.context
    page.close()
    page = context.new_page()
    page.goto("/staff/field/")
    heading(page, "Unlock the visits on this device")
    return page


@pytest.mark.parametrize("is_locked", [False, True])
def test_an_officer_checks_in_and_out_without_a_connection_and_is_told_that_no_one_knows_yet(
    inspector: Desk, is_locked: bool
) -> None:
    page, visit = take_along(inspector), the_visit()
    page.context.set_offline(True)
    go(page, visit, "")
    follow(page, "Check in to the visit")
    heading(page, "Check in to the visit")
    press(page, "Check in to the visit")
    expect(page.get_by_text("Enter a time later than now").first).to_be_visible()
    page.get_by_label("At what time do you expect to leave?").fill(page.evaluate(IN_TWO_HOURS))
    press(page, "Check in to the visit")

    heading(page, visit.organisation.legal_name)
    alert = page.get_by_role("alert").first
    expect(alert).to_contain_text("is not sent yet: until it is, no one looks for you")
    assert visit.reference not in page.evaluate(EVERYTHING_KEPT_IN_THE_OPEN)
    if is_locked:
        page = closed_and_opened_again_locked(page)
        alert = page.get_by_role("alert").first
    page.context.set_offline(False)
    expect(alert).to_contain_text(f"You checked in to visit {visit.reference}", timeout=20_000)
    stay = Stay.objects.get()
    assert stay.expected_at - stay.arrived_at <= timedelta(hours=2)

    page.context.set_offline(True)
    press(page, "I have left and am safe")
    expect(alert).to_contain_text("until it is, you may be looked for")
    page.context.set_offline(False)
    expect(alert).to_contain_text(f"You checked out of visit {visit.reference}", timeout=20_000)
    assert Stay.objects.get().status == "left"


def test_a_check_in_that_is_refused_says_so_until_the_officer_has_read_it(inspector: Desk) -> None:
    page, visit = take_along(inspector), the_visit()
    page.context.set_offline(True)
    go(page, visit, "/check-in")
    page.get_by_label("At what time do you expect to leave?").fill(page.evaluate(IN_TWO_HOURS))
    press(page, "Check in to the visit")
    heading(page, visit.organisation.legal_name)
    check_ins.check_in(visit, expected_at=NOW + timedelta(hours=1), by=visit.inspector, at=NOW)
    page.context.set_offline(False)

    alert = page.get_by_role("alert").first
    expect(alert).to_contain_text("was refused: no one looks for you", timeout=20_000)
    expect(alert).to_contain_text(f"Check out of visit {visit.reference} first.")
    press(page, "I have read this")
    expect(alert).to_be_hidden()


#: What the clock of the device shows two hours from now.
IN_TWO_HOURS = """() => {
    const then = new Date(Date.now() + 7_200_000);
    return [then.getHours(), then.getMinutes()].map((one) => String(one).padStart(2, "0")).join(":");
}"""


def test_a_lost_device_forgets_as_soon_as_it_is_connected(inspector: Desk) -> None:
    page = take_along(inspector)
    device = FieldDevice.objects.get()
    field.sign_out(device, by=device.user, at=NOW)
    page.context.clear_cookies()

    send(page)

    heading(page, "This device was signed out")
    assert page.evaluate("indexedDB.databases().then(all => all.length)") == 1


def test_what_was_changed_in_the_office_is_told_on_the_device_and_another_visit_can_be_added(inspector: Desk) -> None:
    visit = the_visit()
    a_plan(visit, starts=time(9), ends=time(12), safety_notes="Two dogs at the gate.")
    page = take_along(inspector)
    go(page, visit, "/standard/2.1")
    page.get_by_label("Evidence").fill("Half a sen")
    a_plan(visit, starts=time(14), ends=time(17), safety_notes="The owner has threatened officers.")
    another = an_inspection(
        organisation=an_organisation("Afon Labour Ltd"), inspector=visit.inspector, case="A-2222-2222"
    )

    page.context.set_offline(True)
    page.context.set_offline(False)

    # Whoever writes is told above, and keeps what they had begun.
    expect(page.get_by_text("Changed in the office: 1.")).to_be_visible()
    expect(page.get_by_label("Evidence")).to_have_value("Half a sen")
    page.get_by_text("Changed in the office: 1.").click()
    follow(page, "Dyffryn Labour Ltd")
    heading(page, "Dyffryn Labour Ltd")
    changed = page.locator(".govuk-inset-text")
    expect(changed).to_contain_text("Before: Two dogs at the gate.")
    expect(changed).to_contain_text("Now: The owner has threatened officers.")
    expect(changed).to_contain_text("2pm–5pm")
    press(page, "I have read this")
    expect(page.get_by_text("Changed since you took it along")).to_have_count(0)
    # What whoever arrives must know stands first; when and where, beside the name of the visit.
    expect(page.locator("[data-part=page] dl").first).to_contain_text("The owner has threatened officers.")
    page.evaluate("window.location.hash = '#/'")
    expect(page.locator("[data-part=page] li").first).to_contain_text("2pm–5pm")
    page.get_by_role("button", name="Use offline too").click()
    follow(page, "Afon Labour Ltd")
    heading(page, "Afon Labour Ltd")
    assert FieldDevice.objects.get().copies.count() == 2

    inspections.call_off(another, because="Withdrawn.", by=another.commissioned_by, at=NOW)
    page.reload()
    unlock(page)
    expect(page.get_by_text("This visit was called off: do not go.")).to_be_visible()
    assert inspector.complaints == []


def two_versions(page: Page, visit: Inspection) -> None:
    """Something is written on the tablet, and otherwise in the office."""
    go(page, visit, "/standard/2.1")
    page.get_by_label("Not met").check()
    page.get_by_label("Evidence").fill("Written on the tablet.")
    press(page, "Save")
    office = {"standard": "2.1", "finding": "not_met", "evidence": "Written in the office."}
    inspections.record_findings(visit, findings=[office], by=visit.inspector, at=NOW)  # type: ignore[list-item]


def test_every_page_of_the_app_can_be_used_by_everybody(inspector: Desk) -> None:
    page, visit = take_along(inspector), the_visit()
    page.set_viewport_size(looking.NARROW)
    two_versions(page, visit)
    go(page, visit, "/exhibits")
    board = [picture("board.jpg", Image.new("RGB", (600, 40), (1, 80, 120)))]
    page.get_by_label("Take photographs, or choose files").set_input_files(board)  # type: ignore[arg-type]
    page.get_by_label("What it is, and what it shows").fill("The board with the shifts, as it hung at the door")
    press(page, "Add")
    expect(page.get_by_role("img")).to_be_visible()
    send(page)
    expect(page.get_by_text("To be looked at: 1. Sent: 1.")).to_be_visible()
    reference, of = visit.reference, str(FieldItem.objects.get(part="exhibit").of)
    rests = (
        "visit",
        "section/2",
        "standard/2.1",
        "people",
        f"interview/{uuid.uuid4()}",
        "indicators",
        "indicator/7",
        "exhibits",
        "signatures",
        f"exhibit/{of}",
        f"settle/{FieldItem.objects.get(outcome='conflict').key}",
    )
    addresses = [
        "#/",
        f"#/{reference}",
        "#/queue",
        "#/danger",
        f"#/danger/{reference}",
        *(f"#/{reference}/{rest}" for rest in rests),
    ]
    wrong: list[Any] = []

    for address in addresses:
        page.evaluate("to => { window.location.hash = to; }", address)
        page.wait_for_timeout(150)
        expect(page.get_by_role("heading", level=1)).to_be_focused()
        wrong += [(address, one) for one in page.evaluate(looking.FURNITURE, "en-gb")]
        found = looking.axe.run(page, options=looking.STANDARD).response["violations"]
        wrong += [(address, one["id"], one["nodes"][0]["html"]) for one in found]
        wrong += [(address, one) for one in [page.evaluate(looking.WIDER_THAN_THE_SCREEN)] if one]

    assert wrong == []
    assert inspector.complaints == []


def test_the_app_changes_its_language_without_a_connection(inspector: Desk) -> None:
    page = take_along(inspector)
    page.context.set_offline(True)

    page.goto("/cy/staff/field/")
    expect(page.locator("html")).to_have_attribute("lang", "cy")
    page.locator("[data-part=page]").get_by_role("textbox").fill(PASSPHRASE)
    page.locator("[data-part=page]").get_by_role("button").click()

    expect(page.get_by_role("link", name="Dyffryn Labour Ltd")).to_be_visible()


def test_errors_are_said_above_and_beside_and_lead_to_the_field(inspector: Desk) -> None:
    page, reference = take_along(inspector), the_visit().reference
    page.evaluate("to => { window.location.hash = to; }", f"#/{reference}/standard/2.1")
    page.get_by_label("Not met").check()
    press(page, "Save")

    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_role("alert").get_by_role("link", name="Write the evidence that the standard is not met.").click()
    expect(page.get_by_label("Evidence")).to_be_focused()
