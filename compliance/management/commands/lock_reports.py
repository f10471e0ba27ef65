from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from compliance.inspection_reports import queries as visit_reports
from compliance.inspections import actions as inspections


class Command(BaseCommand):
    help = (
        "Keep the version of every report that was confirmed before versions were kept. Run again it does nothing more."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        kept = 0
        for inspection in visit_reports.without_a_version().iterator(chunk_size=200):
            kept += inspections.keep_former_version(inspection, by=None, at=timezone.now()) is not None
        if options["verbosity"]:
            self.stdout.write(f"Reports of which the version is kept now: {kept}")
