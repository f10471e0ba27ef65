"""Makes the groups in the database match the roles in `registry.permissions`."""

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.core.management.base import BaseCommand
from django.db import transaction

from registry.roles import ROLES


class Command(BaseCommand):
    help = "Make one group for each role of registry/permissions.py, with exactly its permissions; remove all other groups."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        known = {
            f"{permission.content_type.app_label}.{permission.codename}": permission
            for permission in Permission.objects.select_related("content_type")
        }
        for name, role in ROLES.items():
            group, _new = Group.objects.get_or_create(name=name)
            group.permissions.set(known[codename] for codename in role.codenames if codename in known)
            for codename in sorted(role.codenames - known.keys()):
                self.stderr.write(f"{name}: there is no permission {codename}.")
        Group.objects.exclude(name__in=ROLES).delete()
        if options["verbosity"]:
            self.stdout.write(f"{len(ROLES)} roles are in step with registry/permissions.py.")
