"""How a process is told to stop, ends with the one that began it, and is found when it hangs (docs/decisions/0203)."""

import ctypes
import logging
import mmap
import os
import select
import signal
from contextlib import suppress

#: Seconds between two looks at a process, and looks in which it must once have shown that it goes on.
EACH, LOOKS = 1.0, 10
#: As many as Linux tells apart. Memory is taken only for those that are.
MOST_PROCESSES = 2**22
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG, prctl(2)

logger = logging.getLogger(__name__)


class Stopping:
    """Whether the process has been told to end. Like `threading.Event`, but safe to set in a signal handler.

    The lock of an Event is not re-entrant: a handler that runs while the main thread is inside `wait` of the same Event would
    wait for itself for ever. Here `set` takes no lock; the byte that it writes is never read, so that each wait ends at once.
    """

    def __init__(self) -> None:
        self._wakes, self._woken_by = os.pipe()
        os.set_blocking(self._woken_by, False)

    def hear(self, *signals: int) -> None:
        """Be set by these signals. Nothing of Python runs for it: the main thread may wait for a lock of the database for long."""
        signal.set_wakeup_fd(self._woken_by)
        for number in signals:
            signal.signal(number, lambda *_: None)

    def set(self) -> None:
        """Tell everything that waits to go on. May be called again, by any thread and in a signal handler."""
        with suppress(BlockingIOError):  # it has been told often enough
            os.write(self._woken_by, b".")

    def is_set(self) -> bool:
        return self.wait(0)

    def wait(self, seconds: float) -> bool:
        """Wait this long, or until told to stop; whether that is so. Several threads may wait at once."""
        return bool(select.select([self._wakes], [], [], seconds)[0])


class Beats:
    """Counts in memory that a process shares with those it begins. Each moves its own while it goes on, and is looked at.

    What is counted is looks, not seconds: while a machine sleeps, nobody looks either.
    """

    def __init__(self) -> None:
        self._counts = memoryview(mmap.mmap(-1, 8 * MOST_PROCESSES)).cast("Q")
        self._seen: dict[int, tuple[int, int]] = {}

    def move(self) -> None:
        self._counts[os.getpid()] += 1

    def end_if_hung(self, pid: int) -> None:
        """To be called each second: kill this process, once, where it has not moved its count in `LOOKS` looks."""
        count = self._counts[pid]
        before, looks = self._seen.get(pid, (count, 0))
        looks = looks + 1 if count == before else 0
        self._seen[pid] = (count, looks)
        if looks == LOOKS:
            logger.error("process %s hangs: it is ended and replaced", pid)
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def end_with(parent: int) -> None:
    """This process is killed when its parent ends, however that ends: an orphan would go on, and with old code (Linux only)."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)
