"""Write anew by what organisations are known again: after a change of how names are folded, or when it is in doubt."""

from typing import Any

from django.core.management.base import BaseCommand

from registry import matching


class Command(BaseCommand):
    help = (
        "Write anew, from the files, the facts and the trail, by what organisations are known again under other names."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{matching.rebuild()} traits")
