"""Lets in the first administrator of people of a new installation."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from registry.accounts.actions import accounts
from registry.errors import Refused


class Command(BaseCommand):
    help = "Appoint the first administrator of people, who invites everybody else. Refused once there is one."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("name")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            person = accounts.appoint_first(email=options["email"], name=options["name"], by=None, at=timezone.now())
        except Refused as refused:
            raise CommandError("\n".join(str(reason) for reason in refused.reasons)) from refused
        self.stdout.write(f"{person.email} is the administrator of people. A letter on how to sign in is on its way.")
