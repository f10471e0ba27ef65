"""What has kept us waiting in vain is left alone for some seconds: a process that waits for it again and again answers no one."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

#: Seconds for which it is left alone; and how long a wait must have been for that. A refusal that comes at once costs nothing.
LEAVE_ALONE, LONG = 5.0, 1.0


class Silences:
    """What this process leaves alone, and until when. `clock` is one that is never set."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._until: dict[str, float] = {}
        self._clock = clock

    def left_alone(self, name: str) -> bool:
        return self._clock() < self._until.get(name, 0.0)

    def forget(self) -> None:
        """Ask all of them again."""
        self._until.clear()

    @contextmanager
    def waiting_for(self, name: str, *faults: type[Exception], leave: float = LEAVE_ALONE) -> Iterator[None]:
        """Ask it in here. One of these faults after a long wait lets it be left alone for `leave` seconds."""
        begun = self._clock()
        try:
            yield
        except faults:
            if self._clock() - begun >= LONG:
                self._until[name] = self._clock() + leave
            raise


silences = Silences()
