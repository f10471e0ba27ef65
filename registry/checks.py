"""System checks of the registry: a scheme pack that is broken or was changed stops the deploy, not a case officer."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from registry import schemes
from registry.schemes import freezing
from registry.schemes.models import PackEdition


@register()
def scheme_packs(**_: Any) -> list[CheckMessage]:
    """Loads every pack and turns each fault into an error that names the file, the key and the reason."""
    return [
        Error(
            str(fault), hint="Run manage.py check_packs to see every fault and what needs review.", id="registry.E001"
        )
        for fault in schemes.faults_found()
    ]


@register(Tags.database)
def frozen_packs(*, databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """Refuses what would change a version that cases are pinned to. `migrate` and `set_up` ask before they do anything.

    A demonstration is told and goes on: it accepts the change itself (`load_demo`).
    """
    kind = checks.Warning if settings.DEMO else Error
    if not databases or schemes.faults_found() or not _has_editions(databases[0]):
        return []
    return [
        kind(
            f"{file}: {key or 'is gone'}: {changed} was frozen when the first case was pinned to it, and said something else",
            hint="Undo the change, or say it in a new version. A correction is accepted by manage.py accept_pack.",
            id="registry.E002",
        )
        for changed in freezing.changed()
        for file, key in changed.keys
    ]


@register(Tags.database)
def pinned_packs(*, databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """Refuses to go on where rows are pinned to a version that is not there: their pages could not be shown.

    `migrate` and `set_up` ask before they do anything, on a database of a version before too.
    """
    if not databases or schemes.faults_found():
        return []
    return [
        Error(
            f"{scheme} {version} is missing, and pinned to it are: {', '.join(kinds)}",
            hint=f"Name the folder of packs that has it in REGISTRY_PACKS, or say in {scheme}/merged.toml which took it in.",
            id="registry.E003",
        )
        for (scheme, version), kinds in freezing.missing(databases[0]).items()
    ]


def _has_editions(database: str) -> bool:
    """Whether the table is there: it is not before the first migration."""
    connection = connections[database]
    with connection.cursor() as cursor:
        return PackEdition._meta.db_table in connection.introspection.table_names(cursor)
