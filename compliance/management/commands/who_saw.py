"""Who saw this report, this intelligence, this source, this referral, what workers said on this visit? One answer, read off the trail (docs/rules.md G31)."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from compliance.who_saw import queries as seen


class Command(BaseCommand):
    help = "Say who was shown a report, intelligence, a source, a referral or the interviews of a visit: when, and why."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("reference", help="R-…, N-…, S-…, W-… or I-…")

    def handle(self, *args: Any, reference: str, **options: Any) -> None:
        sights = seen.who_saw(reference.strip().upper())
        if sights is None:
            raise CommandError(
                f"There is no report, intelligence, source, referral, hand-over or inspection {reference}."
            )
        for one in sights:
            when = timezone.localtime(one.at).isoformat(sep=" ", timespec="seconds")
            self.stdout.write(
                "  ".join(filter(None, (when, f"{one.by} ({one.reference})", str(one.what), one.because)))
            )
        self.stdout.write(f"{len(sights)} in all.")
