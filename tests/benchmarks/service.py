"""The real service for a while, served as script/demo does, with one client that keeps its connection, and with wrk."""

import http.client
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self
from urllib.parse import urlencode

HOST = "127.0.0.1"
WORKERS = 2
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: a path, perhaps a form to post, perhaps headers."""

    path: str
    form: Mapping[str, str] | None = None
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def method(self) -> str:
        return "GET" if self.form is None else "POST"

    @property
    def body(self) -> str | None:
        return None if self.form is None else urlencode(self.form)

    @property
    def sent(self) -> dict[str, str]:
        return {**dict(self.headers), **({} if self.form is None else {"Content-Type": FORM})}


class Client:
    """One client with one connection, as a browser keeps it."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection(HOST, port, timeout=60)

    def ask(self, asked: Asked, *, expect: int = 200) -> http.client.HTTPResponse:
        """The answer, read to its end. Another status than expected is no measurement: RuntimeError."""
        self._connection.request(asked.method, asked.path, asked.body, asked.sent)
        answer = self._connection.getresponse()
        answer.read()
        if answer.status != expect:
            raise RuntimeError(f"{asked.method} {asked.path} answered {answer.status}, not {expect}")
        return answer

    def close(self) -> None:
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_fault: object) -> None:
        self.close()


@dataclass(frozen=True, slots=True)
class Server:
    """The service while it runs: where it listens, and what its processes have spent."""

    port: int
    process: int

    def processor_seconds(self) -> float:
        """What all its workers have spent until now: unlike the clock, not disturbed by whatever else the machine does."""
        return sum(_spent(process) for process in [self.process, *children(self.process)])


@dataclass(slots=True)
class Cost:
    """Seconds of each answer as one client saw them, and what the server spent on all of them."""

    times: list[float] = field(default_factory=list)
    spent: float = 0.0

    @property
    def spent_on_one(self) -> float:
        """Milliseconds of processor."""
        return self.spent / len(self.times) * 1000


def in_turns(
    server: Server, peers: Mapping[str, Callable[[], object]], *, rounds: int, block: int = 5
) -> dict[str, Cost]:
    """Ask each peer a few times, then the next, round after round, so that whatever disturbs one disturbs all."""
    costs = {name: Cost() for name in peers}
    for _round in range(rounds):
        for name, ask in peers.items():
            spent = server.processor_seconds()
            for _time in range(block):
                before = time.perf_counter()
                ask()
                costs[name].times.append(time.perf_counter() - before)
            costs[name].spent += server.processor_seconds() - spent
    return costs


@contextmanager
def served(*, workers: int = WORKERS) -> Iterator[Server]:
    """The service on the database of the environment; stopped at the end."""
    port = free_port()
    # As script/serve starts it; all questions come from this one address.
    limits = "look_up=1000000000/60 api=1000000000/60 data=1000000000/60 leave=1000000000/60"
    environment = {**os.environ, "HOST": HOST, "PORT": str(port), "WORKERS": str(workers), "LIMITS": limits}
    with subprocess.Popen([sys.executable, "-m", "config.serve"], env=environment) as server:
        try:
            _wait_for(port, server)
            yield Server(port, server.pid)
        finally:
            server.terminate()


def warm(port: int, asked: Sequence[Asked], *, expect: int = 200) -> None:
    """Ask often enough, on connections of their own, that each worker has loaded what it needs."""
    for one in asked:
        for _time in range(WORKERS * 4):
            with Client(port) as client:
                client.ask(one, expect=expect)


@dataclass(frozen=True, slots=True)
class Load:
    """What wrk says: answers a second, milliseconds at the median and that 99 of 100 were within, and wrong answers."""

    per_second: float
    median: float
    within_99: float
    failed: int


def wrk(port: int, asked: Sequence[Asked], *, seconds: int, connections: int = 4) -> Load | None:
    """Load from wrk on loopback for so many seconds, going round the requests; None where wrk is not installed."""
    if not shutil.which("wrk"):
        return None
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(_lua(asked))
        script.flush()
        command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "-s", script.name, f"http://{HOST}:{port}"]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found = re.search(r"per_second=([\d.]+) median=([\d.]+) p99=([\d.]+) failed=(\d+)", said)
    if found is None:
        raise RuntimeError(f"wrk said something else than expected: {said}")
    return Load(float(found[1]), float(found[2]), float(found[3]), int(found[4]))


def _lua(asked: Sequence[Asked]) -> str:
    requests = ",\n".join(
        f"{{{json.dumps(one.method)}, {json.dumps(one.path)}, {json.dumps(one.body or '')}, "
        f"{{{', '.join(f'[{json.dumps(name)}]={json.dumps(value)}' for name, value in one.sent.items())}}}}}"
        for one in asked
    )
    return f"""local asked = {{{requests}}}
local at = 0
request = function()
  at = at % #asked + 1
  local one = asked[at]
  return wrk.format(one[1], one[2], one[4], one[3] ~= "" and one[3] or nil)
end
done = function(summary, latency)
  local e = summary.errors
  io.write(string.format("per_second=%.1f median=%.2f p99=%.2f failed=%d\\n",
    summary.requests / (summary.duration / 1e6), latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    e.status + e.connect + e.read + e.write + e.timeout))
end
"""


def _spent(process: int) -> float:
    """Of all threads of a process, in seconds: Linux counts nanoseconds on a processor first in schedstat."""
    files = Path(f"/proc/{process}/task").glob("*/schedstat")
    return sum(int(file.read_text().split()[0]) for file in files) / 1e9


def children(process: int) -> list[int]:
    found = [
        int(child) for file in Path(f"/proc/{process}/task").glob("*/children") for child in file.read_text().split()
    ]
    return [one for child in found for one in (child, *children(child))]


def free_port() -> int:
    with socket.socket() as found:
        found.bind((HOST, 0))
        return int(found.getsockname()[1])


def _wait_for(port: int, server: "subprocess.Popen[bytes]") -> None:
    for _try in range(240):
        if server.poll() is not None:
            raise RuntimeError("the server stopped: see the lines above")
        try:
            with Client(port) as client:
                client.ask(Asked("/health/live"))
                return
        except OSError:
            time.sleep(0.25)
    raise RuntimeError("the server did not begin to answer within a minute")


def is_installed(tool: str) -> bool:
    """Says so once, plainly, where it is not: the rest is measured all the same."""
    if shutil.which(tool):
        return True
    print(f"\n{tool} is not installed (apt-get install {tool}): requests per second were not measured.")
    return False
