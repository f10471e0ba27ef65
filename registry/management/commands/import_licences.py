"""Takes over the register of another authority: holders, people, licences, conditions, past standings and documents."""

import csv
import os
import time
from argparse import ArgumentParser
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from registry.accounts.models import User
from registry.errors import Refused
from registry.management.lists import TELL_AFTER, ListCommand, memory, said
from registry.management.take_over_files import TakeOverFiles
from registry.memberships import actions as memberships
from registry.take_overs.actions import holders, take_overs
from registry.take_overs.models import TakeOver
from registry.take_overs.queries import take_overs as queries


class Command(ListCommand):
    help = (
        "Take over the register of another authority from a folder or a ZIP file (docs/taking-over.md). Try it with "
        "--dry-run first: every fault is said by file, row and field, and nothing is written. What was cut off goes on with "
        "--resume. The same files again change nothing."
    )
    #: Holders in one transaction: others can write to the register between two of them.
    chunk = 25
    job = ("import-licences@system.invalid", "Take-over of a register")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help="folder or ZIP file")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done; write nothing")
        parser.add_argument(
            "--resume", action="store_true", help="go on where the taking over of these files was cut off"
        )
        parser.add_argument(
            "--correct", action="store_true", help="change particulars and people that say something else"
        )
        parser.add_argument(
            "--by", metavar="EMAIL", help="the member of staff who answers for it and has its questions"
        )
        parser.add_argument(
            "--report", type=Path, help="write the reconciliation here: as CSV if the name ends so, else as text"
        )
        parser.add_argument(
            "--invite", action="store_true", help="ask holders with an email address to make an account"
        )

    def handle(self, *args: Any, path: Path, **options: Any) -> None:
        files = TakeOverFiles(path, timezone.localdate())
        authority = files.manifest.authority
        if (done := queries.finished(files.digest)) is not None and not options["dry_run"]:
            self.stdout.write(f"These files were taken over: {done.reference}. Nothing was changed.")
            self._end(done, options)
            return
        files.read()
        foreseen = queries.foreseen(files.records, authority, correct=options["correct"])
        self._tell_faults(files)
        counted = ", ".join(f"{foreseen[name]} {name}" for name in ("added", "changed", "unchanged", "refused"))
        self.stdout.write(f"{len(files.records)} holders: {counted}.")
        if options["dry_run"]:
            self.stdout.write("This was a dry run. Nothing was written.")
            return
        if files.faults:
            raise CommandError(
                "Nothing was taken over. Correct the files that cannot be read, and rows without a holder."
            )
        started = time.monotonic()
        try:
            take_over = self._taken_over(files, options)
        except Refused as refused:
            raise said(refused) from None
        under, seconds = take_over.under, time.monotonic() - started
        self.stdout.write(
            f"{take_over.reference}: {under.read} holders read; {under.added} added, {under.changed} changed, "
            f"{under.unchanged} unchanged, {under.refused} refused; {seconds:.1f} s, {memory() / 1024:.0f} MB at most."
        )
        self._end(take_over, options)

    def _tell_faults(self, files: TakeOverFiles) -> None:
        for one in files.files:
            self.stdout.write(f"{one['name']}: {one['rows']} rows, read as {one['encoding']}.")
        for title, faults in {"faults": files.all_faults, "things left out": files.left_out}.items():
            for kind, count in queries.fault_kinds(faults):
                self.stdout.write(f"{count} × {kind}")
            for fault in faults:
                self.stdout.write(f"{fault.file} row {fault.row}, {fault.field or 'row'}: {fault.text}")
            self.stdout.write(f"{len(faults)} {title}.")
        if lost := [name for record in files.records for name in record.names_with_lost_letters]:
            self.stdout.write(f"{len(lost)} names may have lost letters, such as “{lost[0]}”. Each will be a question.")

    def _taken_over(self, files: TakeOverFiles, options: dict[str, Any]) -> TakeOver:
        if queries.unfinished(files.digest) and not options["resume"]:
            raise CommandError("The taking over of these files was cut off. Add --resume to go on.")
        take_over = take_overs.begin_take_over(
            authority=files.manifest.authority,
            name=files.path.name,
            digest=files.digest,
            files=files.files,
            given=queries.given_by(files.records),
            run_by=_answering(options["by"]),
            by=self.user(),
            at=timezone.now(),
        )
        if take_over.under.read:
            self.stdout.write(f"Going on after {take_over.under.read} holders.")
        return self._read_all(take_over, files, options)

    def _read_all(self, take_over: TakeOver, files: TakeOverFiles, options: dict[str, Any]) -> TakeOver:
        by, told = take_over.under.by, time.monotonic()
        rest = islice(files.records, take_over.under.read, None)
        while records := list(islice(rest, self.chunk)):
            take_over = holders.take_over_holders(
                take_over,
                after=take_over.under.read,
                records=records,
                scheme=files.manifest.scheme,
                opened=files.opened,
                correct=options["correct"],
                by=by,
                at=timezone.now(),
            )
            if time.monotonic() - told > TELL_AFTER:
                told = time.monotonic()
                self.stdout.write(f"{take_over.under.read} holders so far")
        return take_overs.finish_take_over(take_over, by=by, at=timezone.now())

    def _end(self, take_over: TakeOver, options: dict[str, Any]) -> None:
        if report := options["report"]:
            _write(report, take_over)
        if options["invite"]:
            asked = [
                memberships.invite_holder(one.organisation, by=take_over.under.by, at=timezone.now())
                for one in queries.to_invite(take_over)
            ]
            self.stdout.write(f"{sum(one is not None for one in asked)} holders were asked to make an account.")


def _answering(email: str | None) -> User:
    user = User.objects.filter(email=(email or "").lower()).first()
    if user is None:
        raise CommandError("Say with --by which member of staff answers for it, by their email address.")
    return user


def _write(report: Path, take_over: TakeOver) -> None:
    """Whole or not at all: what was there before stays until the new one is written."""
    beside = report.with_name(f"{report.name}.part")
    with beside.open("w", encoding="utf-8", newline="") as text:
        if report.suffix.lower() == ".csv":
            csv.writer(text).writerows([queries.REPORT, *queries.report_rows(take_over)])
        else:
            text.write(queries.report_text(take_over))
    os.replace(beside, report)
