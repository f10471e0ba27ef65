"""A telephone and its provider, played by the demonstration: it signs what it posts, and reads what it is told to do."""

import io
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode
from xml.etree.ElementTree import Element, fromstring

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.http import Http404
from django.urls import resolve, reverse

from registry.telephone import RecordingLost, signature

#: Steps that the provider takes by itself before someone must press a key.
MOST_REDIRECTS = 5


@dataclass(frozen=True, slots=True)
class Heard:
    """A sentence: its clip, or the words that a machine reads out."""

    words: str
    language: str
    address: str


@dataclass(slots=True)
class PhoneStep:
    """What has happened on the telephone, and where the next keys or the recording go; nowhere when the call is over."""

    call: str
    caller: str
    heard: list[Heard] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    keys_to: str = ""
    recording_to: str = ""
    is_refused: bool = False

    @property
    def is_over(self) -> bool:
        return not self.keys_to and not self.recording_to


class HeldRecordings:
    """What was recorded on the stand-in, in a folder: taken once, and gone."""

    def take(self, address: str) -> bytes:
        file = folder() / Path(address).name
        if not address or not file.is_file():
            raise RecordingLost
        sound = file.read_bytes()
        file.unlink()
        return sound


def folder() -> Path:
    return Path(settings.VAR_DIR) / "telephone"


def hold(sound: bytes) -> str:
    """Keep a recording until it is fetched; its address."""
    folder().mkdir(parents=True, exist_ok=True)
    name = secrets.token_hex(16)
    (folder() / name).write_bytes(sound)
    return name


def text(caller: str, words: str) -> PhoneStep:
    step = PhoneStep(_new_call(), caller)
    _follow(step, reverse("telephone_text"), {"Body": words})
    return step


def ring(caller: str) -> PhoneStep:
    step = PhoneStep(_new_call(), caller)
    _follow(step, reverse("telephone_call"), {})
    return step


def go_on(call: str, caller: str, address: str, said: Mapping[str, str]) -> PhoneStep:
    step = PhoneStep(call, caller)
    _follow(step, address.removeprefix(settings.SITE_ADDRESS), said)
    return step


def _new_call() -> str:
    return f"CA{secrets.token_hex(16)}"


def _follow(step: PhoneStep, path: str, said: Mapping[str, str]) -> None:
    """Post, and do what is answered; where that leads on without a key, go on."""
    fields = {"From": step.caller, "CallSid": step.call, **said}
    for _try in range(MOST_REDIRECTS):
        leads_to = _obey(step, _answer(path, fields))
        if step.keys_to or step.recording_to or not leads_to:
            return
        path, fields = leads_to.removeprefix(settings.SITE_ADDRESS), {"From": step.caller, "CallSid": step.call}


def _answer(path: str, fields: Mapping[str, str]) -> Element:
    if not path.startswith("/telephone/"):
        raise Http404
    body = urlencode(fields).encode()
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": path,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
        "HTTP_X_TWILIO_SIGNATURE": signature(
            f"{settings.SITE_ADDRESS}{path}", {name: [value] for name, value in fields.items()}
        ),
    }
    found = resolve(path)
    response = found.func(WSGIRequest(environ), *found.args, **found.kwargs)
    return fromstring(response.content) if response.status_code == 200 else Element("Response")


def _obey(step: PhoneStep, response: Element) -> str:
    """Hear, read and note where keys go; the address that the call is led to, if any."""
    step.heard += [_heard(verb) for verb in response.iter() if verb.tag in {"Play", "Say"}]
    step.messages += [verb.text or "" for verb in response.iter("Message")]
    step.keys_to = _of(response, "Gather").get("action", "")
    step.recording_to = _of(response, "Record").get("action", "")
    step.is_refused = response.find("Reject") is not None
    return _of(response, "Redirect").text or ""


def _of(response: Element, verb: str) -> Element:
    found = response.find(verb)
    return Element(verb) if found is None else found


def _heard(verb: Element) -> Heard:
    said = verb.text or ""
    if verb.tag == "Play":
        return Heard("", "", said.removeprefix(settings.SITE_ADDRESS))
    return Heard(said, verb.get("language", ""), "")
