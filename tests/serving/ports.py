"""Ports on loopback, and a wire between two of them that can be cut, or go dead without anybody being told."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

HOST = "127.0.0.1"


def free_port() -> int:
    with socket.socket() as found:
        found.bind((HOST, 0))
        return int(found.getsockname()[1])


@dataclass
class Wire:
    """What comes to `port` goes to `to`, and back."""

    to: int
    port: int = 0
    carries: threading.Event = field(default_factory=threading.Event)
    _ends: set[socket.socket] = field(default_factory=set)

    def cut(self) -> None:
        """All that is connected now is connected no more; what connects anew gets through."""
        for end in list(self._ends):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def go_dead(self) -> None:
        """Everything is accepted, and nothing comes through: nobody is told."""
        self.carries.clear()

    def mend(self) -> None:
        self.cut()
        self.carries.set()

    def _accept(self, listening: socket.socket) -> None:
        with suppress(OSError):
            while True:
                near, _where = listening.accept()
                try:
                    far = socket.create_connection((HOST, self.to))
                except OSError:
                    near.close()
                    continue
                for one, other in ((near, far), (far, near)):
                    self._ends.add(one)
                    threading.Thread(target=self._carry, args=(one, other), daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while part := one.recv(65536):
                self.carries.wait()
                other.sendall(part)
        for end in (one, other):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        self._ends.discard(one)
        one.close()


@contextmanager
def a_wire(to: int) -> Iterator[Wire]:
    with socket.create_server((HOST, 0)) as listening:
        wire = Wire(to, listening.getsockname()[1])
        wire.carries.set()
        threading.Thread(target=wire._accept, args=(listening,), daemon=True).start()
        yield wire
        wire.mend()
