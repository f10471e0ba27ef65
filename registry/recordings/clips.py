"""The clips that were recorded, and whether each may be played: its words must still be those of the sentence."""

import hashlib
import tomllib
from collections.abc import Iterator
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

from django.templatetags.static import static
from django.utils.translation import get_language

from registry.recordings.sentences import OF_PACK, sentence_of
from registry.schemes import Fault
from registry.schemes.terms import Sourced

LIST = Path(__file__).parent / "recordings.toml"
FOLDER = Path(__file__).parent.parent / "static" / "recordings"
#: A clip is played over slow lines: about four seconds of speech.
MOST_BYTES = 12 * 1024
MOST_BYTES_IN_ALL = 700 * 1024


class Clip(Sourced):
    """One recording: which sentence, in which words, who speaks, when, and on what terms it may be used."""

    key: str
    language: str
    text: str
    speaker: str
    day: date
    licence: str
    digest: str  # SHA-256 of the sound

    @property
    def path(self) -> Path:
        return path_of(self.key, self.language)

    @property
    def is_current(self) -> bool:
        """Whether the sentence still says what was read."""
        return sentence_of(self.key, self.language) == self.text


def path_of(key: str, language: str) -> Path:
    return FOLDER / language / f"{key}.mp3"


@cache
def recorded() -> dict[tuple[str, str], Clip]:
    """Every clip by its sentence and language."""
    rows = tomllib.loads(LIST.read_text(encoding="utf-8")).get("recordings", []) if LIST.exists() else []
    clips = (Clip(**row) for row in rows)
    return {(clip.key, clip.language): clip for clip in clips}


@lru_cache(maxsize=1024)
def clip_of(key: str, language: str) -> Clip | None:
    """The clip of a sentence, if it may be played."""
    clip = recorded().get((key, language))
    return clip if clip and clip.path.exists() and clip.is_current else None


def played(key: str, language: str | None = None) -> str:
    """The address of the clip of a sentence in this language, else that of the reader; empty where there is none."""
    short = (language or get_language() or "en").split("-")[0]
    return static(f"recordings/{short}/{key}.mp3") if clip_of(key, short) else ""


def machine_made() -> Iterator[Clip]:
    """The clips that a speaker of the language has not listened to yet."""
    return (clip for clip in recorded().values() if clip.needs_review)


def faults() -> Iterator[Fault]:
    """Every clip that is not played, and why."""
    for (key, language), clip in recorded().items():
        if reason := _fault_of(clip):
            yield Fault(LIST.name, f"{language}/{key}", reason)


def _fault_of(clip: Clip) -> str:
    try:
        is_current = clip.is_current
    except KeyError:  # a topic that these packs do not have is no fault
        return "" if clip.key.startswith(OF_PACK) else "there is no such sentence"
    if not is_current:
        return "the sentence has changed since it was recorded"
    if not clip.path.exists():
        return "the sound is missing"
    sound = clip.path.read_bytes()
    if hashlib.sha256(sound).hexdigest() != clip.digest:
        return "the sound is another one than was recorded"
    return f"the sound is larger than {MOST_BYTES} bytes" if len(sound) > MOST_BYTES else ""
