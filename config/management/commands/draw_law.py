from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone, translation

from config.law import papers, processing
from registry import schemes


def drawn(on: date) -> Iterator[tuple[str, str]]:
    """Name and text of every page of docs/law/ that is drawn, as the law is on a day."""
    with translation.override("en-gb"):
        yield "processing.md", processing.record(on)
        yield "roles-and-data.md", processing.matrix()
        yield "assessment.md", papers.assessment(on)
        yield "algorithms.md", papers.algorithms(on)


def day_of_law() -> date:
    """The day on which the newest version of any pack that has begun came into force: the pages change on no other day."""
    today = timezone.localdate()
    begun = (version for name in schemes.names() for version in schemes.versions(name) if version <= today)
    return max(begun)


class Command(BaseCommand):
    help = "Write the pages of docs/law/ from the packs, the roles and what the apps declare of their fields."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        for name, text in drawn(day_of_law()):
            (papers.FOLDER / name).write_text(text, encoding="utf-8")
            self.stdout.write(f"docs/law/{name} is written.")
