"""Clips made by a speech synthesiser, for sentences that no one has read yet: each is marked as to be reviewed."""

import hashlib
import re
import subprocess
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from django.conf import settings

from registry.recordings.clips import LIST, Clip, clip_of, path_of, recorded
from registry.recordings.sentences import Sentence, sentences

#: Keys that the speaker of a machine is not asked to say: words in quotation marks are read as words.
QUOTES = re.compile(r"[“”„«»]")


def make_missing(languages: list[str], *, on: date) -> Iterator[Clip]:
    """Make the clips that are missing or out of date in these languages, and write the list. A clip read by a person stays."""
    clips = dict(recorded())
    for language in languages:
        for sentence in sentences(language):
            if clip_of(sentence.key, language) is None:
                clips[sentence.key, language] = _made(sentence, on)
                yield clips[sentence.key, language]
    LIST.write_text("\n".join(_written(clip) for _place, clip in sorted(clips.items())), encoding="utf-8")
    recorded.cache_clear()
    clip_of.cache_clear()


def _made(sentence: Sentence, on: date) -> Clip:
    sound = _spoken(QUOTES.sub("", sentence.text), sentence.language)
    path = path_of(sentence.key, sentence.language)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(sound)
    return Clip(
        key=sentence.key,
        language=sentence.language,
        text=sentence.text,
        speaker=f"{Path(settings.SPEECH_SYNTHESISER).name}, a machine",
        day=on,
        licence="EUPL-1.2",
        digest=hashlib.sha256(sound).hexdigest(),
        needs_review=True,
    )


def _spoken(text: str, language: str) -> bytes:
    """The sound of a text: read by the synthesiser, and made small enough for slow lines."""
    with tempfile.TemporaryDirectory() as folder:
        wave, clip = Path(folder, "spoken.wav"), Path(folder, "spoken.mp3")
        spoken = [settings.SPEECH_SYNTHESISER, "-v", language, "-s", "165", "-w", str(wave), "--stdin"]
        subprocess.run(spoken, input=text.encode(), check=True, capture_output=True)
        small = [settings.SPEECH_ENCODER, "--quiet", "-m", "m", "-b", "16", "--resample", "16", "-t"]
        subprocess.run([*small, str(wave), str(clip)], check=True, capture_output=True)
        return clip.read_bytes()


def _written(clip: Clip) -> str:
    """One row of the list, as TOML."""
    words = {
        name: value if isinstance(value, bool) else str(value)
        for name, value in clip.model_dump(exclude={"note", "source"}).items()
    }
    return "[[recordings]]\n" + "".join(f"{name} = {_value(value)}\n" for name, value in words.items())


def _value(value: str | bool) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
