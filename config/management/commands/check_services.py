from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config import services


class Command(BaseCommand):
    help = "Connect to the database, mail, the scanner and all else that the service needs, and print what they answer."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        failed = []
        for check in services.check_all():
            self.stdout.write(f"{check.name:<10} {'good' if check.is_good else 'FAILED':<7} {check.words}")
            self.stdout.flush()
            failed += [] if check.is_good else [check.name]
        if failed:
            raise CommandError(f"{len(failed)} of {len(services.ASKED)} cannot be used: {', '.join(failed)}.")
