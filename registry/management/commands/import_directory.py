"""Reads who is in the directory, each night: people who are gone lose their access, and roles follow the groups."""

from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from registry.accounts.models import User
from registry.directory import actions, queries, rules
from registry.directory_service import IdentityProvider, staff_directory
from registry.errors import Refused
from registry.management.directory_file import DirectoryRow, UnreadableFile, rows_in

GONE = "The directory has this person no more."
#: The part of all staff that one run may shut out unless it is told to.
MOST = 0.1


class Command(BaseCommand):
    help = (
        "Read the people of the directory from a file: CSV (UTF-8, with a header) or a list in JSON, with sub or email, "
        "name, groups (in CSV separated by ;) and active. Each member of staff that it does not name, or names as not active, is "
        "off-boarded; emergency accounts stay. Accounts are made at the first sign-in. A file with a fault changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")
        parser.add_argument("--yes", action="store_true", help="shut out more than a tenth of all staff")

    def handle(self, *args: Any, **options: Any) -> None:
        directory = staff_directory()
        if directory is None:
            raise CommandError("No directory is set: DIRECTORY_FILE names none.")
        found = self._rows(options["file"])
        people = queries.staff_with_access(directory)
        named = _named(people, found)
        gone = [person for key, person in people.items() if key not in named]
        without = [person for key, person in people.items() if key in named and not _roles(directory, named[key])]
        self.stdout.write(f"{len(people)} people of staff, {len(named)} in the file, {len(gone)} gone")
        if len(gone) + len(without) > MOST * len(people) and not options["yes"]:
            raise CommandError(
                f"{len(gone) + len(without)} of {len(people)} people would lose their access: more than a tenth. "
                "Look at the file, then say --yes."
            )
        act = self._say if options["dry_run"] else self._do
        at = timezone.now()
        for person in gone:
            act(person, None, directory, at)
        for key, row in named.items():
            act(people[key], row, directory, at)

    def _rows(self, file: Path) -> list[DirectoryRow]:
        try:
            found, faults = rows_in(file)
        except UnreadableFile as fault:
            raise CommandError(str(fault)) from fault
        for wrong in faults:
            self.stdout.write(f"line {wrong.line}: {wrong.words}")
        if faults:
            raise CommandError(f"{len(faults)} rows have a fault. Nothing was changed.")
        return [row for row in found if row.is_active]

    def _say(self, person: User, row: DirectoryRow | None, directory: IdentityProvider, at: datetime) -> None:
        if row is None:
            self.stdout.write(f"{person.email}: would be off-boarded")
        elif (wanted := _roles(directory, row)) != person.roles:
            self.stdout.write(f"{person.email}: would hold {', '.join(sorted(wanted)) or 'no role'}")

    def _do(self, person: User, row: DirectoryRow | None, directory: IdentityProvider, at: datetime) -> None:
        by = actions.act_as_directory(by=None, at=at)
        if row is None:
            try:
                actions.leave(person, because=GONE, by=by, at=at)
            except Refused as refused:
                self.stdout.write(f"{person.email}: {refused.reasons[0]}")
                return
            self.stdout.write(f"{person.email}: off-boarded")
            return
        wanted = _roles(directory, row)
        for reason in rules.groups_blockers(wanted):
            self.stdout.write(f"line {row.line}: {person.email}: {reason}")
        if wanted != person.roles:
            after = actions.follow(person, roles=wanted, by=by, at=at)
            self.stdout.write(f"{person.email}: holds {', '.join(sorted(after.roles)) or 'no role'}")
        if row.name and row.name != person.name:
            actions.rename(User.objects.get(pk=person.pk), name=row.name, by=by, at=at)


def _named(people: dict[str, User], found: list[DirectoryRow]) -> dict[str, DirectoryRow]:
    """The row of each person, by their identity; by their address only where they have not signed in by the directory yet."""
    named = {}
    for row in found:
        key = row.sub if row.sub in people else row.email
        if key in people:
            named[key] = row
    return named


def _roles(directory: IdentityProvider, row: DirectoryRow) -> frozenset[str]:
    return directory.roles_of_groups(row.groups)
