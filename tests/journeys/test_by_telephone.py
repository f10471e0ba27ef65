"""A worker rings and writes in Uzbek on the stand-in telephone, hears an answer on the page, and reports by voice."""

import io
import wave
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from compliance import vault
from compliance.reports.models.reports import Report
from registry.search.keyed import keys_of
from tests.compliance.reports.test_voice import a_wave
from tests.journeys.desk import leads_on
from tests.journeys.every_page.looking import faults
from tests.journeys.test_looking_up import assert_for_everybody
from tests.public_lookup.stories import one_of_each_standing

pytestmark = pytest.mark.browser

SMALL: ViewportSize = {"width": 320, "height": 568}
Visit = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser, live_server: LiveServer, settings: Settings, tmp_path: Path) -> Iterator[Visit]:
    """A browser at an address of the demonstration, with a microphone."""
    settings.DEMO, settings.VAR_DIR, settings.TELEPHONE_SECRET = True, tmp_path, "stand-in"
    settings.TELEPHONE_RECORDINGS = "config.demo.telephone.HeldRecordings"
    contexts = []

    def to(address: str, **options: object) -> Page:
        context = browser.new_context(base_url=live_server.url, viewport=SMALL, **options)  # type: ignore[arg-type]
        context.grant_permissions(["microphone"])
        contexts.append(context)
        page = context.new_page()
        page.goto(address)
        return page

    yield to
    for context in contexts:
        context.close()


def press(page: Page, keys: str) -> None:
    page.get_by_label("Keys to press").fill(keys)
    leads_on(page.get_by_role("button", name="Press these keys"))


def clips(page: Page) -> list[str]:
    return [str(one.get_attribute("src")) for one in page.locator("[data-call] audio").all()]


@pytest.mark.parametrize("has_script", [True, False])
def test_a_worker_rings_and_writes_in_uzbek(visit: Visit, has_script: bool) -> None:
    number = one_of_each_standing()["revoked"]
    page = visit("/demo/telephone/", java_script_enabled=has_script)

    leads_on(page.get_by_role("button", name="Ring the service"))
    press(page, "06")
    leads_on(page.get_by_role("button", name="1", exact=True))
    press(page, f"{keys_of(number)}#")
    leads_on(page.get_by_role("button", name="1", exact=True))

    assert clips(page)[0].endswith("uz/outcome-not_licensed.mp3")
    expect(page.locator("[data-call]")).to_contain_text("Gone Hands. Litsenziyasini qaytarib oldik")
    page.get_by_label("Text message").fill(f"UZ {number}")
    leads_on(page.get_by_role("button", name="Send", exact=True))
    expect(page.get_by_role("status")).to_contain_text("Litsenziyasi yo‘q. Litsenziyasini qaytarib oldik")
    assert not has_script or list(faults(page, "en-gb")) == []


def test_the_answer_can_be_heard_on_the_first_screen_of_a_small_telephone(visit: Visit) -> None:
    page = visit("/check/", java_script_enabled=False)

    for number in one_of_each_standing().values():
        page.goto(f"/uz/check/{number}/")
        player, word = page.locator("audio").first.bounding_box(), page.locator(".app-answer__word").bounding_box()
        assert player and player["y"] + player["height"] < SMALL["height"], number
        assert word and player["y"] < word["y"] < SMALL["height"], number


def test_a_voice_is_changed_on_the_device_listened_to_and_sent_by_keyboard(visit: Visit) -> None:
    page = visit("/report/")
    sent: list[bytes] = []
    page.context.on("request", lambda request: sent.append(request.post_data_buffer or b""))
    page.get_by_role("radio", name="No", exact=True).check()
    leads_on(page.get_by_role("button", name="Continue"))
    page.get_by_label("I will record it before I send the report").check()
    leads_on(page.get_by_role("button", name="Continue"))
    for _step in ("who", "where", "group"):
        leads_on(page.get_by_role("button", name="Continue"))
    page.get_by_role("radio", name="By a mailbox on this website").check()
    for _step in ("contact", "language"):
        leads_on(page.get_by_role("button", name="Continue"))
    assert_for_everybody(page)

    page.get_by_role("button", name="Start recording").press("Enter")
    expect(page.get_by_role("button", name="Stop recording")).to_be_focused()
    page.wait_for_timeout(1500)
    page.get_by_role("button", name="Stop recording").press("Enter")
    expect(page.get_by_text("Your recording is ready.")).to_be_visible()
    expect(page.locator("[data-voice-sound]")).to_be_focused()
    assert page.evaluate("document.querySelector('[data-voice-sound]').src.startsWith('blob:')")
    assert not any(b"RIFF" in one for one in sent)
    leads_on(page.get_by_role("button", name="Send", exact=True))

    expect(page.get_by_role("heading", name="We have your report")).to_be_visible()
    kept = Report.objects.get().recording
    with wave.open(io.BytesIO(vault.unseal_bytes("voice", bytes(kept.sealed)))) as sound:
        assert sound.getframerate() == 16000 and sound.getnframes() > 16000
    assert kept.is_masked and b"webm" not in b"".join(sent) and b"Opus" not in b"".join(sent)


def test_without_a_script_no_recorder_is_offered(visit: Visit) -> None:
    page = visit("/report/", java_script_enabled=False)
    page.get_by_role("radio", name="No", exact=True).check()
    leads_on(page.get_by_role("button", name="Continue"))

    expect(page.get_by_label("I will record it before I send the report")).to_be_hidden()


def test_a_caller_leaves_a_report(visit: Visit, tmp_path: Path) -> None:
    page = visit("/demo/telephone/", java_script_enabled=False)
    leads_on(page.get_by_role("button", name="Ring the service"))
    for keys in ("06", "4", "2"):
        press(page, keys)

    page.get_by_label("Recording: a WAV file").set_input_files(
        {"name": "said.wav", "mimeType": "audio/wav", "buffer": a_wave(rate=8000)}
    )
    leads_on(page.get_by_role("button", name="Send the recording"))

    assert clips(page)[0].endswith("uz/report-kept.mp3")
    assert Report.objects.get().recording and not any((tmp_path / "telephone").iterdir())


def test_without_a_recording_the_answer_is_still_for_everybody(visit: Visit) -> None:
    page = visit(f"/ne/check/{one_of_each_standing()['revoked']}/")

    expect(page.locator(".app-answer audio")).to_have_count(0)
    assert_for_everybody(page)
