"""Lets in the first two administrators of people of a new installation: each later power takes two (docs/decisions/0115)."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from registry.accounts.actions import accounts
from registry.errors import Refused


class Command(BaseCommand):
    help = (
        "Appoint one of the first two administrators of people, who invite everybody else. Refused once there are two."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("name")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            person = accounts.appoint_first(email=options["email"], name=options["name"], by=None, at=timezone.now())
        except Refused as refused:
            raise CommandError("\n".join(str(reason) for reason in refused.reasons)) from refused
        self.stdout.write(f"{person.email} is an administrator of people. A letter on how to sign in is on its way.")
