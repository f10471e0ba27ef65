import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from config.demo import loading


class Command(BaseCommand):
    help = "Fill a demonstration with sample data. What is there is kept: only steps that have not been done are done."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Sample data is only for a demonstration: set DEMO=1.")
        left = loading.steps_left()
        if not left:
            self.stdout.write("The sample data is there already.")
        for step in left:
            self._show(step)

    def _show(self, step: loading.Step) -> None:
        started = told = time.monotonic()
        made = 0
        for _thing in loading.load(step, at=timezone.now()):
            made += 1
            if time.monotonic() - told > 2:
                told = time.monotonic()
                self.stdout.write(f"  {step.title}: {made} so far")
        self.stdout.write(f"  {step.title}: {made} in {time.monotonic() - started:.1f} s")
