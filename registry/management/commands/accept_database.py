from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from registry import permissions
from registry.accounts.models import User
from registry.integrity import head_file
from registry.trail.actions import events, verifications
from registry.trail.queries import chain as trail


class Command(BaseCommand):
    help = (
        "Confirm that this database is the one to go on with: after a restore from a backup, or after the clock was wrong."
        " Verifies it first, and writes an event with the reason."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--by", required=True, metavar="EMAIL", help="who confirms it: a member of staff with access"
        )
        parser.add_argument("--because", required=True, help="why: which backup, which fault of the clock")

    def handle(self, *args: Any, **options: Any) -> None:
        person = User.objects.filter(email=options["by"].lower(), is_active=True).first()
        if person is None or not permissions.is_staff(person):
            raise CommandError(f"{options['by']} does not work for the authority.")
        found = verifications.verify_history()
        for fault in found.faults:
            self.stderr.write(fault)
        if not found.holds:
            raise CommandError(f"Faults found: {len(found.faults)}. A database with faults is not accepted.")
        kept = head_file.kept()
        lost: dict[str, Any] = {"lost_number": kept.number, "lost_hash": kept.hash, "lost_at": kept.at} if kept else {}
        with head_file.confirmed(), transaction.atomic():
            events.record(person, "accept_database", by=person, at=timezone.now(), because=options["because"], **lost)
        head_file.keep(*trail.head(), is_confirmed=True)
        number, digest = trail.head()
        self.stdout.write(f"Accepted. The trail goes on after event {number}:{digest}")
