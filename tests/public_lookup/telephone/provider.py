"""A telephone provider: it signs what it posts, and reads what it is told."""

from dataclasses import dataclass, field
from itertools import count
from typing import Any
from xml.etree.ElementTree import Element, fromstring

from django.test import Client

from registry.telephone import signature

HERE = "http://localhost:8000"
CALLER = "+447700900461"
_numbers = count(1)


def post(path: str, signed: str | None = None, **fields: str) -> Any:
    """As the provider posts it, with a signature of its own unless another is given."""
    own = signature(f"{HERE}{path}", {name: [value] for name, value in fields.items()})
    return Client(enforce_csrf_checks=True).post(
        path, fields, headers={"X-Twilio-Signature": own if signed is None else signed}
    )


def text(body: str, **fields: str) -> str:
    """What a message is answered with."""
    fields = {"From": CALLER, "Body": body, "MessageSid": f"SM{next(_numbers)}", **fields}
    answer = fromstring(post("/telephone/texts/", **fields).content)
    return "".join(message.text or "" for message in answer.iter("Message"))


@dataclass
class Call:
    """A call: what was heard last, and where the next keys go."""

    to: str = ""
    number: str = field(default_factory=lambda: f"CA{next(_numbers)}")
    caller: str = CALLER
    answer: Element = field(default_factory=lambda: Element("Response"))

    def __post_init__(self) -> None:
        self._post("/telephone/calls/", **({"To": self.to} if self.to else {}))

    def press(self, keys: str) -> "Call":
        return self._post(self._action("Gather"), Digits=keys)

    def record(self, address: str) -> "Call":
        return self._post(self._action("Record"), RecordingUrl=address)

    @property
    def heard(self) -> list[str]:
        """Clips by their addresses, and the words between them."""
        return [verb.text or "" for verb in self.answer.iter() if verb.tag in {"Play", "Say"}]

    @property
    def words(self) -> str:
        return " ".join(self.heard)

    def _action(self, verb: str) -> str:
        found = self.answer.find(verb)
        assert found is not None, self.heard
        return found.attrib["action"].removeprefix(HERE)

    def _post(self, path: str, **fields: str) -> "Call":
        self.answer = fromstring(post(path, From=self.caller, CallSid=self.number, **fields).content)
        lead = self.answer.find("Redirect")
        if lead is not None and self.answer.find("Gather") is None:
            return self._post((lead.text or "").removeprefix(HERE))
        return self
