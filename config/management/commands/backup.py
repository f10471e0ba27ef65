from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from config.copies import making
from config.copies.age import NoAge


class Command(BaseCommand):
    help = "Copy the database and the documents into a new folder below FOLDER, by the database's own tools, while the service runs."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="FOLDER", help="where the copies are")
        parser.add_argument(
            "--encrypt-to", type=Path, metavar="FILE", help="public keys of age: the copy is one encrypted file"
        )
        parser.add_argument(
            "--keys",
            type=Path,
            metavar="FOLDER",
            help="copy the keys of the service there instead, apart from the copies",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        at, folder, recipients = timezone.now(), options["folder"], options["encrypt_to"]
        try:
            if options["keys"]:
                made = making.write_keys(options["keys"], apart_from=folder, at=at, to_recipients=recipients)
            else:
                made = making.make(folder, at=at, to_recipients=recipients)
        except (making.CopyFailed, NoAge, OSError) as fault:
            raise CommandError(str(fault)) from None
        self.stdout.write(str(made))
