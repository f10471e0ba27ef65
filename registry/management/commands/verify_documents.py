import logging
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from registry import uploads as files
from registry.checking import waiting
from registry.documents.models import Document
from registry.uploads import StorageArea

logger = logging.getLogger(__name__)

LEFT_BEHIND = timedelta(days=1)


class Command(BaseCommand):
    help = "Compare every document in the storage with the digest it was given, and name what is changed or missing. Run it each night."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--only-compare", action="store_true", help="clear nothing away: of a copy, which may hold what came later"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        kept, held = Document.objects.on_disk(), Document.objects.held()
        faults = [
            *self._faults(StorageArea.KEPT, kept.exclude(digest="").values_list("reference", "stored_as", "digest")),
            *self._faults(StorageArea.HELD, held.values_list("reference", "stored_as", "original_digest")),
        ]
        if not options["only_compare"]:
            self._clear_away(StorageArea.KEPT, kept.values_list("stored_as", flat=True))
            self._clear_away(StorageArea.HELD, held.values_list("stored_as", flat=True))
            waiting.clear_away()
        for fault in faults:
            logger.error("%s", fault)
            self.stderr.write(fault)
        if faults:
            raise CommandError(f"{len(faults)} documents are not as they were kept.")
        self.stdout.write(f"{kept.count()} documents are as they were kept.")

    def _faults(self, shelf: StorageArea, rows: Any) -> list[str]:
        found = []
        for reference, name, digest in rows.order_by("pk").iterator(chunk_size=500):
            now = files.digest_of(shelf, name)
            if now != digest:
                found.append(f"Document {reference}: {'its bytes have changed' if now else 'its file is missing'}.")
        return found

    def _clear_away(self, shelf: StorageArea, known: Any) -> None:
        """What an upload left behind that came to nothing, or a removal that was cut off."""
        before = timezone.now() - LEFT_BEHIND
        for name in files.strays(shelf, known.iterator(chunk_size=500), before=before):
            files.discard(shelf, name)
            self.stdout.write(f"Cleared away {shelf}/{name}, which no document knows.")
