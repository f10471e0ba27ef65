import logging
import signal
import threading
import time
from argparse import ArgumentParser
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, InterfaceError, close_old_connections
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from config.management.commands.run_due import run_due
from config.ready import refuse_to_start_if_the_clock_was_set_back
from licensing import jobs as licensing
from public_lookup import jobs as public_lookup
from registry import jobs as tasks
from registry.integrity import head_file
from registry.integrity.covering import RowRewritten

logger = logging.getLogger(__name__)

PAUSE = 1.0  # seconds between two looks at the queue
MINUTE = 60.0
AFTER_A_FAULT = 5.0


class Command(BaseCommand):
    help = "The background worker: mails letters, runs tasks, and does what is due by the clock. Stop it with SIGTERM."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do all that is due and queued now, then stop")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        refuse_to_start_if_the_clock_was_set_back()
        self.worker = _worker()
        self.stopping = threading.Event()
        self.next_minute = time.monotonic()
        if once:
            self._round()
            return
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        self.stdout.write("Working. Stop me with SIGTERM or Ctrl+C.")
        self.stdout.flush()
        while not self.stopping.is_set():
            self.stopping.wait(self._safe_round())

    def _stop(self, number: int, frame: FrameType | None) -> None:
        """Finish what is in hand and take up nothing else."""
        self.stopping.set()
        self.worker.running = False

    def _safe_round(self) -> float:
        """One round, and how long to pause after it. Neither a database that restarts nor a rewritten row ends the worker."""
        try:
            self._round()
        except (DatabaseError, InterfaceError):
            logger.exception("The database does not answer; trying again in %s seconds", AFTER_A_FAULT)
            return AFTER_A_FAULT
        except RowRewritten as error:
            logger.exception("Background work was refused; trying again in %s seconds", MINUTE)
            tasks.note_refusal(error, at=timezone.now())
            return MINUTE
        return PAUSE

    def _round(self) -> None:
        close_old_connections()
        if head_file.is_behind():
            logger.error("Nothing is done: %s", head_file.why_behind())
            self.stopping.wait(MINUTE)
            return
        if time.monotonic() >= self.next_minute:
            self.next_minute = time.monotonic() + MINUTE
            run_due(timezone.now(), is_told_to_stop=self.stopping.is_set)
        else:
            # Letters and lists do not wait for the minute: 99 of 100 leave within 10 seconds (docs/rules.md G24).
            tasks.hand_over(at=timezone.now())
            public_lookup.hand_over_lists(at=timezone.now())
            # Nor does whoever waits for a code, or for the answer to a challenge.
            public_lookup.hand_over_texts(at=timezone.now())
            public_lookup.hand_over(at=timezone.now())
            tasks.check_documents(at=timezone.now())
            tasks.verify_asked(at=timezone.now())
            licensing.make_bundles(at=timezone.now())
        self.worker.run()


def _worker() -> Worker:
    """The queue's own worker, for as long as there are tasks: it returns when there are none left."""
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
