"""Whatever is killed or hangs is replaced, and nothing that was left over goes on listening (docs/decisions/0203)."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests import templates
from tests.serving.processes import children_of, tree_of
from tests.serving.started import ROOT, Started, a_start, judge

pytestmark = pytest.mark.once

#: The promise, in seconds: the look-up answers again, whatever has hung or died.
WITHIN = 30
#: One of which process: of those below the supervisor, which systemd or the container watches.
PROCESSES: dict[str, Callable[[Started], int]] = {
    "the server": lambda started: children_of(started.process.pid)[0],
    "a worker": lambda started: started.workers()[0],
}


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Started]:
    with a_start(tmp_path_factory.mktemp("hung"), templates.sqlite()) as found:
        yield found


def listeners(port: int) -> set[int]:
    """Every process that listens on this port."""
    with Path("/proc/net/tcp").open() as table:
        rows = [line.split() for line in table][1:]
    inodes = {row[9] for row in rows if row[3] == "0A" and int(row[1].rpartition(":")[2], 16) == port}
    found = set()
    for held in Path("/proc").glob("[0-9]*/fd/*"):
        with suppress(OSError):
            if os.readlink(held).removeprefix("socket:[").rstrip("]") in inodes:
                found.add(int(held.parts[2]))
    return found


def seconds_until(true: Callable[[], bool], most: float) -> float:
    begun = time.monotonic()
    while not true():
        assert time.monotonic() - begun < most, "it did not happen in time"
        time.sleep(0.1)
    return time.monotonic() - begun


def is_gone(pid: int) -> bool:
    return not Path("/proc", str(pid)).exists()


def is_whole(started: Started) -> bool:
    """Two workers listen, below the server that the supervisor has; and ten look-ups in a row are answered."""
    found = listeners(started.port)
    if found != set(started.workers()) or len(found) != 2:
        return False
    return all(judge(started) == "good" for _time in range(10))


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSTOP], ids=lambda number: number.name)
@pytest.mark.parametrize("which", PROCESSES)
def test_whoever_is_killed_or_hangs_is_replaced(started: Started, which: str, number: signal.Signals) -> None:
    seconds_until(lambda: is_whole(started), WITHIN)
    before = tree_of(started.process.pid)[1:]
    pid = PROCESSES[which](started)
    gone = before if which == "the server" else [pid]

    os.kill(pid, number)

    took = seconds_until(lambda: all(map(is_gone, gone)) and is_whole(started), WITHIN)
    print(f"{which}, {number.name}: {took:.1f} s")
    assert listeners(started.port) <= set(tree_of(started.process.pid))
    assert number == signal.SIGKILL or f"process {pid} hangs" in started.log.read_text()


def test_after_a_reload_no_process_of_before_goes_on(started: Started) -> None:
    seconds_until(lambda: is_whole(started), WITHIN)
    before = tree_of(started.process.pid)[1:]

    started.process.send_signal(signal.SIGHUP)

    seconds_until(lambda: all(map(is_gone, before)) and is_whole(started), 180)


def test_one_whose_server_hangs_ends_when_it_is_told_to(tmp_path: Path) -> None:
    """Within the time of systemd (`TimeoutStopSec`)."""
    with a_start(tmp_path, templates.sqlite()) as started:
        below = tree_of(started.process.pid)[1:]
        os.kill(PROCESSES["the server"](started), signal.SIGSTOP)

        started.process.terminate()

        assert started.process.wait(20) == 0
        seconds_until(lambda: all(map(is_gone, below)), 5)
        assert listeners(started.port) == set()


def test_with_the_supervisor_all_below_it_ends(tmp_path: Path) -> None:
    with a_start(tmp_path, templates.sqlite()) as started:
        seconds_until(lambda: is_whole(started), WITHIN)
        below = tree_of(started.process.pid)[1:]
        os.kill(PROCESSES["a worker"](started), signal.SIGSTOP)

        started.process.kill()

        seconds_until(lambda: all(map(is_gone, below)), 5)
        assert listeners(started.port) == set()


def test_a_supervisor_that_is_killed_is_begun_again_by_systemd_and_by_containers() -> None:
    """All that is left of it with it: it is the main process of its unit, and the first of its container."""
    unit = (ROOT / "deploy/systemd/registry.service").read_text()
    assert "\nExecStart=/srv/registry/current/script/serve\n" in unit
    assert "\nRestart=always\n" in unit and "\nKillMode=mixed\n" in unit

    worker = (ROOT / "deploy/systemd/registry-worker.service").read_text()
    assert (
        "\nRestart=always\n" in worker and "\nSuccessExitStatus=SIGALRM\n" in worker
    )  # what it was told to end is no alert

    assert "web) exec script/serve ;;" in (ROOT / "deploy/container/entry").read_text()
    compose = (ROOT / "deploy/container/compose.yaml").read_text()
    web = compose.partition("\n  web-1:")[2].partition("\n  web-2:")[0]
    assert "command: [script/serve]" in web and "<<: *registry" in web
    assert "restart: unless-stopped" in compose.partition("x-registry: &registry")[2].partition("\nservices:")[0]
    pods = (ROOT / "deploy/kubernetes/web.yaml").read_text()
    assert "restartPolicy: Always" in pods and "livenessProbe:" in pods and "args: [script/serve]" in pods
