from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config import way_back


class Command(BaseCommand):
    help = "Whether the release in another folder can serve a database that this release has set up. deploy/switch asks it."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="FOLDER", help="the folder of the release to go back to")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = list(way_back.blockers(options["folder"]))
        except (OSError, KeyError) as fault:
            raise CommandError(f"This is no folder of a release: {fault}") from None
        if found:
            raise CommandError("\n".join(found))
        self.stdout.write("It can: this release has only added to the database since then.")
