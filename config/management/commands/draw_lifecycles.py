from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.module_loading import module_has_submodule

from registry.lifecycle import Lifecycle

BEGIN, END = "<!-- lifecycles: drawn by manage.py draw_lifecycles -->", "<!-- end of lifecycles -->"


def lifecycles() -> Iterator[tuple[str, str, Lifecycle]]:
    """App, name and table of every lifecycle of the project, as they stand in each app's states.py."""
    for app in reversed(list(apps.get_app_configs())):
        if Path(app.path).parent == settings.BASE_DIR and module_has_submodule(app.module, "states"):
            states = import_module(f"{app.name}.states")
            for name, value in vars(states).items():
                if isinstance(value, Lifecycle):
                    yield app.name, name, value


def drawn() -> str:
    """All of them as one piece of Markdown."""
    return "\n".join(
        f"**{name.replace('_', ' ').capitalize()}** (`{app}/states.py`)\n\n```mermaid\n{lifecycle.diagram()}\n```\n"
        for app, name, lifecycle in lifecycles()
    )


def with_drawings(text: str) -> str:
    """The text with what stands between the two marks drawn anew."""
    before, rest = text.split(BEGIN)
    _old, after = rest.split(END)
    return f"{before}{BEGIN}\n\n{drawn()}\n{END}{after}"


class Command(BaseCommand):
    help = "Draw every lifecycle into the README, from the tables of moves."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        readme = settings.BASE_DIR / "README.md"
        readme.write_text(with_drawings(readme.read_text()))
        self.stdout.write("README.md shows the lifecycles as they are now.")
