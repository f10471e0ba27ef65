import json
from argparse import ArgumentParser
from typing import Any

from django.core.files.storage import Storage
from django.core.management.base import BaseCommand, CommandError
from django.utils.module_loading import import_string

from registry.uploads import storage

SAID_EACH = 500


class Command(BaseCommand):
    help = (
        "Copies every document to another storage, while the service goes on. Stop it at any time and start it again: it goes "
        "on. Then set DOCUMENT_STORAGE, restart, run it once more from the old storage for what came in between, and run "
        "verify_documents."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--to", default="", help="dotted path of a storage class; the one that is set, if left out")
        parser.add_argument("--to-options", default="{}", help="its options as JSON")
        parser.add_argument(
            "--from", default="", dest="source", help="where they lie; the one that is set, if left out"
        )
        parser.add_argument("--from-options", default="{}", help="its options as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if bool(options["to"]) == bool(options["source"]):
            raise CommandError("Give --to or --from: the other one is the storage that is set.")
        source = _made(options["source"], options["from_options"])
        target = _made(options["to"], options["to_options"])
        copied = there = 0
        for copied_now in (now for _place, now in storage.copy_all(source, target)):
            copied, there = copied + copied_now, there + (not copied_now)
            if (copied + there) % SAID_EACH == 0:
                self.stdout.write(f"{copied} copied, {there} were there already.")
        self.stdout.write(f"Done: {copied} copied, {there} were there already. Nothing was removed.")


def _made(path: str, options: str) -> Storage:
    """The storage of this class; the one that is set for no class."""
    if not path:
        return storage.in_use()
    try:
        made: Storage = import_string(path)(**json.loads(options))
    except (ImportError, TypeError, ValueError) as wrong:
        raise CommandError(f"{path} cannot be used: {wrong}") from wrong
    return made
