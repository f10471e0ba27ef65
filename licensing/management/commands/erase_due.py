from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from licensing.retention import jobs
from licensing.retention.queries import retention


class Command(BaseCommand):
    help = (
        "Erase what has been held for as long as the schemes say (retention.toml). `manage.py work` does so each night."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say what is due, by its reference")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        now = timezone.now()
        if dry_run:
            for due in retention.due_for_erasure(timezone.localdate(now)):
                self.stdout.write(f"{due.rule}: {due.kind} {due.reference}")
            return
        self.stdout.write(f"Erased: {jobs.erase_due(at=now)}")
