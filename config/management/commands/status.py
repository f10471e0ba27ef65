import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from config.ready import NOT_SET_UP, lacks_migrations
from registry.background_work import queries


class Command(BaseCommand):
    help = "What the worker does and what waits for it. Fails when anything is late, so that a monitor can run it."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        if lacks_migrations():
            raise CommandError(NOT_SET_UP)
        lines = queries.status(timezone.now())
        late = [line.name for line in lines if line.is_late]
        if options["json"]:
            facts = {
                line.name: {"late": line.is_late, "seconds": line.seconds, "number": line.number, "detail": line.detail}
                for line in lines
            }
            self.stdout.write(json.dumps({"late": late, "status": facts}))
        else:
            for line in lines:
                words = f"{line.title!s:<34} {line.words:<14} {'LATE' if line.is_late else ''} {line.detail}"
                self.stdout.write(words.rstrip())
        if late:
            raise CommandError(f"{len(late)} late: {', '.join(late)}.")
