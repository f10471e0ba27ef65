import resource
import time
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from config.demo import bulk, frozen, loading, progress
from config.management.commands.set_up import gather_statistics
from registry.schemes import freezing
from registry.tasks import jobs as tasks
from registry.trail.actions import events as trail

MEGABYTE = 2**20


class Command(BaseCommand):
    help = "Fill a demonstration with sample data. What is there is kept: an interrupted load goes on where it stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        at = f"a third of the providers, or none from {bulk.REGISTER_ONLY:,} providers on"
        parser.add_argument("--providers", type=int, default=1200, help="how many, with those told step by step")
        parser.add_argument("--applications", type=int, help=f"unless given, {at}")
        parser.add_argument("--inspections", type=int, help="unless given, a quarter, or none")
        parser.add_argument("--reports", type=int, help="unless given, a tenth, or none")
        parser.add_argument(
            "--first", action="store_true", help="only what every page needs; run it again for the rest"
        )
        parser.add_argument("--seed", type=int, default=bulk.SEED, help="the same seed makes the same data")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Sample data is only for a demonstration: set DEMO=1.")
        for version in frozen.accept_changes(at=timezone.now()):
            self.stdout.write(f"The rules of {version} were changed. Cases are pinned to them; the change is accepted.")
        progress.begin(len(loading.STEPS))
        left = loading.steps_left()
        if options["first"]:
            self._take(step for step in left if step.comes_first)
            return
        self._take(step for step in left if not step.comes_last)
        made = self._fill(_sizes(options), options["seed"])
        self._take(step for step in left if step.comes_last)
        if left or made:
            freezing.freeze_pinned(at=timezone.now())
            trail.cover_all(at=timezone.now())
            tasks.open_missing(at=timezone.now())
            gather_statistics()
        else:
            self.stdout.write("The sample data is there already.")

    def _take(self, steps: Iterable[loading.LoadingStep]) -> None:
        for step in steps:
            self._show(step.title, loading.load(step, at=timezone.now()))

    def _fill(self, sizes: bulk.Sizes, seed: int) -> bool:
        try:
            load = bulk.Load.begun(sizes, seed=seed, at=timezone.now())
        except ValueError as error:
            raise CommandError(str(error)) from error
        series = [one for one in load.series() if one.done < one.size]
        for one in series:
            self._show(f"{one.size} {one.name} in bulk", one.load(), counts=True)
        return bool(series)

    def _show(self, title: str, making: Iterator[Any], *, counts: bool = False) -> None:
        """Tell every other second how far it has come, and at the end how long it took and what memory it took."""
        started = told = time.monotonic()
        memory, made = _memory(), 0
        for thing in making:
            made = thing if counts else made + 1
            if time.monotonic() - told > 2:
                told = time.monotonic()
                self.stdout.write(f"  {title}: {made} so far")
                self.stdout.flush()
        grown = max(0, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 - memory) / MEGABYTE
        self.stdout.write(
            f"  {title}: {made} in {time.monotonic() - started:.1f} s, peak memory grown by {grown:.0f} MB"
        )


def _memory() -> int:
    """What this process holds in memory now, in bytes."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize()


def _sizes(options: dict[str, Any]) -> bulk.Sizes:
    providers = options["providers"]
    usual = providers if providers < bulk.REGISTER_ONLY else 0
    wanted = options["applications"], options["inspections"], options["reports"]
    sizes = (usual // share if size is None else size for size, share in zip(wanted, (3, 4, 10), strict=True))
    return bulk.Sizes(providers, *sizes)
