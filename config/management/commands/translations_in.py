from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

import polib
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from config import translators
from config.compiled import compile_catalogues


def _read(language: str, file: str) -> tuple[polib.POFile, polib.POFile]:
    """Ours and theirs."""
    try:
        return translators.catalogue_of(language), polib.pofile(str(Path(file).resolve(strict=True)))
    except FileNotFoundError as missing:
        raise CommandError(f"There is no such language or file: {missing}.") from None
    except (OSError, UnicodeDecodeError) as unreadable:
        raise CommandError(f"{file} is not a PO file in UTF-8: {unreadable}.") from None


class Command(BaseCommand):
    help = (
        "Reads a PO file that a translator sent back: takes over what it says, and marks each of its messages as read by "
        "them. A message with a fault changes nothing. Commit the catalogue afterwards."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("language", help="its code, for example pl")
        parser.add_argument("file", help="what came back, for example pl.po")
        parser.add_argument("--by", required=True, help='who read it, for example "Anna Kowalska, translator"')
        parser.add_argument("--on", type=date.fromisoformat, help="the day on which they did: today if it is not said")
        parser.add_argument("--dry-run", action="store_true", help="only say what would change")

    def handle(self, *args: Any, **options: Any) -> None:
        reviewer, on = " ".join(options["by"].split()), options["on"] or timezone.localdate()
        if not reviewer or on > timezone.localdate():
            raise CommandError("Say who read it, and a day that is not in the future.")
        ours, theirs = _read(options["language"], options["file"])
        found = translators.bring_in(ours, theirs, reviewer=reviewer, on=on)
        for fault in found.faults:
            self.stderr.write(f"{fault.because} {fault.english!r}")
        if not options["dry_run"]:
            ours.save()
            compile_catalogues()
        self.stdout.write(
            f"{found.changed} changed, {found.reviewed} marked as read, {len(found.faults)} refused"
            f"{'. Nothing was written' if options['dry_run'] else ''}."
        )
        if found.faults:
            raise CommandError(f"{len(found.faults)} messages were refused.")
