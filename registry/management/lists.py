"""What commands that read a published list share: which edition it is, going on where it stopped, and what was taken."""

import hashlib
import resource
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from registry.accounts.models import User
from registry.errors import Refused
from registry.imports import actions as imports
from registry.imports import queries as import_queries
from registry.imports.models import Import, RefusedLine

TELL_AFTER = 2  # seconds

Row = tuple[int, Mapping[Any, Any]]
Reader = Callable[..., tuple[Import, list[RefusedLine]]]


class ListCommand(BaseCommand):
    """Reads a list in chunks, each of them one transaction: memory stays flat, and what was cut off goes on where it stopped."""

    chunk: int
    job: tuple[str, str]  # address and name of the user as which the trail knows the command

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def begin(self, file: Path, *, digest: str, source: str, licence: str, edition_on: date | None = None) -> Import:
        """Open the reading of the file, or take it up again."""
        under = imports.begin(
            source=source,
            licence=licence,
            file=file.name,
            digest=digest,
            edition_on=edition_on,
            by=self.user(),
            at=timezone.now(),
        )
        if under.read:
            self.stdout.write(f"Going on after {under.read} rows.")
        return under

    def is_read(self, file: Path, *, digest: str, source: str) -> Import | None:
        """The edition in use, when this very file is it."""
        newest = import_queries.newest_edition(source)
        if newest is None or newest.finished_at is None or newest.digest != digest:
            return None
        day = date_format(newest.finished_at, "j F Y")
        self.stdout.write(f"{file.name} is the edition that was imported on {day}.")
        return newest

    def read(self, under: Import, rows: Iterator[Row], take: Reader) -> Import:
        """All rows that have not been read yet, a chunk at a time; how far it is, is said every few seconds."""
        told = time.monotonic()
        rows = islice(rows, under.read, None)
        while chunk := self._next(rows):
            under, reported = take(under, after=under.read, rows=chunk, by=under.by, at=timezone.now())
            for one in reported:
                self.stdout.write(f"line {one.line}: {one.reason}")
            if time.monotonic() - told > TELL_AFTER:
                told = time.monotonic()
                self.stdout.write(f"{under.read} rows so far")
        return under

    def _next(self, rows: Iterator[Row]) -> Sequence[Row]:
        return list(islice(rows, self.chunk))

    @transaction.atomic
    def user(self) -> User:
        email, name = self.job
        job, new = User.objects.get_or_create(email=email, defaults={"name": name, "is_system": True})
        if new:
            job.set_unusable_password()
            job.save(update_fields=["password"])
            job.groups.add(Group.objects.get(name="system"))
        return job


def digest_of(file: Path) -> str:
    try:
        with file.open("rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest()
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from None


def said(refused: Refused) -> CommandError:
    return CommandError(str(refused.reasons[0].text))


def memory() -> int:
    """The most that the process has held so far, in kB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
