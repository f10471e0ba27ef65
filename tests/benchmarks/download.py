"""What a download of the whole register costs the service: `python -m tests.benchmarks.download`, with DATABASE_URL.

One worker, one client that reads as fast as it can. The first byte is timed from the request; the growth is of the most
memory that the worker has held, between the first download of a few rows and the end of the whole.
"""

import hashlib
import http.client
import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks import frame, service
from tests.benchmarks.service import HOST, Asked, Client

FILES = ("/data/register.csv", "/data/register.json")
TIMES = 5


@dataclass(frozen=True, slots=True)
class Download:
    first_byte: float
    seconds: float
    size: int
    rows: int
    digest: str


def download(port: int, path: str) -> Download:
    """Raises RuntimeError when the file is refused, or does not come to its end."""
    connection = http.client.HTTPConnection(HOST, port, timeout=600)
    begun = time.perf_counter()
    connection.request("GET", path)
    answer = connection.getresponse()
    first = answer.read(1)
    first_byte = time.perf_counter() - begun
    if answer.status != 200:
        raise RuntimeError(f"{path} answered {answer.status}")
    digest, size, rows, last = hashlib.sha256(first), 1, 0, first
    while part := answer.read(256 * 1024):
        digest.update(part)
        size, rows, last = size + len(part), rows + part.count(b"\n"), part
    if not last.endswith(b"\n"):
        raise RuntimeError(f"{path} was cut short")
    return Download(first_byte, time.perf_counter() - begun, size, rows, digest.hexdigest())


def first_bytes(port: int, path: str) -> list[float]:
    """Of downloads that are broken off at once, as by whoever closes the window."""
    times = []
    for _time in range(TIMES):
        connection = http.client.HTTPConnection(HOST, port, timeout=60)
        begun = time.perf_counter()
        connection.request("GET", path)
        connection.getresponse().read(1)
        times.append(time.perf_counter() - begun)
        connection.close()
        time.sleep(1)  # the worker learns that nobody reads on when it sends the next rows
    return sorted(times)


def most_memory(process: int) -> float:
    """The most that any process of the service has held, in MB."""
    held = [_held(one) for one in [process, *service.children(process)]]
    return max(held)


def _held(process: int) -> float:
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def main() -> None:
    if "DATABASE_URL" not in os.environ:
        sys.exit("Say which database in DATABASE_URL.")
    with service.served(workers=1) as server:
        with Client(server.port) as client:
            client.ask(Asked("/data/datapackage.json"))
            client.ask(Asked("/data/register.csv?at=2001-01-01"))
        rows = []
        for path in FILES:
            before, spent = most_memory(server.process), server.processor_seconds()
            whole = download(server.port, path)
            grown, spent = most_memory(server.process) - before, server.processor_seconds() - spent
            quick = first_bytes(server.port, path)
            rows.append([
                path, f"{whole.rows:,}", f"{whole.size / 1e6:.0f} MB", f"{whole.first_byte * 1000:.0f}",
                f"{quick[len(quick) // 2] * 1000:.0f}", f"{quick[-1] * 1000:.0f}", f"{whole.seconds:.0f} s", f"{spent:.0f} s",
                f"{grown:.1f} MB",
            ])  # fmt: skip
    heads = [
        "file",
        "lines",
        "size",
        "first byte, ms: of the whole",
        "of others, median",
        "slowest",
        "by the clock",
        "processor",
        "memory grew by",
    ]
    frame.table("The whole register as a file", heads, rows)


if __name__ == "__main__":
    main()
