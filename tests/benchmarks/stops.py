"""The background worker is told to stop, at random moments: it ends within ten seconds, and loses no job (docs/decisions/0203).

    python -m tests.benchmarks.stops                          500 times
    python -m tests.benchmarks.stops --times 6 --seed 3

Each worker is the whole of `manage.py work`, in a copy of one process that has read the application. Before each, a letter is
queued and a list is given to be looked up. It is told once or twice, alone or with what it has begun, at any moment from its
beginning on. In the end one worker that nobody stops does what is left. The suite runs a few (tests/config/test_work.py).
"""

import argparse
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from email import message_from_bytes
from pathlib import Path

#: Seconds: the promise; and up to which moment of its life a worker is told.
WITHIN, LATEST = 10.0, 3.0


def prepare(folder: Path, database: Path | None) -> None:
    """Django on a database of its own. Made of `database` where there is one: to make all tables takes a while."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "SECRET_KEY": "only for a proof",
        "PLAIN_HTTP": "1",
        "VAR_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / 'registry.sqlite3'}",
        "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
    }
    if database:
        shutil.copyfile(database, folder / "registry.sqlite3")
    import django  # noqa: PLC0415 - by these settings

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0, skip_checks=True)
    call_command("createcachetable", verbosity=0)


def give_work(number: int) -> None:
    """One letter, and one list that takes about a second."""
    from django.utils import timezone  # noqa: PLC0415

    from public_lookup.bulk_checks import actions as lists  # noqa: PLC0415
    from registry.letters.letters import sending  # noqa: PLC0415

    at, to = timezone.now(), f"reader-{number}@people.example"
    sending.queue("registry/letters/letter.html", to=to, subject="Received", facts={}, about=f"A-{number}", at=at)
    made = lists.make(rows=[[f"Firm {number} {nth} Ltd"] for nth in range(400)], by=None, at=at)
    lists.begin(made, columns=["name"], has_heading=False, by=None, at=at)


def a_worker(log: Path, *arguments: str) -> int:
    """A copy of this process that works, in a group of its own."""
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connections  # noqa: PLC0415

    connections.close_all()
    copy = os.fork()
    if copy:
        return copy
    os.setpgrp()
    with log.open("ab") as written:
        os.dup2(written.fileno(), 1)
        os.dup2(written.fileno(), 2)
    code = 1
    try:
        call_command("work", *arguments)
        code = 0
    except SystemExit as ended:
        code = int(ended.code or 0)
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def seconds_to_end(worker: int) -> float:
    """Until it has ended; `inf` where it does not, within twice the promise."""
    begun = time.monotonic()
    while time.monotonic() < begun + 2 * WITHIN:
        if os.waitpid(worker, os.WNOHANG)[0]:
            return time.monotonic() - begun
        time.sleep(0.01)
    os.killpg(worker, signal.SIGKILL)
    os.waitpid(worker, 0)
    return float("inf")


def tell(worker: int, chosen: random.Random) -> None:
    """Once, or twice in a row; the worker alone, as Kubernetes does, or with what it has begun, as systemd does."""
    to = chosen.choice([os.kill, os.killpg])
    for _time in range(chosen.choice([1, 2])):
        with suppress(ProcessLookupError):
            to(worker, signal.SIGTERM)
        time.sleep(chosen.uniform(0, 0.05))


def is_left_over(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def stop_again_and_again(folder: Path, *, times: int, seed: int) -> list[float]:
    """How long each took to end. Raises `AssertionError` where one leaves a process behind."""
    chosen, took = random.Random(seed), []
    for number in range(times):
        give_work(number)
        worker = a_worker(folder / "work.log")
        time.sleep(chosen.uniform(0, LATEST))
        tell(worker, chosen)
        took.append(seconds_to_end(worker))
        time.sleep(0.05)
        assert not is_left_over(worker), f"worker {number} left a process behind"
    return took


def what_is_lost(folder: Path, times: int) -> tuple[int, int, int]:
    """Letters that no one got, letters that came twice, and lists that were not looked up, once a worker has done the rest."""
    from public_lookup.bulk_checks.models import CheckList  # noqa: PLC0415

    for _round in range(60):
        assert os.waitpid(a_worker(folder / "work.log", "--once"), 0)[1] == 0, (folder / "work.log").read_text()[-3000:]
        if not CheckList.objects.filter(done_at=None).exists() and len(_mails(folder)) >= times:
            break
        time.sleep(5)  # a list that was in hand is taken up by the next when its lease is over
    mails = _mails(folder)
    return times - len(mails), sum(mails.values()) - len(mails), CheckList.objects.filter(done_at=None).count()


def _mails(folder: Path) -> Counter[str]:
    files = list((folder / "mail").glob("*")) if (folder / "mail").exists() else []
    words = [part for file in files for part in file.read_bytes().split(b"\n" + b"-" * 79 + b"\n") if part.strip()]
    mails = [message_from_bytes(one) for one in words]
    return Counter(str(mail["Message-ID"]) for mail in mails if str(mail["To"]).startswith("reader-"))


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.stops", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("--times", type=int, default=500)
    parser.add_argument("--seed", type=int, default=36)
    parser.add_argument("--database", type=Path, help="one that has all tables, to be copied")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        prepare(folder, asked.database)
        took = sorted(stop_again_and_again(folder, times=asked.times, seed=asked.seed))
        lost, twice, undone = what_is_lost(folder, asked.times)
    late = sum(seconds > WITHIN for seconds in took)
    print(
        "| told to stop | half ended within | slowest | later than 10 s | letters lost | came twice | lists not done |"
    )
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    print(f"| {len(took)} | {took[len(took) // 2]:.1f} s | {took[-1]:.1f} s | {late} | {lost} | {twice} | {undone} |")
    return late + lost + twice + undone


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
