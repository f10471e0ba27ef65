from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config import catalogues, translators
from registry import schemes


class Command(BaseCommand):
    help = "Writes a PO file of one language for a translator: everything, what no one has read yet, or the words of one pack."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("language", help="its code, for example pl")
        parser.add_argument("file", help="where to write, for example pl.po")
        parser.add_argument("--pack", default="", help="the name of a scheme: only what its packs say to workers")
        parser.add_argument("--unread", action="store_true", help="only what no translator has read")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["pack"] and options["pack"] not in schemes.names():
            raise CommandError(f"There is no pack {options['pack']}. There are: {', '.join(schemes.names())}.")
        only = catalogues.pack_words(options["pack"]) if options["pack"] else None
        try:
            taken = translators.to_take_out(options["language"], only=only, unread=options["unread"])
        except FileNotFoundError:
            raise CommandError(f"The service has no catalogue of {options['language']}.") from None
        taken.save(options["file"])
        self.stdout.write(f"{len(taken)} messages written to {options['file']}.")
