from typing import Any

from django.core.management.base import BaseCommand, CommandError

from compliance.enforcement.queries import prosecutor_files
from compliance.inspection_reports import queries as visit_reports


class Command(BaseCommand):
    help = (
        "Compare every confirmed inspection and every file for the prosecutor with the digest that the trail kept. Exit status"
        " 1, and every fault said."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        found = [*visit_reports.faults(), *prosecutor_files.faults()]
        for fault in found:
            self.stderr.write(fault)
        if found:
            raise CommandError(f"Faults found: {len(found)}")
        self.stdout.write("Every confirmed report is what was confirmed.")
