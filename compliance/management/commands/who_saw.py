"""Who saw this? One answer (docs/rules.md G31)."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from compliance.who_saw import queries


class Command(BaseCommand):
    help = "Say who was shown a case, a document, a report, intelligence, a source or a referral: when, how and why."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("reference", help="A-…, E-…, R-…, N-…, S-…, W-…, I-…, or the number of a licence or letter")

    def handle(self, *args: Any, reference: str, **options: Any) -> None:
        rows = queries.readers_of(reference.strip().upper())
        if rows is None:
            raise CommandError(f"There is no case, document, report, intelligence, source or referral {reference}.")
        for row in rows:
            at = timezone.localtime(row.at)
            when, who = at.isoformat(sep=" ", timespec="seconds"), f"{row.by} ({row.by.reference})"
            how, why = queries.act_in_words(row, at.date()), queries.reason(row, at.date())
            self.stdout.write("  ".join(filter(None, (when, who, how, why))))
        self.stdout.write(f"{len(rows)} in all.")
