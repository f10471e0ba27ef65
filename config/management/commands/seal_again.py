from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from config import sealed
from config.management.commands.set_up import work_as_owner
from registry import permissions, sealing_keys
from registry.accounts.models import User
from registry.trail.actions import events as trail


class Command(BaseCommand):
    help = (
        "Seals everything that is kept sealed again, with the first of SEALING_KEYS, while the service goes on. Stop it at any"
        " time and start it again: it goes on. On PostgreSQL it needs OWNER_DATABASE_URL. Two events keep who did it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--by", default="", metavar="EMAIL", help="who does it: a member of staff with access")
        parser.add_argument("--count", action="store_true", help="only say how much is sealed with which key")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["count"]:
            self._seal_again(options["by"])
        found = sealed.counts()
        for title, one in found.items():
            self.stdout.write(
                f"{title:<24} {one.now} with the first key, {one.former} with a former one, {one.missing} with one that is missing"
            )
        numbers = sealed.in_all(found)
        self.stdout.write(f"In all: {sealed.verdict(numbers)}.")
        if not options["count"] and (numbers.former or numbers.missing):
            raise CommandError(f"{numbers.former + numbers.missing} left.")

    def _seal_again(self, email: str) -> None:
        if not settings.SEALING_KEYS:
            raise CommandError("Set SEALING_KEYS first (docs/operations.md, Keys that seal).")
        work_as_owner()
        if not sealed.may_read():
            raise CommandError("Only the owner of the tables may do this: give OWNER_DATABASE_URL.")
        person = User.objects.filter(email=email.lower(), is_active=True).first()
        if person is None or not permissions.is_staff(person):
            raise CommandError(f"{email or 'No one'} does not work for the authority: say who does it with --by.")
        self._write_down("begin_sealing_again", person, left=sealed.in_all(sealed.counts()).former)
        done = not_opened = 0
        for part in sealed.PARTS:
            for batch in sealed.seal_again(part):
                done, not_opened = done + batch.done, not_opened + batch.not_opened
                self.stdout.write(f"{part.title}: {batch.done} sealed again, {batch.not_opened} not opened")
        self._write_down("seal_again", person, sealed=done, not_opened=not_opened)

    @transaction.atomic
    def _write_down(self, verb: str, person: User, **facts: Any) -> None:
        trail.record(person, verb, by=person, at=timezone.now(), key=sealing_keys.marks()[0], **facts)
