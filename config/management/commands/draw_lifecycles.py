from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.module_loading import module_has_submodule

from registry.lifecycle import Lifecycle

DOCUMENT = settings.BASE_DIR / "docs" / "lifecycles.md"
BEFORE = """# Lifecycles

Every status in the registry, and every move from one status to another. `manage.py draw_lifecycles` writes this page from
the tables in `registry/licences/states.py`, `compliance/enforcement/states.py` and `licensing/appeals/states.py`. Do not edit it: change a table and run
the command.
"""


def lifecycles() -> Iterator[tuple[str, str, Lifecycle]]:
    """App, name and table of every lifecycle of the project, from each app's states.py."""
    for app in reversed(list(apps.get_app_configs())):
        if Path(app.path).parent == settings.BASE_DIR and module_has_submodule(app.module, "states"):
            states = import_module(f"{app.name}.states")
            for name, value in vars(states).items():
                if isinstance(value, Lifecycle):
                    yield app.name, name, value


def drawn() -> str:
    """The whole page as Markdown, with one state diagram for each lifecycle."""
    diagrams = (
        f"## {name.replace('_', ' ').capitalize()}\n\n`{app}/states.py`\n\n```mermaid\n{lifecycle.diagram()}\n```\n"
        for app, name, lifecycle in lifecycles()
    )
    return "\n".join([BEFORE, *diagrams])


class Command(BaseCommand):
    help = "Write docs/lifecycles.md from the tables of moves."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        DOCUMENT.write_text(drawn())
        self.stdout.write("docs/lifecycles.md shows the lifecycles as they are now.")
