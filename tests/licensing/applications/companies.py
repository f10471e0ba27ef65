"""A snapshot of the companies register with one company in it, read by its command."""

import csv
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.management import call_command

from config.demo.companies import COLUMNS

EDITION = "2026-11-01"


def a_snapshot(**row: str) -> None:
    """The newest snapshot names this company; what the columns do not say is empty."""
    with TemporaryDirectory() as folder, open("/dev/null", "w") as nowhere:
        file = Path(folder) / f"snapshot-{EDITION}.csv"
        with file.open("w", encoding="utf-8", newline="") as text:
            writer = csv.DictWriter(text, COLUMNS, restval="")
            writer.writeheader()
            writer.writerow(row)
        call_command("import_companies", str(file), licence="Made up", stdout=nowhere)
