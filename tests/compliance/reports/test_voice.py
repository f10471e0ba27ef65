"""Reports by voice: written again, sealed, heard only by who said why, and left by telephone without a number."""

import io
import struct
import wave
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from compliance import vault
from compliance.reports.models.recordings import ReportRecording
from compliance.reports.models.reports import Channel, Report
from compliance.reports.states import Danger
from compliance.retention.queries import contents
from registry import uploads
from registry.errors import Refused
from registry.telephone import RecordingLost
from registry.telephone.recordings import ProviderRecordings
from registry.trail.models.events import Event
from tests.compliance.reports.test_views_intake import hidden, passphrase_of, posted, text_of
from tests.conftest import NOW
from tests.people import person, signed_in
from tests.public_lookup.telephone.provider import Call

pytestmark = [pytest.mark.django_db, pytest.mark.once]
LEFT = b"a trace of the device"


def a_wave(seconds: float = 1, rate: int = 16000, channels: int = 1, width: int = 2, trace: bytes = LEFT) -> bytes:
    """A recording with a part behind it that says more than the sound."""
    written = io.BytesIO()
    with wave.open(written, "wb") as sound:
        sound.setnchannels(channels)
        sound.setsampwidth(width)
        sound.setframerate(rate)
        sound.writeframes(b"\1\2" * int(seconds * rate * channels * width / 2))
    return written.getvalue() + b"LIST" + struct.pack("<I", len(trace)) + trace


def recorded(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("recording.wav", content, "audio/wav")


# --- the sound ---


@pytest.mark.parametrize("rate", uploads.sounds.RATES)
def test_a_sound_is_written_anew_and_nothing_else_of_the_file_is_left(rate: int) -> None:
    sound = uploads.sound(a_wave(1.5, rate))

    assert LEFT not in sound.content and sound.seconds == 2
    with wave.open(io.BytesIO(sound.content)) as read:
        assert (read.getframerate(), read.getnchannels(), read.getnframes()) == (rate, 1, int(1.5 * rate))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"RIFF",
        b"OggS" + b"\0" * 100,
        a_wave(rate=44100),
        a_wave(channels=2),
        a_wave(width=1),
        a_wave()[:40],
        b"RIFF\xff\xff\xff\xffWAVEdata\xff\xff\xff\xff",
        a_wave(181),
        b"\0" * (uploads.SOUND_BYTES + 1),
        b"RIFF\0\0\0\0WAVE" + b"LIST\0\0\0\0" * 100 + a_wave()[12:],
    ],
    ids=["empty", "head", "ogg", "rate", "stereo", "8 bits", "cut", "sizes", "long", "large", "parts"],
)
def test_what_is_no_plain_sound_is_refused(content: bytes) -> None:
    with pytest.raises(Refused):
        uploads.sound(content)


# --- in the browser ---


def test_who_would_rather_speak_writes_nothing_and_is_heard() -> None:
    page = posted("what", text="", is_said="on")
    assert hidden(page)["is_said"] == ["on"]

    sent = posted(text="", is_said="on", recording=recorded(a_wave()))

    report = Report.objects.get()
    assert report.text == "" and report.recording.is_masked and passphrase_of(sent)
    assert Event.objects.get(verb="receive").facts["recording"] == report.recording.digest


def test_without_words_and_without_a_recording_there_is_no_report() -> None:
    assert posted("what", text="").status_code == 422
    page = posted(text="", is_said="on")

    assert page.status_code == 422 and "Write what happened." in text_of(page)
    assert not Report.objects.exists()


def test_a_hostile_recording_is_refused_beside_the_recorder() -> None:
    page = posted(recording=recorded(b"OggS" + b"\0" * 100))

    assert page.status_code == 422 and "The recording cannot be read. Record it again." in text_of(page)
    assert 'href="#id_recording"' in page.content.decode()


def test_the_page_lets_itself_record_and_no_other_page_does() -> None:
    assert "microphone=(self)" in Client().get("/report/").headers["Permissions-Policy"]
    assert "blob:" in Client().get("/report/").headers["Content-Security-Policy"]
    assert "microphone=()" in Client().get("/check/").headers["Permissions-Policy"]
    assert "blob:" not in Client().get("/check/").headers["Content-Security-Policy"]


# --- who hears it ---


