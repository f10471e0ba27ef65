from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from registry import permissions
from registry.accounts.models import User
from registry.integrity import head_file, numbers_file
from registry.integrity.snapshots import processors
from registry.trail.actions import events, verifications
from registry.trail.models.events import Counter
from registry.trail.queries import chain as trail


class Command(BaseCommand):
    help = (
        "Confirm that this database is the one to go on with: after a restore from a backup, or after the clock was wrong."
        " Verifies it first, passes over every number that was given after the copy, and writes an event with the reason."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--by", required=True, metavar="EMAIL", help="who confirms it: a member of staff with access"
        )
        parser.add_argument("--because", required=True, help="why: which backup, which fault of the clock")
        parser.add_argument(
            "--numbers",
            action="append",
            default=[],
            type=Path,
            metavar="FILE",
            help="the file of numbers of another machine of the service, once for each; that of this machine is read anyway",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        person = User.objects.filter(email=options["by"].lower(), is_active=True).first()
        if person is None or not permissions.is_staff(person):
            raise CommandError(f"{options['by']} does not work for the authority.")
        found = verifications.verify_history(processes=processors())
        for fault in found.faults:
            self.stderr.write(fault)
        if not found.holds:
            raise CommandError(f"Faults found: {len(found.faults)}. A database with faults is not accepted.")
        kept = head_file.kept()
        lost: dict[str, Any] = {"lost_number": kept.number, "lost_hash": kept.hash, "lost_at": kept.at} if kept else {}
        given = self._numbers(options["numbers"])
        with head_file.confirmed(), transaction.atomic():
            raised = [f"{name}: {value}" for name, value in given.items() if Counter.objects.raise_to(name, value)]
            lost |= {"numbers_passed_over": raised} if raised else {}
            events.record(person, "accept_database", by=person, at=timezone.now(), because=options["because"], **lost)
        for one in raised:
            self.stdout.write(f"Given after the copy, and not given again: {one}")
        head_file.keep(*trail.head(), is_confirmed=True)
        number, digest = trail.head()
        self.stdout.write(f"Accepted. The trail goes on after event {number}:{digest}")

    def _numbers(self, others: list[Path]) -> dict[str, int]:
        own = [numbers_file.place()] if settings.TRAIL_HEAD_FILE and numbers_file.place().exists() else []
        if not own and not others:
            self.stderr.write(
                "There is no file of the numbers that were given: compare with the letters that were sent."
            )
        try:
            return dict(sorted(numbers_file.last([*own, *others]).items()))
        except OSError as fault:
            raise CommandError(f"The file of numbers cannot be read: {fault}") from None
