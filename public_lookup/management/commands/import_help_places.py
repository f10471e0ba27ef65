"""Reads a list of places that help workers: advice, councils, unions, help for migrants. A new edition replaces the one before."""

import csv
import hashlib
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from public_lookup.help import actions, rules
from registry.errors import Refused


class Command(BaseCommand):
    help = (
        "Read a list of places that help workers (CSV in UTF-8, with a header): name, kind (advice, council, union, migrants), "
        "address, town, postcode, telephone, languages, hours. The list takes the place of its edition before, as a whole; a "
        "file with a row that cannot be used is refused, and each fault is named by its line."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--source", required=True, help="short name of the list, as unions-2026")
        parser.add_argument("--title", required=True, help="of the list, as people read it")
        parser.add_argument("--licence", required=True, help="its terms and who must be named: shown below its places")

    def handle(self, *args: Any, file: Path, source: str, title: str, licence: str, **options: Any) -> None:
        content = _content(file)
        reader = csv.DictReader(content.decode("utf-8-sig").splitlines())
        if sorted(reader.fieldnames or []) != sorted(rules.COLUMNS):
            raise CommandError(f"{file.name} must have exactly these columns: {', '.join(rules.COLUMNS)}.")
        rows = [(reader.line_num, row) for row in reader]
        said = {"title": title, "licence": licence, "digest": hashlib.sha256(content).hexdigest()}
        try:
            actions.replace_list(source, **said, rows=rows, by=None, at=timezone.now())
        except Refused as refused:
            raise CommandError("\n".join(str(reason) for reason in refused.reasons)) from None
        self.stdout.write(f"{file.name}: {len(rows)} places.")


def _content(file: Path) -> bytes:
    try:
        content = file.read_bytes()
        content.decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{file.name} cannot be read: is it there, and in UTF-8?") from error
    return content
