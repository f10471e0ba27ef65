import faulthandler
import logging
import signal
import time
from argparse import ArgumentParser
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Thread
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, InterfaceError, close_old_connections, connections
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from config.logs import log_what_ends_the_process
from config.management.commands import run_due
from config.ready import NOT_SET_UP, lacks_migrations, refuse_to_start_if_the_clock_was_set_back
from config.stopping import EACH, Stopping
from licensing import jobs as licensing
from public_lookup import jobs as public_lookup
from registry import jobs
from registry.background_work.queries import LANES
from registry.integrity import head_file
from registry.integrity.covering import RowRewritten
from registry.integrity.guards import NO_ANSWER

logger = logging.getLogger(__name__)

PAUSE = 1.0  # seconds between two looks for work
MINUTE = 60.0
BEAT = 10.0
AFTER_A_FAULT = 5.0
#: What a worker that was told to stop has left: a job that it has in hand.
LAST_SECONDS = 8
#: One of which nothing moves for so long is ended.
STILL_SECONDS = 15
#: So many times what a lane may take before it is late, and it hangs: it waits for something that does not come.
LATE_TO_HUNG = 10


@dataclass
class Lane:
    """Jobs that one thread does, one after the other: those of `due` each minute, those of `always` each second."""

    name: str
    due: run_due.Due
    always: tuple[Callable[..., int], ...]
    worker: Worker | None = None
    next_minute: float = field(default_factory=time.monotonic)
    next_beat: float = field(default_factory=time.monotonic)
    #: When its last round began.
    moved: float = field(default_factory=time.monotonic)
    #: Until when a job that failed is not tried again.
    left_alone: dict[Callable[..., int], float] = field(default_factory=dict)

    def goes_on(self) -> bool:
        return time.monotonic() - self.moved < LATE_TO_HUNG * LANES[self.name].total_seconds()


def lanes() -> tuple[Lane, Lane]:
    """The fast lane and the slow one: a job that takes minutes never delays a letter (docs/decisions/0094)."""
    fast = Lane(
        "fast",
        run_due.FAST,
        # 99 of 100 letters leave within 10 seconds (docs/rules.md G24), and codes for telephones are waited for.
        # A danger is told of in the second in which it is reported (docs/decisions/0104).
        (
            jobs.alert_of_danger,
            jobs.alert_of_urgent,
            jobs.send_alert_texts,
            jobs.send_mail,
            public_lookup.send_texts,
            licensing.send_duty_texts,
            jobs.check_documents,
            public_lookup.post_webhooks,
        ),
    )
    slow = Lane(
        "slow",
        run_due.SLOW,
        (public_lookup.hand_over_lists, jobs.verify_asked, licensing.make_bundles),
        worker=_worker(),
    )
    return fast, slow


class Command(BaseCommand):
    help = (
        "The background worker: sends what is in the outbox, and does what is due by the clock. Stop it with SIGTERM."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do all that is due and queued now, then stop")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        refuse_to_start_if_the_clock_was_set_back()
        self.stopping = Stopping()
        fast, slow = self.lanes = lanes()
        if once:
            self._round(slow)
            self._round(fast)
            return
        log_what_ends_the_process()
        self.stopping.hear(signal.SIGTERM, signal.SIGINT)
        Thread(target=self._watch, daemon=True).start()
        with ThreadPoolExecutor(max_workers=1) as thread:
            of_slow = thread.submit(self._keep_going, slow)
            self.stdout.write("Working. Stop me with SIGTERM or Ctrl+C.")
            self.stdout.flush()
            self._keep_going(fast)
        of_slow.result()

    def _watch(self) -> None:
        """While both lanes go on, put off that the process is ended, and that it is logged where each thread stood.

        Once told to stop, what is in hand is finished, and nothing else is taken up. What takes longer is cut off as by a power
        cut, which every job outlives.
        """
        while not self.stopping.wait(EACH):
            if all(lane.goes_on() for lane in self.lanes):
                faulthandler.dump_traceback_later(STILL_SECONDS, exit=True)
        signal.alarm(LAST_SECONDS)
        for lane in self.lanes:
            if lane.worker is not None:
                lane.worker.running = False

    def _keep_going(self, lane: Lane) -> None:
        """Round after round, until told to stop. A lane that ends with an error ends the other too."""
        try:
            while not self.stopping.is_set():
                lane.moved = time.monotonic()
                self.stopping.wait(self._safe_round(lane))
        except Exception:
            logger.exception("The %s lane ended, and ends the other", lane.name)
            raise
        finally:
            self.stopping.set()
            connections.close_all()

    def _safe_round(self, lane: Lane) -> float:
        """One round, and how long to pause after it. Neither a database that restarts nor a rewritten row ends the worker."""
        try:
            self._round(lane)
        except (DatabaseError, InterfaceError):
            if lacks_migrations():
                logger.error("%s Trying again in %s seconds.", NOT_SET_UP, MINUTE)
                return MINUTE
            logger.exception("The database does not answer; trying again in %s seconds", AFTER_A_FAULT)
            return AFTER_A_FAULT
        except RowRewritten as error:
            logger.exception("Background work was refused; trying again in %s seconds", MINUTE)
            jobs.note_refusal(error, at=timezone.now())
            return MINUTE
        return PAUSE

    def _do(self, job: Callable[..., int], lane: Lane) -> None:
        """One job of each second. One that fails is left alone for a minute, and keeps no other from being done."""
        if time.monotonic() < lane.left_alone.get(job, 0):
            return
        try:
            job(at=timezone.now())
        except NO_ANSWER:
            raise
        except Exception as error:
            if isinstance(error, DatabaseError) and lacks_migrations():
                raise
            logger.exception("Background work failed: %s; it is tried again in %s seconds", job.__name__, MINUTE)
            lane.left_alone[job] = time.monotonic() + MINUTE
            jobs.note_refusal(error, at=timezone.now())

    def _round(self, lane: Lane) -> None:
        close_old_connections()
        if head_file.is_behind():
            logger.error("Nothing is done: %s", head_file.why_behind())
            self.stopping.wait(MINUTE)
            return
        if time.monotonic() >= lane.next_minute:
            lane.next_minute = time.monotonic() + MINUTE
            done = run_due.run_due(timezone.now(), due=lane.due, is_told_to_stop=self.stopping.is_set)
            run_due.record_heartbeat(lane.name, done)
        else:
            for job in lane.always:
                self._do(job, lane)
        if lane.worker is not None:
            lane.worker.run()
        if time.monotonic() >= lane.next_beat:
            lane.next_beat = time.monotonic() + BEAT
            run_due.record_heartbeat(lane.name)


def _worker() -> Worker:
    """The worker of the queue of lists to check: it returns when there are none left."""
    return Worker(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
    )