def test_it_lies_sealed_and_only_who_said_why_hears_it() -> None:
    posted(recording=recorded(a_wave()))
    kept, officer = ReportRecording.objects.get(), signed_in(person("intelligence_analyst", name="Non Hughes"))
    address = f"/staff/reports/{kept.report.reference}"

    assert b"RIFF" not in bytes(kept.sealed)
    assert officer.get(f"{address}/recording/").status_code == 302
    assert signed_in(person("inspector")).get(f"{address}/recording/").status_code == 403
    officer.post(f"{address}/", {"because": "To hear what was said."})
    heard = officer.get(f"{address}/recording/")
    assert heard.content == uploads.sound(a_wave()).content and heard.headers["Cache-Control"] == "no-store"
    assert "The voice was changed" in text_of(officer.get(f"{address}/"))


def test_it_is_erased_with_the_report() -> None:
    posted(recording=recorded(a_wave()))
    rows = list(contents.CONTENTS["reports"](Report.objects.get()))

    assert any(one.rows.model is ReportRecording and one.is_deleted for one in rows)


# --- by telephone ---


@pytest.fixture
def held(settings: Settings, tmp_path: Path) -> Any:
    """What a caller said, where the stand-in of the provider holds it."""
    settings.TELEPHONE_SECRET, settings.VAR_DIR = "a secret of the provider", tmp_path
    settings.TELEPHONE_RECORDINGS = "config.demo.telephone.HeldRecordings"
    (tmp_path / "telephone").mkdir()

    def hold(content: bytes) -> str:
        (tmp_path / "telephone" / "one").write_bytes(content)
        return "one"

    return hold


def test_a_caller_speaks_hears_words_and_opens_the_mailbox_with_them(held: Any, tmp_path: Path) -> None:
    call = Call().press("07").press("4")
    assert "pl/emergency.mp3" in call.words and "pl/danger.mp3" in call.words

    call.press("1").record(held(a_wave(rate=8000)))

    report = Report.objects.get()
    assert (report.channel, report.danger, report.language) == (Channel.TELEPHONE, Danger.YES, "pl")
    assert not report.recording.is_masked and not any((tmp_path / "telephone").iterdir())
    words = call.answer.findtext(".//Say") or ""
    assert Client().post("/report/mailbox/", {"passphrase": words}).context["report"] == report
    assert call.press("1").answer.findtext(".//Say") == words


@pytest.mark.parametrize("content", [b"", b"no sound"])
def test_what_cannot_be_kept_is_said_and_can_be_said_again(held: Any, content: bytes) -> None:
    call = Call().press("01").press("4").press("2")

    call.record(held(content) if content else "")

    assert "not-kept" in call.words and not Report.objects.exists()
    call.press("2").record(held(a_wave(rate=8000)))
    assert Report.objects.count() == 1


def test_without_a_place_for_recordings_no_report_is_offered(held: Any, settings: Settings) -> None:
    settings.TELEPHONE_RECORDINGS = ""

    call = Call().press("01")

    assert "menu-report" not in call.words and "not-understood" in call.press("4").words


@pytest.mark.parametrize(
    "address", ["", "https://evil.example/one", "https://provider.example.evil.example/one", "file:///etc"]
)
def test_a_recording_is_fetched_from_the_provider_alone(settings: Settings, address: str) -> None:
    for settings.TELEPHONE_PROVIDER in ("", "https://provider.example"):
        with pytest.raises(RecordingLost):
            ProviderRecordings().take(address)


def test_it_is_deleted_at_the_provider_once_it_is_here(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.TELEPHONE_PROVIDER = "https://provider.example"
    asked = []

    def answered(self: ProviderRecordings, method: str, address: str) -> tuple[int, bytes]:
        asked.append((method, address))
        return 200, b"sound"

    monkeypatch.setattr(ProviderRecordings, "_ask", answered)

    assert ProviderRecordings().take("https://provider.example/one") == b"sound"
    assert asked == [("GET", "https://provider.example/one.wav"), ("DELETE", "https://provider.example/one")]


def test_a_sealed_voice_is_opened_for_nothing_else() -> None:
    with pytest.raises(vault.NotOpened):
        vault.unseal_bytes("contact", vault.seal_bytes("voice", b"sound", at=NOW))
