"""Fills the table of holidays, nation by nation, for the years that it does not hold yet."""

from argparse import ArgumentParser
from typing import Any

import holidays
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from registry.holidays.models import Calendar, Holiday

# Deadlines follow the bank holidays of the part of the United Kingdom where somebody is.
NATIONS = {Calendar.ENGLAND_AND_WALES: "ENG", Calendar.SCOTLAND: "SCT", Calendar.NORTHERN_IRELAND: "NIR"}
FIRST_YEAR = 2018
YEARS_AHEAD = 4


class Command(BaseCommand):
    help = "Load bank holidays for years that the table lacks. A year that is there is left as staff have edited it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--until", type=int, help=f"the last year to load; {YEARS_AHEAD} years ahead if not given")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        until = options["until"] or timezone.now().year + YEARS_AHEAD
        for nation, subdivision in NATIONS.items():
            there = set(Holiday.objects.filter(nation=nation).values_list("day__year", flat=True))
            missing = [year for year in range(FIRST_YEAR, until + 1) if year not in there]
            days = holidays.country_holidays("GB", subdiv=subdivision, years=missing) if missing else {}
            Holiday.objects.bulk_create(
                Holiday(nation=nation, day=day, name=name) for day, name in sorted(days.items())
            )
            if options["verbosity"]:
                self.stdout.write(f"{nation.label}: {len(days)} holidays loaded, {len(there)} years were there.")
