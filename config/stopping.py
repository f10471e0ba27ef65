"""A request to stop that a signal handler may make: a flag that never blocks, and a descriptor that wakes whoever waits."""

import os
import select


class Stopping:
    """Whether the process has been told to end. Like `threading.Event`, but safe to set in a signal handler.

    The lock of an Event is not re-entrant: a handler that runs while the main thread is inside `wait` of the same Event would
    wait for itself for ever. Here `set` takes no lock; the byte that it writes is never read, so that each wait ends at once.
    """

    def __init__(self) -> None:
        self._is_set = False
        self._wakes, self._woken_by = os.pipe()
        os.set_blocking(self._woken_by, False)

    def set(self) -> None:
        """Tell everything that waits to go on. May be called again, by any thread and in a signal handler."""
        if not self._is_set:
            self._is_set = True
            os.write(self._woken_by, b".")

    def is_set(self) -> bool:
        return self._is_set

    def wait(self, seconds: float) -> bool:
        """Wait this long, or until told to stop; whether that is so. Several threads may wait at once."""
        if not self._is_set:
            select.select([self._wakes], [], [], seconds)
        return self._is_set
