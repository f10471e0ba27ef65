"""Says of every scheme pack what is wrong with it, or what a domain owner must still confirm."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from registry import recordings, schemes


class Command(BaseCommand):
    help = "Check every scheme pack and recording: each fault with its file, key and reason; else what needs review."
    requires_system_checks: list[str] = []  # the system check would stop before the faults are listed

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--review", action="store_true", help="list each fact that needs review, not only how many")

    def handle(self, *args: Any, review: bool, **options: Any) -> None:
        faults = schemes.faults_found() or list(recordings.faults())
        for fault in faults:
            self.stderr.write(str(fault))
        if faults:
            raise CommandError(f"{len(faults)} faults in the scheme packs.")
        unheard = len(list(recordings.machine_made()))
        self.stdout.write(f"recordings: {len(recordings.recorded())}; {unheard} made by a machine need review")
        for name in schemes.names():
            for version in schemes.versions(name):
                self._describe(schemes.get(name, version), review)

    def _describe(self, scheme: schemes.Scheme, review: bool) -> None:
        found = list(schemes.to_review(scheme))
        self.stdout.write(
            f"{scheme}: {len(scheme.standards)} standards, {len(scheme.form.pages)} pages, {len(scheme.checks)} checks, "
            f"{len(scheme.letters)} letters; {len(found)} facts need review"
        )
        for key, why in found if review else ():
            self.stdout.write(f"  {key}: {why or 'no source seen'}")
        overdue = scheme.worker_help.past_review(timezone.localdate()) if scheme.worker_help else ()
        for key, review_by in overdue:
            self.stderr.write(f"  worker_help.{key}: should have been checked again by {review_by}")
