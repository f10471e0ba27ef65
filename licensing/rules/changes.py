"""Changes that a holder or the authority makes to the particulars of an organisation."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from registry.errors import Reason
from registry.organisations.models import Organisation

NUMBERS = ("company_number", "utr", "vat_number")


def changed(organisation: Organisation, said: Mapping[str, Any]) -> set[str]:
    """Which of the numbers are other than those in the file, as far as something is said of them."""
    return {field for field in NUMBERS if field in said and getattr(organisation, field) != said[field]}


def change_numbers_blockers(organisation: Organisation, changes: Mapping[str, str]) -> Iterator[Reason]:
    if unknown := set(changes) - set(NUMBERS):
        raise ValueError(f"not one of the numbers: {', '.join(sorted(unknown))}")
    if not changed(organisation, changes):
        yield Reason("nothing_changed", _("None of the numbers has changed."))
