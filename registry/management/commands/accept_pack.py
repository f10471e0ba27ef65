from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from registry import schemes
from registry.accounts.models import User
from registry.errors import Refused
from registry.schemes import actions as packs
from registry.schemes import freezing
from registry.schemes.models import PackEdition


class Command(BaseCommand):
    help = (
        "Accept that a version of a scheme to which cases are pinned says something else than it said. One person proposes"
        " the correction with the reason; another runs the same command to accept it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("version", help="as in <scheme>/<day>")
        parser.add_argument("--by", required=True, metavar="EMAIL", help="who proposes or accepts it")
        parser.add_argument("--because", default="", help="why it is a correction: needed of whoever proposes it")

    def handle(self, *args: Any, **options: Any) -> None:
        scheme = _scheme(options["version"])
        person = User.objects.filter(email=options["by"].lower(), is_active=True).first()
        if person is None:
            raise CommandError(f"There is no account of {options['by']}.")
        try:
            self._take(scheme, person, options["because"])
        except PermissionDenied:
            raise CommandError(f"{options['by']} may not correct scheme packs.") from None
        except Refused as refused:
            raise CommandError("\n".join(str(reason) for reason in refused.reasons)) from None

    def _take(self, scheme: schemes.Scheme, person: User, because: str) -> None:
        for changed in freezing.changed():
            if str(changed) == f"{scheme.name}/{scheme.version}":
                for file, key in changed.keys:
                    self.stdout.write(f"  {file}: {key}")
        digest, at = freezing.said_by(scheme).digest, timezone.now()
        waiting = (
            PackEdition.objects.proposed().filter(scheme=scheme.name, version=scheme.version, digest=digest).first()
        )
        if waiting:
            packs.accept_correction(waiting, scheme, by=person, at=at)
            self.stdout.write(f"Accepted. {scheme} is frozen as it is now.")
        else:
            packs.propose_correction(scheme, because=because, by=person, at=at)
            self.stdout.write("Proposed. Another person accepts it by the same command.")


def _scheme(version: str) -> schemes.Scheme:
    name, _, day = version.partition("/")
    try:
        return schemes.get(name, day)
    except (schemes.Unknown, ValueError):
        raise CommandError(f"There is no version {version}.") from None
