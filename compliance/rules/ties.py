"""By what people and things are compared, and what must be true before two are tied."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from compliance.models import EntityKind, Strength
from registry import identifiers, names, signing
from registry.errors import Reason, Refused
from registry.organisations.models import Organisation

_FEWEST = 6
_END = 4


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody or something as it is compared and as it is shown."""

    kind: str
    key: str
    label: str
    organisation: Organisation | None = None


def named(kind: str, typed: str, organisation: Organisation | None, *, where: str) -> Named:
    """What was typed, as one of a kind. Raises `Refused` (no_kind, no_name, or what is wrong with the number)."""
    label = " ".join(typed.split())[:200]
    if kind == EntityKind.ORGANISATION and organisation is not None:
        return Named(kind, organisation.reference, organisation.legal_name, organisation)
    try:
        key = _KEYS[kind](label)
    except KeyError:
        raise Refused([Reason("no_kind", _("Say what it is."), f"{where}_kind")]) from None
    except identifiers.Invalid as wrong:
        raise Refused([Reason(wrong.code, wrong.text, where)]) from wrong
    if not key:
        raise Refused([Reason("no_name", _("Write the name or the number."), where)])
    return Named(kind, key[:120], _end(label) if kind == EntityKind.ACCOUNT else label)


def _account(label: str) -> str:
    figures = re.sub(r"[^A-Z0-9]", "", label.upper())
    if len(figures) < _FEWEST:
        raise identifiers.Invalid("account", _("Enter the sort code and the number of the account, or its IBAN."))
    return signing.keyed_digest(settings.NAMES_KEY, f"account: {figures}")


def _end(label: str) -> str:
    return f"…{re.sub(r'[^A-Z0-9]', '', label.upper())[-_END:]}"


_KEYS: dict[str, Callable[[str], str]] = {
    EntityKind.PERSON: names.person_key,
    EntityKind.ORGANISATION: names.squash,
    EntityKind.ADDRESS: names.squash,
    EntityKind.TELEPHONE: identifiers.telephone,
    EntityKind.ACCOUNT: _account,
    EntityKind.VEHICLE: identifiers.vehicle_registration,
}


def tie_blockers(first: Named, second: Named, *, how: str, strength: int) -> Iterator[Reason]:
    if (first.kind, first.key) == (second.kind, second.key):
        yield Reason("same_entity", _("These are the same. Say what else it hangs together with."), "second")
    if not how.strip():
        yield Reason("no_how", _("Say how they hang together."), "how")
    if strength not in Strength.values:
        yield Reason("no_strength", _("Say how sure it is."), "strength")
