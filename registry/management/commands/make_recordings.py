"""Makes the recordings that are missing with a speech synthesiser, to be reviewed by a speaker of each language."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from registry.recordings.making import make_missing


class Command(BaseCommand):
    help = "Make missing or outdated recordings with SPEECH_SYNTHESISER. Each is marked needs_review."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("languages", nargs="+", help="codes, such as en pl uz")

    def handle(self, *args: Any, languages: list[str], **options: Any) -> None:
        try:
            made = list(make_missing(languages, on=timezone.localdate()))
        except FileNotFoundError as missing:
            raise CommandError(f"{missing.filename} is not installed: see SPEECH_SYNTHESISER.") from missing
        self.stdout.write(f"{len(made)} recordings made. Let a speaker of each language listen to them.")
