"""Reads the officers and owners of companies, which take the place of those before as a whole."""

import csv
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import CommandError
from django.utils import timezone

from registry.companies import actions as companies
from registry.companies import rules
from registry.companies.models import CompanyPerson
from registry.errors import Refused
from registry.imports import actions as imports
from registry.imports.models import Import
from registry.management.lists import ListCommand, Row, digest_of, said

# How many people of the edition before are cleared away in one transaction, counted by companies.
STRETCH = 50_000


class Command(ListCommand):
    help = (
        "Read the officers of companies and the persons with significant control: a CSV with the columns "
        f"{', '.join(rules.PERSON_COLUMNS)}, whose roles, names and dates are as the companies register publishes them."
    )
    chunk = 10_000
    job = ("import-companies@system.invalid", "Import of companies")

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--edition", type=date.fromisoformat, required=True, help="its day, as 2026-11-01")
        parser.add_argument("--licence", required=True, help="its terms and who is to be named")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        of = {"digest": digest_of(file), "source": CompanyPerson.SOURCE}
        if newest := self.is_read(file, **of):
            self._clear(newest)
            return
        try:
            with file.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as text:
                rows = _rows(text, file.name)
                under = self.begin(file, **of, licence=options["licence"], edition_on=options["edition"])
                under = self.read(under, rows, companies.import_people)
            under = imports.finish(under, by=under.by, at=timezone.now())
        except Refused as refused:
            raise said(refused) from None
        self._clear(under)
        self.stdout.write(
            f"{under.file}, edition of {under.edition_on}: {under.read} rows; {under.added} people, "
            f"{under.unchanged} who have left or are companies, {under.refused} refused."
        )

    def _clear(self, newest: Import) -> None:
        while companies.clear_former(newest, most=STRETCH, by=newest.by, at=timezone.now()):
            pass


def _rows(text: TextIO, name: str) -> Iterator[Row]:
    reader = csv.DictReader(text, restval="")
    if missing := [column for column in rules.PERSON_COLUMNS if column not in (reader.fieldnames or ())]:
        raise CommandError(f"{name} is no such list: it lacks the columns {', '.join(missing)}.")
    try:
        for row in reader:
            yield reader.line_num, {column: row[column] for column in rules.PERSON_COLUMNS}
    except csv.Error as error:
        raise CommandError(f"line {reader.line_num}: {error}. What came before it has been read.") from None
