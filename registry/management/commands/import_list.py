"""Reads a list to check against: disqualified directors, insolvencies, sanctions. A new edition replaces the one before."""

import csv
import re
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import CommandError
from django.utils import timezone

from registry.errors import Refused
from registry.imports import actions as imports
from registry.imports.models import Import
from registry.management.followthemoney import parties_in
from registry.management.lists import ListCommand, Row, digest_of, said
from registry.watchlists import actions as listed
from registry.watchlists import rules
from registry.watchlists.models import ListedParty

CODE = re.compile(r"[a-z0-9-]{1,30}")


class Command(ListCommand):
    help = (
        "Read a list to check applicants against (CSV in UTF-8, with a header): name, aliases (separated by ;), "
        "date_of_birth, company_number, reference, from, to, source. Columns of other names are mapped with --column. Days "
        "are YYYY-MM-DD or DD/MM/YYYY. A row needs a name, and a date of birth or a company number. An edition takes the "
        "place of the one before as a whole; an interrupted reading goes on where it stopped. With --followthemoney the file "
        "is in the format of FollowTheMoney instead: one entity in JSON on each line."
    )
    chunk = 2_000
    job = ("import-list@system.invalid", "Import of lists")

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--list", required=True, dest="code", type=_code, help="short name, as disqualified-directors"
        )
        parser.add_argument("--title", required=True, help="what officers read, as 'Disqualified directors'")
        parser.add_argument("--licence", required=True, help="its terms and who is to be named")
        parser.add_argument("--edition", type=date.fromisoformat, help="the day as of which it is true, as 2026-11-01")
        parser.add_argument(
            "--column",
            action="append",
            default=[],
            type=_column,
            metavar="OURS=THEIRS",
            help="their name of a column, as --column 'name=Disqualified person'; once for each",
        )

        parser.add_argument("--followthemoney", action="store_true", help="the file holds entities, one on each line")
        parser.add_argument(
            "--topic",
            action="append",
            default=[],
            help="with --followthemoney: take only entities of this topic, as --topic sanction; once for each",
        )

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        of = {"digest": digest_of(file), "source": f"{ListedParty.SOURCE}{options['code']}"}
        if newest := self.is_read(file, **of):
            listed.clear_former(newest, by=newest.by, at=timezone.now())
            return
        try:
            with file.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as text:
                if options["followthemoney"]:
                    rows = parties_in(text, file.name, options["topic"])
                else:
                    rows = _rows(text, file.name, dict(options["column"]))
                under = self.begin(file, **of, licence=options["licence"], edition_on=options["edition"])
                under = self.read(under, rows, listed.import_rows)
            under = imports.finish(under, title=options["title"], by=under.by, at=timezone.now())
        except Refused as refused:
            raise said(refused) from None
        listed.clear_former(under, by=under.by, at=timezone.now())
        self._tell(under)

    def _tell(self, under: Import) -> None:
        self.stdout.write(f"{under.title}: {under.read} rows; {under.added} taken, {under.refused} refused.")


def _code(typed: str) -> str:
    if not CODE.fullmatch(typed):
        raise ArgumentTypeError("at most 30 small letters, digits and hyphens")
    return typed


def _column(typed: str) -> tuple[str, str]:
    ours, _equals, theirs = typed.partition("=")
    if ours not in rules.LISTED_COLUMNS or not theirs:
        raise ArgumentTypeError(f"OURS=THEIRS, where OURS is one of {', '.join(rules.LISTED_COLUMNS)}")
    return ours, theirs


def _rows(text: TextIO, name: str, mapped: Mapping[str, str]) -> Iterator[Row]:
    """Every row by our names of its columns; what the file has no column for is empty."""
    reader = csv.DictReader(text, restval="")
    there = {column.strip(): column for column in reader.fieldnames or ()}
    wanted = {ours: mapped.get(ours, ours) for ours in rules.LISTED_COLUMNS}
    missing = [theirs for ours, theirs in wanted.items() if theirs not in there and (ours in mapped or ours == "name")]
    if missing:
        raise CommandError(f"{name} lacks the columns {', '.join(missing)}. Map columns with --column OURS=THEIRS.")
    try:
        for row in reader:
            yield reader.line_num, {ours: row.get(there.get(theirs, ""), "") or "" for ours, theirs in wanted.items()}
    except csv.Error as error:
        raise CommandError(f"line {reader.line_num}: {error}. What came before it has been read.") from None
