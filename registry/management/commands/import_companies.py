"""Reads a monthly snapshot of the companies register, which takes the place of the one before as a whole."""

import csv
import re
import time
import zipfile
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from io import TextIOWrapper
from operator import itemgetter
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import CommandError
from django.utils import timezone

from registry.companies import actions as companies
from registry.companies import rules
from registry.companies.models import Company
from registry.errors import Refused
from registry.imports import actions as imports
from registry.imports.models import Import
from registry.management.lists import ListCommand, Row, digest_of, memory, said

DAY_IN_NAME = re.compile(r"\d{4}-\d{2}-\d{2}")
# How many companies of the edition before are gone over, or cleared away, in one transaction.
STRETCH = 50_000
LICENCE = "Companies House, free company data product"


class Command(ListCommand):
    help = (
        "Read a snapshot of the companies register: Companies House's Basic Company Data as one file, CSV or its zip. The "
        "snapshot before stays in use until this one has been read to its end. Run it again after an interruption: it "
        "goes on where it stopped."
    )
    chunk = 10_000
    job = ("import-companies@system.invalid", "Import of companies")

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--edition", type=date.fromisoformat, help="the day of the snapshot, as 2026-11-01, if FILE's name has none"
        )
        parser.add_argument("--licence", default=LICENCE, help="its terms and who is to be named")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        of = {"digest": digest_of(file), "source": Company.SOURCE}
        if newest := self.is_read(file, **of):
            self._clear(newest)
            return
        edition_on = options["edition"] or _edition_in(file.name)
        started, before = time.monotonic(), memory()
        try:
            with ExitStack() as open_files:
                rows = _rows(_text(file, open_files), file.name)
                under = self.begin(file, **of, licence=options["licence"], edition_on=edition_on)
                under = self.read(under, rows, companies.import_rows)
            self._carry(under)
            under = imports.finish(under, by=under.by, at=timezone.now())
        except Refused as refused:
            raise said(refused) from None
        self._clear(under)
        self._tell(under, seconds=time.monotonic() - started, growth=memory() - before)

    def _carry(self, under: Import) -> None:
        reached = "0"  # comes before every number
        while reached:
            reached = companies.carry_gone(under, after=reached, most=STRETCH, by=under.by, at=timezone.now())

    def _clear(self, newest: Import) -> None:
        while companies.clear_former(newest, most=STRETCH, by=newest.by, at=timezone.now()):
            pass

    def _tell(self, under: Import, *, seconds: float, growth: int) -> None:
        gone = Company.objects.filter(edition=under).exclude(gone_since=None).count()
        self.stdout.write(
            f"{under.file}, edition of {under.edition_on}: {under.read} rows; {under.added} companies, {under.repeated} rows "
            f"repeated, {under.refused} refused; {gone} companies that are not named any more; {seconds:.1f} s, "
            f"{under.read / max(seconds, 0.001):,.0f} rows a second, memory grew by {growth / 1024:.0f} MB to {memory() / 1024:.0f} MB."
        )


def _edition_in(name: str) -> date:
    found = DAY_IN_NAME.search(name)
    try:
        return date.fromisoformat(found[0]) if found else _no_day()
    except ValueError:
        return _no_day()


def _no_day() -> date:
    raise CommandError("Say the day of the snapshot: with --edition, as in --edition 2026-11-01.")


def _text(file: Path, open_files: ExitStack) -> TextIO:
    """The CSV, or the one in the zip, as it is read. What is not UTF-8 is found row by row."""
    try:
        if not zipfile.is_zipfile(file):
            return open_files.enter_context(file.open(encoding="utf-8-sig", errors="surrogateescape", newline=""))
        packed = open_files.enter_context(zipfile.ZipFile(file))
        inside = [name for name in packed.namelist() if name.lower().endswith(".csv")]
        if len(inside) != 1:
            raise CommandError(f"{file.name} must hold exactly one CSV file; it holds {len(inside)}.")
        content = open_files.enter_context(packed.open(inside[0]))
        return TextIOWrapper(content, encoding="utf-8-sig", errors="surrogateescape", newline="")
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from None


def _rows(text: TextIO, name: str) -> Iterator[Row]:
    """Every row with the number of its last line; of its columns those that are kept. The header has stray spaces."""
    reader = csv.reader(text)
    header = [column.strip() for column in next(reader, [])]
    if missing := [column for column in rules.COMPANY_COLUMNS if column not in header]:
        raise CommandError(f"{name} is no such snapshot: it lacks the columns {', '.join(missing)}.")
    return _picked(reader, header)


def _picked(reader: Any, header: list[str]) -> Iterator[Row]:
    pick = itemgetter(*(header.index(column) for column in rules.COMPANY_COLUMNS))
    width, empty = len(header), dict.fromkeys(rules.COMPANY_COLUMNS, "")
    try:
        for row in reader:
            # A row cut short or too long has no number that can be trusted: it is reported as one without.
            whole = len(row) == width
            yield reader.line_num, dict(zip(rules.COMPANY_COLUMNS, pick(row), strict=True)) if whole else empty
    except (csv.Error, zipfile.BadZipFile, EOFError) as error:
        raise CommandError(f"line {reader.line_num}: {error}. What came before it has been read.") from None
