"""Whether the release of before can serve the database as it is now (docs/upgrading.md).

The code of before goes on serving while a release migrates, and is what one goes back to. So migrations only add. One that takes
something away says in `NO_LONGER_READ` since which release no code asks for it. A test refuses all others.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from django.db.migrations import Migration
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
BY_A_COPY = ": go back by the copy of before, deploy/switch back COPY (docs/upgrading.md)."


def blockers(folder: Path) -> Iterator[str]:
    """Why the release in this folder cannot serve a database that this release has set up; nothing if it can."""
    version = version_in(folder)
    known = [one for one in folder.glob("*/migrations/*.py") if one.parts[-3] in BEFORE_THE_RULE]
    names = {(one.parts[-3], one.stem) for one in known}
    lacking = [one for key, one in sorted(MigrationLoader(None).disk_migrations.items()) if key not in names]
    if early := [one for one in lacking if _is_before_the_rule(one)]:
        yield f"{version} is from before {early[-1]} (migrations that it does not know: {len(early)}){BY_A_COPY}"
    for one in lacking:
        since = getattr(one, NO_LONGER_READ, "")
        if since and _numbers(version) < _numbers(since):
            yield f"{one} took away what {version} still asks for{BY_A_COPY}"


def ends_serving(todo: Iterable[Migration]) -> bool:
    """Whether the release of before cannot go on while these are made, as they are from before migrations only added."""
    return any(_is_before_the_rule(one) for one in todo)


def _is_before_the_rule(one: Migration) -> bool:
    return one.name <= BEFORE_THE_RULE.get(one.app_label, "")


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdecimal())
