"""What a provider is told to do, as the XML that providers share."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, tostring

from django.conf import settings

from registry import recordings

#: Letters that XML cannot hold.
NOT_IN_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Spoken:
    """A sentence: the clip at this address, or else the words, which the provider reads out."""

    words: str
    language: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Gather:
    """Say something, and wait for keys: so many of them, or as many as there are before the hash key."""

    action: str
    spoken: tuple[Spoken, ...]
    keys: int = 0
    seconds: int = 10


@dataclass(frozen=True, slots=True)
class TakeRecording:
    """TakeRecording the caller until a key is pressed."""

    action: str
    seconds: int


@dataclass(frozen=True, slots=True)
class Redirect:
    action: str


@dataclass(frozen=True, slots=True)
class TextAnswer:
    """The text message that is the answer."""

    words: str


@dataclass(frozen=True, slots=True)
class Reject:
    """The call is not taken, and costs nothing."""


Verb = Spoken | Gather | TakeRecording | Redirect | TextAnswer | Reject


def clip(key: str, language: str) -> Spoken:
    """A sentence of `registry.recordings`: its clip, and its words where there is none."""
    address = recordings.played(key, language)
    return Spoken(
        recordings.sentence_of(key, language), language, f"{settings.SITE_ADDRESS}{address}" if address else ""
    )


def say(words: str, language: str) -> Spoken:
    """Words that nobody can have recorded: a name, a day, a number."""
    return Spoken(words, language)


def written(verbs: Sequence[Verb]) -> bytes:
    response = Element("Response")
    for verb in verbs:
        _add(response, verb)
    document: bytes = tostring(response, encoding="utf-8", xml_declaration=True)
    return document


def _add(parent: Element, verb: Verb) -> None:
    if isinstance(verb, Spoken):
        _speak(parent, verb)
    elif isinstance(verb, Gather):
        counted = {"numDigits": str(verb.keys)} if verb.keys else {"finishOnKey": "#"}
        gather = SubElement(parent, "Gather", {"action": verb.action, "timeout": str(verb.seconds), **counted})
        for spoken in verb.spoken:
            _speak(gather, spoken)
    else:
        name, attributes, text = _plain(verb)
        SubElement(parent, name, attributes).text = text


def _speak(parent: Element, spoken: Spoken) -> None:
    if spoken.address:
        SubElement(parent, "Play").text = spoken.address
    else:
        SubElement(parent, "Say", {"language": spoken.language}).text = NOT_IN_XML.sub("", spoken.words)


def _plain(verb: Verb) -> tuple[str, dict[str, str], str]:
    if isinstance(verb, TakeRecording):
        return "Record", {"action": verb.action, "maxLength": str(verb.seconds), "playBeep": "true"}, ""
    if isinstance(verb, Redirect):
        return "Redirect", {"method": "POST"}, verb.action
    return ("Message", {}, NOT_IN_XML.sub("", verb.words)) if isinstance(verb, TextAnswer) else ("Reject", {}, "")


def languages_by_key() -> Iterator[tuple[str, str]]:
    """The two keys that choose each language of the service, with its code."""
    for number, (code, _name) in enumerate(settings.LANGUAGES, 1):
        yield f"{number:02}", code
