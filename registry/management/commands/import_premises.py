"""Reads a published list of premises: in chunks, each of them one transaction, so that memory stays flat and nothing is half-read."""

import csv
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import CommandError
from django.utils import timezone

from registry.errors import Refused
from registry.imports.models import Import
from registry.management.lists import ListCommand, Row, digest_of, memory, said
from registry.premises import actions as premises
from registry.premises import queries as premises_queries
from registry.premises import rules


class Command(ListCommand):
    help = (
        "Read a published list of premises (CSV in UTF-8, with a header) into the registry. What is known is brought up "
        "to date, with history; a row that cannot be used is reported and keeps no other out. Run it again after an "
        "interruption: it goes on where it stopped."
    )
    chunk = 500
    job = ("import-premises@system.invalid", "Import of premises")

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--source", help="short name of the list; the name of the file, if not given")
        parser.add_argument(
            "--licence", help="its terms and who is to be named; if not given, read from FILE's name with .licence.txt"
        )

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        source, digest = options["source"] or file.stem, digest_of(file)
        if self.is_read(file, digest=digest, source=source):
            return
        _refuse_other_columns(file)
        started, before = time.monotonic(), memory()
        try:
            under = self.begin(file, digest=digest, source=source, licence=options["licence"] or _licence(file))
            with _text(file) as text:
                under = self.read(under, _rows(text), premises.import_rows)
            under = premises.finish_import(under, by=under.by, at=timezone.now())
        except Refused as refused:
            raise said(refused) from None
        self._tell(under, seconds=time.monotonic() - started, growth=memory() - before)

    def _tell(self, under: Import, *, seconds: float, growth: int) -> None:
        self.stdout.write(
            f"{under.file}: {under.read} rows; {under.added} premises added, {under.changed} changed, "
            f"{under.unchanged} unchanged; {under.repeated} rows repeated, {under.refused} refused; "
            f"{premises_queries.no_longer_listed(under)} premises no longer listed; "
            f"{seconds:.1f} s, memory grew by {growth / 1024:.0f} MB at most."
        )


def _licence(file: Path) -> str:
    beside = file.with_suffix(".licence.txt")
    if not beside.is_file():
        raise CommandError(f"Say on what terms the list may be used: with --licence, or in {beside.name} beside it.")
    return beside.read_text(encoding="utf-8").strip()


def _text(file: Path) -> TextIO:
    # What is not UTF-8 is found row by row.
    return file.open(encoding="utf-8-sig", errors="surrogateescape", newline="")


def _refuse_other_columns(file: Path) -> None:
    with _text(file) as text:
        named = next(csv.reader(text), [])
    if sorted(named) != sorted(rules.COLUMNS):
        raise CommandError(f"{file.name} must have exactly these columns: {', '.join(rules.COLUMNS)}.")


def _rows(text: TextIO) -> Iterator[Row]:
    """Every row with the number of its last line."""
    reader = csv.DictReader(text)
    try:
        for row in reader:
            yield reader.line_num, row
    except csv.Error as error:
        raise CommandError(f"line {reader.line_num}: {error}. What came before it has been read.") from None
