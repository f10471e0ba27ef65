"""Reads the trail and the register from first to last, and fails if anything in them was changed."""

import re
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from registry.integrity.snapshots import processors
from registry.trail.actions import verifications


class Command(BaseCommand):
    help = "Verify both chains of hashes. Exit status 1, and every fault said, if they do not hold."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--published", metavar="NUMBER:HASH", help="a head of the trail as printed on a letter, to compare with"
        )
        parser.add_argument(
            "--processes", type=int, default=processors(), help="how many read side by side on PostgreSQL; %(default)s"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        found = verifications.verify_history(_published(options["published"]), processes=options["processes"])
        for fault in found.faults:
            self.stderr.write(fault)
        if not found.holds:
            raise CommandError(f"Faults found: {len(found.faults)}")
        self.stdout.write(
            f"Whole: {found.events} events, {found.entries} entries. Head {found.head[0]}:{found.head[1]}"
        )


def _published(text: str | None) -> tuple[int, str] | None:
    if text is None:
        return None
    if not re.fullmatch(r"\d{1,18}:[0-9a-fA-F]{64}", text):
        raise CommandError("A head is a number, a colon, and a hash of 64 characters.")
    number, digest = text.split(":")
    return int(number), digest
