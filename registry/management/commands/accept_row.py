from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import models, transaction
from django.utils import timezone

from registry import permissions
from registry.accounts.models import User
from registry.integrity import covering
from registry.trail.actions import events as trail
from registry.trail.models.covered import covered_models, mark_written


class Command(BaseCommand):
    help = (
        "Accept a row that was changed past the trail as it is now, so that actions can change it again. Two members of staff"
        " confirm it, and an event keeps the reason. If the change was wrong, restore the row instead."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", help="as in the fault: registry.licence")
        parser.add_argument("row", help="its key, as in the fault")
        parser.add_argument("--by", required=True, metavar="EMAIL", help="an auditor")
        parser.add_argument("--and-by", required=True, metavar="EMAIL", help="another member of staff")
        parser.add_argument("--because", required=True, help="who changed it and why it is right")

    def handle(self, *args: Any, **options: Any) -> None:
        auditor, second = _staff(options["by"]), _staff(options["and_by"])
        if auditor == second or not auditor.has_perm("registry.read_trail"):
            raise CommandError("Two different people must confirm it, and the first must be an auditor.")
        model, row = _covered(options["kind"]), options["row"]
        with transaction.atomic():
            fault = covering.fault_of_row(model, row)
            if not fault:
                raise CommandError(f"{options['kind']} {row} is as the last event about it left it.")
            mark_written(model, [row])
            trail.record(
                auditor,
                "accept_row",
                by=auditor,
                at=timezone.now(),
                because=options["because"],
                row=f"{options['kind']} {row}",
                fault=fault,
                second=second,
            )
        self.stdout.write(f"Accepted: {options['kind']} {row}, which {fault}.")


def _staff(email: str) -> User:
    person = User.objects.filter(email=email.lower(), is_active=True).first()
    if person is None or not permissions.is_staff(person):
        raise CommandError(f"{email} does not work for the authority.")
    return person


def _covered(kind: str) -> type[models.Model]:
    found = next((model for model in covered_models() if model._meta.label_lower == kind), None)
    if found is None:
        raise CommandError(f"{kind} is no kind of row that the trail covers.")
    return found
