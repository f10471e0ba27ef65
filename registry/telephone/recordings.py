"""The recording of a caller, fetched from the provider, who is then asked to delete it.

`TELEPHONE_RECORDINGS` names a class as Django's EMAIL_BACKEND does: made without arguments, with a method `take`.
"""

from typing import Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

from registry.clients import machines
from registry.web import note

#: In seconds, to fetch it: the caller waits. What a page has left after that is for deleting it.
WITHIN = 3.0
MOST_BYTES = 6 * 1024 * 1024


class RecordingLost(Exception):
    """The recording could not be fetched, or is not at the provider."""


class Recordings(Protocol):
    def take(self, address: str) -> bytes:
        """The sound at this address, which is deleted there. Raises `RecordingLost`."""


class ProviderRecordings:
    """Recordings at the provider, as a wave file below `TELEPHONE_PROVIDER`: nothing is fetched from anywhere else."""

    def take(self, address: str) -> bytes:
        if not address.startswith(f"{settings.TELEPHONE_PROVIDER}/") or not settings.TELEPHONE_PROVIDER:
            raise RecordingLost
        status, sound = self._ask("GET", f"{address}.wav")
        if status != 200 or len(sound) > MOST_BYTES:
            raise RecordingLost
        try:
            self._ask("DELETE", address)
        except RecordingLost as fault:
            note(fault, what="a recording may still be at the telephone provider")
        return sound

    def _ask(self, method: str, address: str) -> tuple[int, bytes]:
        us = machines.basic(settings.TELEPHONE_ACCOUNT, settings.TELEPHONE_SECRET)
        try:
            answer = machines.ask(method, address, within=WITHIN, most=MOST_BYTES + 1, headers=us)
        except machines.MachineSilent as silent:
            raise RecordingLost from silent
        return answer.code, answer.body


def take_recording(address: str) -> bytes:
    """The sound that a caller left, gone from the provider. Raises `RecordingLost`."""
    return cast(Recordings, import_string(settings.TELEPHONE_RECORDINGS)()).take(address)
