"""What a call has come to, encrypted in the address of its next step: only the same call can open it, and not for long."""

import json
from base64 import urlsafe_b64encode
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

from registry import signing

#: Seconds between two steps of a call.
OPEN_FOR = 900
#: Steps of one call: a line that is left off the hook ends, and what it costs with it.
MOST_STEPS = 60


class CallLost(Exception):
    """The address is not of this call, was altered, is too old, or of a call that has gone on for too long."""


@dataclass(frozen=True, slots=True)
class CallState:
    """The step that is next, the language, what is offered to choose from, and what seals a report that is being left."""

    step: str
    language: str
    choices: tuple[str, ...] = ()
    ticket: str = ""
    steps: int = 0

    def to(self, step: str, **changes: Any) -> "CallState":
        return replace(self, step=step, steps=self.steps + 1, **changes)

    def sealed(self, call: str, *, at: datetime) -> str:
        """As it stands in an address: nothing of it can be read there."""
        token = _cipher(call).encrypt_at_time(json.dumps(asdict(self)).encode(), int(at.timestamp()))
        return token.decode().rstrip("=")

    @classmethod
    def opened(cls, sealed: str, call: str, *, at: datetime) -> "CallState":
        """Raises `CallLost`."""
        padded = sealed + "=" * (-len(sealed) % 4)
        try:
            content = json.loads(_cipher(call).decrypt_at_time(padded.encode(), OPEN_FOR, int(at.timestamp())))
        except InvalidToken as altered:
            raise CallLost from altered
        state = cls(**content | {"choices": tuple(content["choices"])})
        if state.steps > MOST_STEPS:
            raise CallLost
        return state


def _cipher(call: str) -> Fernet:
    """A key of this call alone: its number at the provider opens the address, and stands nowhere with us."""
    key = bytes.fromhex(signing.keyed_digest(settings.SECRET_KEY, f"state of a call: {call}"))
    return Fernet(urlsafe_b64encode(key))
