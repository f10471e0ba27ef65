from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand

from registry.lifecycle import Lifecycle

DOCUMENT = settings.BASE_DIR / "docs" / "lifecycles.md"
BEFORE = """# Lifecycles

Every status in the registry, and every move from one status to another. `manage.py draw_lifecycles` writes this page from
the tables in the states of each room. Do not edit it: change a table and run the command.
"""


def lifecycles() -> Iterator[tuple[str, str, Lifecycle]]:
    """Module ("licensing.appeals.states"), name and table of every lifecycle, from the states of each room: a file or a folder."""
    for app in reversed(list(apps.get_app_configs())):
        if Path(app.path).parent == settings.BASE_DIR:
            for file in sorted([*Path(app.path).glob("*/states.py"), *Path(app.path).glob("*/states/*.py")]):
                module = ".".join(file.relative_to(settings.BASE_DIR).with_suffix("").parts)
                for name, value in vars(import_module(module)).items():
                    if isinstance(value, Lifecycle):
                        yield module, name, value


def drawn() -> str:
    """The whole page as Markdown, with one state diagram for each lifecycle."""
    diagrams = (
        f"## {name.replace('_', ' ').capitalize()}\n\n`{module.replace('.', '/')}.py`\n\n"
        f"```mermaid\n{lifecycle.diagram()}\n```\n\n{_waits(lifecycle)}"
        for module, name, lifecycle in lifecycles()
    )
    return "\n".join([BEFORE, *diagrams])


def _waits(lifecycle: Lifecycle) -> str:
    """Who is waited for in which state, and what they must do (registry/tasks)."""
    rows = lifecycle.waits_in_words()
    if not rows:
        return ""
    return "\n".join(["| state | task | for | to do |", "|---|---|---|---|", *rows, ""])


class Command(BaseCommand):
    help = "Write docs/lifecycles.md from the tables of moves."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        DOCUMENT.write_text(drawn())
        self.stdout.write("docs/lifecycles.md shows the lifecycles as they are now.")
