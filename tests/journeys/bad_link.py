"""A bad link between a browser and the service: outside of both, so that neither knows of it before it happens.

Requests are lost before they arrive, in the middle, or after the service took them; they arrive twice; and they arrive once
more after what came later. Which of it happens to which request is the same every time.
"""

import random
import socket
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

HEAD_ENDS = b"\r\n\r\n"
PIECE = 65536
#: How likely each of them is for a request to which something may happen.
FATES = {"lost": 0.1, "cut in the middle": 0.08, "unanswered": 0.12, "twice": 0.12, "late": 0.15}


class BadLink:
    """Passes everything on as it is, but what is sent to one of `spoils`, to which anything may happen once `is_bad`."""

    def __init__(self, service: str, *, spoils: tuple[str, ...]) -> None:
        self.there = (urlsplit(service).hostname or "", urlsplit(service).port or 80)
        self.spoils, self.is_bad = spoils, False
        self.happened: Counter[str] = Counter()
        self.order: list[int] = []
        self._late: list[tuple[int, bytes]] = []
        self._chance = random.Random(7)
        self._lock = threading.Lock()
        self._door = socket.create_server(("localhost", 0))
        self.url = f"http://localhost:{self._door.getsockname()[1]}"
        threading.Thread(target=self._open_the_door, daemon=True).start()

    def close(self) -> None:
        self._door.close()

    def _open_the_door(self) -> None:
        while True:
            try:
                caller, _address = self._door.accept()
            except OSError:
                return
            threading.Thread(target=self._called, args=[caller], daemon=True).start()

    def _called(self, caller: socket.socket) -> None:
        with caller, suppress(OSError):
            if request := _request(caller):
                self._pass_on(caller, request)

    def _pass_on(self, caller: socket.socket, request: bytes) -> None:
        path = request.split(b" ", 2)[1].decode()
        if not self.is_bad or not request.startswith(b"POST") or not path.endswith(self.spoils):
            caller.sendall(self._answer(request))
            return
        # One after the other, so that the same happens every time; a browser sends them so too.
        with self._lock:
            self._spoil(caller, request)

    def _spoil(self, caller: socket.socket, request: bytes) -> None:
        fate = next((name for name, odds in FATES.items() if self._chance.random() < odds), "passed on")
        self.happened[fate] += 1
        if fate == "cut in the middle":
            self._answer(request[: len(request) * 2 // 3])
        elif fate != "lost":
            answer = self._gets_through(request, fate)
            caller.sendall(b"" if fate == "unanswered" else answer)

    def _gets_through(self, request: bytes, fate: str) -> bytes:
        number = self.happened.total()
        answers = [self._arrives(number, request) for _ in range(2 if fate == "twice" else 1)]
        if fate == "late":
            self._late.append((number, request))
        elif self._late and self._chance.random() < 0.5:
            self._arrives(*self._late.pop(0))
        return answers[-1]

    def _arrives(self, number: int, request: bytes) -> bytes:
        self.order.append(number)
        return self._answer(request)

    def _answer(self, request: bytes) -> bytes:
        """What the service says. Of what is cut off it hears no more, and says nothing that anybody waits for."""
        with socket.create_connection(self.there, timeout=20) as service:
            service.sendall(request)
            service.shutdown(socket.SHUT_WR)
            return b"".join(iter(lambda: service.recv(PIECE), b""))


def _request(caller: socket.socket) -> bytes:
    """One whole request. Each has a connection of its own: a browser sends what it has lost on one that was used before again."""
    got = b""
    while HEAD_ENDS not in got:
        piece = caller.recv(PIECE)
        if not piece:
            return b""
        got += piece
    head, body = got.split(HEAD_ENDS, 1)
    lines = [line for line in head.split(b"\r\n") if not line.lower().startswith(b"connection:")]
    lengths = [line.split(b":")[1] for line in lines if line.lower().startswith(b"content-length:")]
    while len(body) < int(lengths[0] if lengths else 0):
        body += caller.recv(PIECE)
    return b"\r\n".join([*lines, b"Connection: close"]) + HEAD_ENDS + body


@contextmanager
def bad_link(service: str, *, spoils: tuple[str, ...]) -> Iterator[BadLink]:
    link = BadLink(service, spoils=spoils)
    try:
        yield link
    finally:
        link.close()
