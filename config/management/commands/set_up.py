from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

# In this order: roles and holidays are rows, so the tables come first.
STEPS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("migrate", {"interactive": False}),
    ("createcachetable", {}),
    ("sync_roles", {}),
    ("load_holidays", {}),
    ("collectstatic", {"interactive": False}),
)


class Command(BaseCommand):
    help = "Everything between installing the code and starting it, in one go. Run it again after each new version."

    def handle(self, *args: Any, **options: Any) -> None:
        for name, arguments in STEPS:
            self.stdout.write(f"  {name}")
            self.stdout.flush()
            call_command(name, verbosity=0, **arguments)
