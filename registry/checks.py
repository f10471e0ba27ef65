"""System checks of the registry: a broken scheme pack stops the deploy, not a case officer."""

from typing import Any

from django.core.checks import CheckMessage, Error, register

from registry import schemes


@register()
def scheme_packs(**_: Any) -> list[CheckMessage]:
    """Loads every pack and turns each fault into an error that names the file, the key and the reason."""
    return [
        Error(
            str(fault), hint="Run manage.py check_packs to see every fault and what needs review.", id="registry.E001"
        )
        for fault in schemes.faults_found()
    ]
