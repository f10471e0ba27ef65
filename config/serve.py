"""The server: one process that has read the whole application, and workers that are copies of it.

A copy starts in some milliseconds, where reading the application takes seconds: a worker that dies is replaced at once.
`script/serve` runs this; new code is taken up by a new server beside the old (SIGHUP of `script/serve`).
"""

import asyncio
import logging
import multiprocessing
import os
import shutil
import signal
import sys
import time
from contextlib import suppress
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Any

from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server import MPServer

from config import logs
from config.environment import VAR_DIR
from config.stopping import EACH, Beats, Stopping, end_with

#: A server that ends sooner than this has not served: something keeps it from it, and it is not started again.
SHORTEST_LIFE = 1.0
SHARED_MEMORY = Path("/dev/shm")
HEADERS_WITHIN = 5_000  # milliseconds
TURN = 0.0005  # seconds

logger = logging.getLogger(__name__)


class Server(MPServer):
    """Replaces a worker that hangs, as granian replaces one that has died."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.beats, self.stopping = Beats(), Stopping()
        self.on_startup(Thread(target=self._watch, daemon=True).start)
        self.on_startup(partial(signal.signal, signal.SIGHUP, signal.SIG_IGN))  # `script/serve` hears it
        self.on_shutdown(self.stopping.set)

    def signal_handler_interrupt(self, *_signal: Any) -> None:
        """Without the lock of granian's own, for which a handler could wait for ever (`Stopping`)."""
        self.interrupt_signal = True
        self.stopping.set()

    def _watch(self) -> None:
        while not self.stopping.wait(EACH):
            self.beats.move()
            for worker in list(self.wrks):
                self.beats.end_if_hung(worker.inner.pid)
        while True:  # granian may forget it while it replaces a worker
            self.main_loop_interrupt.set()
            time.sleep(EACH)


def begin_worker(beats: Beats, server: int) -> Any:
    """In a worker, before its loop runs: what it answers with. It ends with the server, and ends one that hangs itself."""
    from config.asgi import application  # noqa: PLC0415 - read before, by the server

    end_with(server)
    # A look-up reads its rows one by one, and waits so long for each while another lane works.
    sys.setswitchinterval(TURN)
    loop = asyncio.get_event_loop()

    def beat() -> None:
        if application.goes_on():
            beats.move()
        beats.end_if_hung(server)
        loop.call_later(EACH, beat)

    loop.call_soon(beat)
    return application


def make_server() -> Server:
    return Server(
        "config.asgi:application",
        address=os.environ.get("HOST", "127.0.0.1"),
        port=int(os.environ.get("PORT", "8000")),
        interface=Interfaces.ASGINL,
        workers=int(os.environ.get("WORKERS", "2")),
        respawn_failed_workers=True,
        respawn_interval=1.0,
        workers_max_rss=int(os.environ.get("MEMORY_LIMIT", "900")),
        workers_kill_timeout=10,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=HEADERS_WITHIN),
        websockets=False,
        log_level=LogLevels.warning,
        log_dictconfig=logs.of_the_server(),
        log_access=False,
        **encryption(),
    )


def encryption() -> dict[str, Any]:
    """For a proxy on another machine: our certificate, and the authority that its own must be of. Without one, HTTP."""
    if not (certificate := os.environ.get("TLS_CERTIFICATE")):
        return {}
    found: dict[str, Any] = {"ssl_cert": Path(certificate), "ssl_key": Path(os.environ["TLS_KEY"])}
    if clients := os.environ.get("TLS_CLIENTS"):
        found |= {"ssl_ca": Path(clients), "ssl_client_verify": True}
    return found


def memory() -> Path:
    """A folder of our own in memory for what processes share; below `VAR_DIR` where there is none.

    Counts are files that are mapped: where a full disk has no room for one, the kernel ends the process that counts.
    """
    own = SHARED_MEMORY / f"registry-{os.getuid()}"
    with suppress(OSError):
        own.mkdir(mode=0o700, exist_ok=True)
        if own.lstat().st_uid == os.getuid():  # and not laid there by someone else
            return own
    return VAR_DIR


def count_together(folder: Path) -> None:
    """A folder in which the workers of this server keep their counts for monitoring; those of servers that have ended go.

    prometheus_client reads the variable when it is imported, so before the application is.
    """
    for left in folder.glob("[0-9]*"):
        if not Path("/proc", left.name).exists():
            shutil.rmtree(left, ignore_errors=True)
    own = folder / str(os.getpid())
    with suppress(OSError):  # a service that cannot count still serves
        own.mkdir(parents=True, exist_ok=True)
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(own)


def serve(ready: str = "") -> int:
    """Until it is told to stop. Where workers die faster than granian replaces them, all are started again.

    `ready` is a file that is written to once the application has been read.
    """
    end_with(int(os.environ.get("SUPERVISED_BY", os.getppid())))
    logs.log_what_ends_the_process()
    count_together(memory() / "metrics")
    multiprocessing.set_start_method("fork")
    os.environ["SERVES_PAGES"] = "1"  # settings: by the pooler, where there is one
    import config.asgi  # noqa: F401, PLC0415 - the workers are copies of what is read here

    if ready:
        Path(ready).write_text("ready\n")

    while True:
        begun = time.monotonic()
        try:
            server = make_server()
            server.serve(target_loader=partial(begin_worker, server.beats, os.getpid()), wrap_loader=False)
        except SystemExit as stopped:
            code = int(stopped.code or 0)
            if code == 0 or time.monotonic() - begun < SHORTEST_LIFE:
                return code
            logger.error("the workers died one after the other; all are started again")
        else:
            return 0


if __name__ == "__main__":
    sys.exit(serve(*sys.argv[1:]))
