"""Changes that a holder or the authority makes to the particulars of an organisation."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext_lazy as _

from registry.errors import Reason
from registry.models import Organisation

NUMBERS = ("company_number", "utr", "vat_number")


def change_numbers_blockers(organisation: Organisation, changes: Mapping[str, str]) -> Iterator[Reason]:
    if unknown := set(changes) - set(NUMBERS):
        raise ValueError(f"not one of the numbers: {', '.join(sorted(unknown))}")
    if not {field for field, value in changes.items() if getattr(organisation, field) != value}:
        yield Reason("nothing_changed", _("None of the numbers has changed."))
