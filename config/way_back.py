"""Whether the release of before can serve the database as it is now (docs/upgrading.md).

The code of before goes on serving while a release migrates, and is what one goes back to. So migrations only add. One that takes
something away says in `NO_LONGER_READ` since which release no code asks for it. A test refuses all others.
"""

from collections.abc import Iterator
from pathlib import Path

from django.db.migrations.loader import MigrationLoader

from config.version import version_in

#: The last of each app that was made before there was this rule.
BEFORE_THE_RULE = {
    "registry": "0046_break_glass",
    "licensing": "0031_matches_with_lists",
    "compliance": "0045_ends_and_groups_of_reports",
    "public_lookup": "0010_material_news",
}
NO_LONGER_READ = "no_longer_read_since"


def blockers(folder: Path) -> Iterator[str]:
    """Why the release in this folder cannot serve a database that this release has set up; nothing if it can."""
    version = version_in(folder)
    apart = MigrationLoader(None).disk_migrations
    for (app, name), migration in sorted(apart.items()):
        if app not in BEFORE_THE_RULE or (folder / app / "migrations" / f"{name}.py").exists():
            continue
        since = getattr(migration, NO_LONGER_READ, "")
        if name <= BEFORE_THE_RULE[app]:
            yield f"{version} is from before {app}.{name}: go back by a copy of the database."
        elif since and _numbers(version) < _numbers(since):
            yield f"{app}.{name} took away what {version} still asks for: go back by a copy of the database."


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdecimal())
