"""Recordings: only what says the sentence of today is played, and the lists of clips and of sentences agree."""

from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from registry import recordings, schemes
from registry.recordings import clips, making
from registry.register.states import Outcome
from tests.public_lookup.stories import one_of_each_standing

pytestmark = pytest.mark.once


@pytest.fixture
def own_clips(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """A folder and a list of their own, and a synthesiser that says hardly anything."""
    monkeypatch.setattr(clips, "FOLDER", tmp_path)
    for module in (clips, making):
        monkeypatch.setattr(module, "LIST", tmp_path / "recordings.toml")
    monkeypatch.setattr(making, "_spoken", lambda text, language: f"{language}: {text}".encode())
    forget()
    yield tmp_path
    forget()


def forget() -> None:
    clips.recorded.cache_clear()
    clips.clip_of.cache_clear()


def test_every_clip_is_small_unchanged_and_says_the_sentence_of_today() -> None:
    assert [str(fault) for fault in recordings.faults()] == []
    sizes = [clip.path.stat().st_size for clip in recordings.recorded().values()]
    assert sum(sizes) < clips.MOST_BYTES_IN_ALL
    for language in ("en", "pl", "uz"):
        assert all(recordings.clip_of(f"outcome-{outcome.value}", language) for outcome in Outcome)


def test_a_machine_makes_what_is_missing_and_says_that_nobody_has_listened(own_clips: Path) -> None:
    call_command("make_recordings", "pl", stdout=StringIO())

    made = recordings.recorded()["outcome-not_licensed", "pl"]
    assert made.needs_review and made.text == "Nie ma licencji" and made.path.exists()
    call_command("make_recordings", "pl", stdout=(again := StringIO()))
    assert again.getvalue().startswith("0 recordings made")


@pytest.mark.parametrize("wrong", ["words", "sound"])
def test_a_clip_that_says_something_else_is_not_played_and_refuses_the_check(own_clips: Path, wrong: str) -> None:
    call_command("make_recordings", "pl", stdout=StringIO())
    before = (own_clips / "recordings.toml").read_text()
    if wrong == "words":
        (own_clips / "recordings.toml").write_text(before.replace('"Nie ma licencji"', '"Ma licencję"'))
    else:
        (own_clips / "pl" / "outcome-not_licensed.mp3").write_bytes(b"pl: Ma licencje")
    forget()

    assert wrong == "sound" or recordings.played("outcome-not_licensed", "pl") == ""
    with pytest.raises(CommandError):
        call_command("check_packs", stdout=StringIO(), stderr=(said := StringIO()))
    assert "recordings.toml: pl/outcome-not_licensed" in said.getvalue()


def test_without_the_synthesiser_it_is_named(own_clips: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object) -> bytes:
        raise FileNotFoundError(2, "", "espeak-ng")

    monkeypatch.setattr(making, "_spoken", missing)

    with pytest.raises(CommandError, match="espeak-ng is not installed"):
        call_command("make_recordings", "pl")


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/pl/check/{number}/", "/pl/check/?q={number}", "/pl/report/", "/pl/help/pay/"])
def test_the_answer_the_report_and_help_can_be_heard_without_a_script(address: str) -> None:
    page = Client().get(address.format(number=one_of_each_standing()["revoked"])).content.decode()

    assert '<audio class="govuk-!-width-full" controls preload="none" src="/static/recordings/pl/' in page


@pytest.mark.django_db
def test_the_player_is_that_of_the_answer_and_comes_first() -> None:
    page = Client().get(f"/uz/check/{one_of_each_standing()['revoked']}/").content.decode()

    assert page.index("uz/outcome-not_licensed.mp3") < page.index("app-answer__head")
    assert Client().get("/uz/check/?q=zzzzzz").content.decode().count("uz/outcome-not_found.mp3") == 1


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/ne/check/{licensed}/", "/ne/check/?q=zzzzzz", "/ne/report/"])
def test_where_there_is_no_recording_the_page_says_nothing_of_it(address: str) -> None:
    """In most languages "recording" also means an entry: "there is no entry" must not be read beside an answer."""
    page = Client().get(address.format(**one_of_each_standing())).content.decode()

    assert "<audio" not in page and "रेकर्ड" not in page


def test_what_a_broken_pack_does_not_say_is_still_heard(tmp_path: Path) -> None:
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "base.toml").write_text("nonsense")
    forget()

    with schemes.use([tmp_path]):
        assert recordings.played("outcome-cannot_tell", "pl").endswith("pl/outcome-cannot_tell.mp3")
