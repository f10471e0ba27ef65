"""Reads a published list of premises: in chunks, each of them one transaction, so that memory stays flat and nothing is half-read."""

import csv
import hashlib
import resource
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from registry import queries, rules
from registry.actions import premises
from registry.errors import Refused
from registry.models import Import, User

CHUNK = 500
JOB = "import-premises@system.invalid"

Rows = Iterator[tuple[int, dict[Any, Any]]]


class Command(BaseCommand):
    help = (
        "Read a published list of premises (CSV in UTF-8, with a header) into the registry. What is known is brought up "
        "to date, with history; a row that cannot be used is reported and keeps no other out. Run it again after an "
        "interruption: it goes on where it stopped."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--source", help="short name of the list; the name of the file, if not given")
        parser.add_argument(
            "--licence", help="its terms and whom to name; if not given, read from FILE's name with .licence.txt"
        )

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        source, digest = options["source"] or file.stem, _digest(file)
        newest = queries.newest_edition(source)
        if newest and newest.finished_at and newest.digest == digest:
            day = date_format(newest.finished_at, "j F Y")
            self.stdout.write(f"{file.name} is the edition that was imported on {day}.")
            return
        _refuse_other_columns(file)
        started, memory = time.monotonic(), _memory()
        under = premises.begin_import(
            source=source,
            licence=options["licence"] or _licence(file),
            file=file.name,
            digest=digest,
            by=_job(),
            at=timezone.now(),
        )
        if under.read:
            self.stdout.write(f"Going on after {under.read} rows.")
        try:
            under = self._read(under, file)
        except Refused as refused:
            raise CommandError(str(refused.reasons[0].text)) from None
        self._tell(under, seconds=time.monotonic() - started, growth=_memory() - memory)

    def _read(self, under: Import, file: Path) -> Import:
        told = time.monotonic()
        with _text(file) as text:
            rows = islice(_rows(text), under.read, None)
            while chunk := list(islice(rows, CHUNK)):
                under, reported = premises.import_rows(
                    under, after=under.read, rows=chunk, by=under.by, at=timezone.now()
                )
                for one in reported:
                    self.stdout.write(f"line {one.line}: {one.reason}")
                if time.monotonic() - told > 2:
                    told = time.monotonic()
                    self.stdout.write(f"{under.read} rows so far")
        return premises.finish_import(under, by=under.by, at=timezone.now())

    def _tell(self, under: Import, *, seconds: float, growth: int) -> None:
        self.stdout.write(
            f"{under.file}: {under.read} rows; {under.added} premises added, {under.changed} changed, "
            f"{under.unchanged} unchanged; {under.repeated} rows repeated, {under.refused} refused; "
            f"{queries.no_longer_listed(under)} premises no longer listed; "
            f"{seconds:.1f} s, memory grew by {growth / 1024:.0f} MB at most."
        )


def _digest(file: Path) -> str:
    try:
        with file.open("rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest()
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from None


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


def _rows(text: TextIO) -> Rows:
    """Every row with the number of its last line."""
    reader = csv.DictReader(text)
    try:
        for row in reader:
            yield reader.line_num, row
    except csv.Error as error:
        raise CommandError(f"line {reader.line_num}: {error}. What came before it has been read.") from None


def _memory() -> int:
    """The most that the process has held so far, in kB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


@transaction.atomic
def _job() -> User:
    """The user as which the trail knows this command."""
    job, new = User.objects.get_or_create(email=JOB, defaults={"name": "Import of premises", "is_system": True})
    if new:
        job.set_unusable_password()
        job.save(update_fields=["password"])
        job.groups.add(Group.objects.get(name="system"))
    return job
