import tempfile
from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config.copies import age, drill, making
from registry.integrity import head_file


class Command(BaseCommand):
    help = (
        "Go back to a copy on a server of its own, verify all of it and say what would be lost and how long it took. The database in "
        "use is not asked."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("copy", type=Path, metavar="COPY", help="a folder or an encrypted file that backup made")
        parser.add_argument("--log", type=Path, metavar="FOLDER", help="where pg_receivewal keeps the log")
        parser.add_argument("--until", type=datetime.fromisoformat, metavar="TIME", help="2026-11-30T16:30:00+00:00")
        parser.add_argument(
            "--identity", type=Path, metavar="FILE", help="the private key of age, for an encrypted copy"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        until = options["until"]
        if until and until.tzinfo is None:
            raise CommandError("Say of which time zone the time is: 2026-11-30T16:30:00+00:00")
        try:
            with tempfile.TemporaryDirectory(prefix="registry-copy-") as folder:
                copy = options["copy"]
                if copy.suffix == ".age":
                    if not options["identity"]:
                        raise CommandError("An encrypted copy needs --identity.")
                    copy = age.decrypt(copy, Path(folder), identity=options["identity"])
                result = drill.drill(copy, log=options["log"], until=until, say=self.stdout.write)
        except (making.CopyFailed, age.NoAge, OSError) as fault:
            raise CommandError(str(fault)) from None
        self._tell(result)

    def _tell(self, result: drill.DrillResult) -> None:
        for step, took in result.seconds.items():
            self.stdout.write(f"{step:<44} {took:8.1f} s")
        self.stdout.write(f"{'in all':<44} {sum(result.seconds.values()):8.1f} s")
        self.stdout.write(f"Head {result.head[0]}:{result.head[1]}, written {result.last_event_at}")
        if kept := head_file.kept():
            events, seconds = result.lost(kept)
            since = "all of them" if seconds is None else f"{seconds:.0f} seconds"
            self.stdout.write(f"Lost against the head that is kept outside: {events} events, {since}")
        else:
            self.stdout.write("There is no head outside the database to compare with.")
        if result.faults:
            raise CommandError("\n".join(result.faults))
