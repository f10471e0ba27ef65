"""Reads who is in the directory, each night: people who are gone lose their access, and roles follow the groups."""

from argparse import ArgumentParser
from datetime import UTC, datetime, timedelta
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
#: A file that is older than this is one that no one writes any more.
OLDEST = timedelta(days=2)

#: By the identity in the directory, else by email address.
People = dict[str, User]
Named = dict[str, DirectoryRow]


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
        directory, at = staff_directory(), timezone.now()
        if directory is None:
            raise CommandError("No directory is set: DIRECTORY_FILE names none.")
        people = queries.staff_with_access(directory)
        try:
            named = _named(people, self._rows(options["file"], at))
            gone = [person for key, person in people.items() if key not in named]
            self.stdout.write(f"{len(people)} people of staff, {len(named)} in the file, {len(gone)} gone")
            losing = [*gone, *(people[key] for key, row in named.items() if not _roles(directory, row))]
            if not options["yes"]:
                _refuse_too_many(len(losing), len(people))
        except CommandError as refused:
            if not options["dry_run"]:
                by = actions.act_as_directory(by=None, at=at)
                actions.note_file(people=0, off_boarded=[], not_done={}, because=str(refused), by=by, at=at)
            raise
        if options["dry_run"]:
            self._say(gone, people, named, directory)
        else:
            self._do(gone, people, named, directory, at=at)

    def _rows(self, file: Path, at: datetime) -> list[DirectoryRow]:
        try:
            written = datetime.fromtimestamp(file.stat().st_mtime, tz=UTC)
            found, faults = rows_in(file)
        except (UnreadableFile, OSError) as fault:
            raise CommandError(str(fault)) from fault
        if written < at - OLDEST:
            raise CommandError(f"The file is of {written:%Y-%m-%d %H:%M} UTC: the export has stopped.")
        for wrong in faults:
            self.stdout.write(f"line {wrong.line}: {wrong.words}")
        if faults:
            raise CommandError(f"{len(faults)} rows have a fault. Nothing was changed.")
        return [row for row in found if row.is_active]

    def _say(self, gone: list[User], people: People, named: Named, directory: IdentityProvider) -> None:
        for person in gone:
            self.stdout.write(f"{person.email}: would be off-boarded")
        for key, row in named.items():
            if (wanted := _roles(directory, row)) != people[key].roles:
                self.stdout.write(f"{people[key].email}: would hold {', '.join(sorted(wanted)) or 'no role'}")

    def _do(self, gone: list[User], people: People, named: Named, directory: IdentityProvider, *, at: datetime) -> None:
        by = actions.act_as_directory(by=None, at=at)
        not_done: dict[User, str] = {}
        for person in gone:
            try:
                actions.leave(person, because=GONE, by=by, at=at)
                self.stdout.write(f"{person.email}: off-boarded")
            except Refused as refused:
                not_done[person] = str(refused.reasons[0])
        for key, row in named.items():
            if reasons := self._follow(people[key], row, directory, by=by, at=at):
                not_done[people[key]] = " ".join(reasons)
        for person, words in not_done.items():
            self.stdout.write(f"{person.email}: {words}")
        left = [person for person in gone if person not in not_done]
        actions.note_file(people=len(named), off_boarded=left, not_done=not_done, by=by, at=at)

    def _follow(
        self, person: User, row: DirectoryRow, directory: IdentityProvider, *, by: User, at: datetime
    ) -> list[str]:
        """Let the person hold what the groups of this row give; says what could not be done."""
        wanted = _roles(directory, row)
        if wanted != person.roles:
            after = actions.follow(person, roles=wanted, by=by, at=at)
            self.stdout.write(f"{person.email}: holds {', '.join(sorted(after.roles)) or 'no role'}")
        if wanted:
            actions.note_confirmed(person, by=by, at=at)
        if row.name and row.name != person.name:
            actions.rename(User.objects.get(pk=person.pk), name=row.name, by=by, at=at)
        return [str(reason) for reason in rules.follow_blockers(person, wanted)]


def _refuse_too_many(losing: int, people: int) -> None:
    if losing > MOST * people:
        raise CommandError(
            f"{losing} of {people} people would lose their access: more than a tenth. Look at the file, then say --yes."
        )


def _named(people: People, found: list[DirectoryRow]) -> Named:
    """The row of each person, by their identity; by their address only where they have not signed in by the directory yet."""
    named = {}
    for row in found:
        key = row.sub if row.sub in people else row.email
        if key in people:
            named[key] = row
    return named


def _roles(directory: IdentityProvider, row: DirectoryRow) -> frozenset[str]:
    return directory.roles_of_groups(row.groups)
