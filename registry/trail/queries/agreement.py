"""Whether what is derived agrees with what it is derived from: entries with licences, rows with events, counters with numbers.

Chains and digests show that a row was rewritten. These checks show what a rewrite made wrong, and find a fault of our own.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Count, Max, Q
from django.db.models.functions import Cast, Substr

from registry import signing
from registry.licences.models import Condition, Licence
from registry.licences.states import ConditionStatus
from registry.register.models import Entry, Withdrawal
from registry.roles import ROLES
from registry.trail.models.events import Counter, Event

#: What an entry takes from the licence as it is.
DATES = (
    "valid_from",
    "valid_until",
    "suspended_from",
    "suspended_until",
    "revoked_from",
    "appealed_from",
    "surrendered_from",
    "ended_from",
)
_NUMBER = re.compile(r"([A-Z]+)(\d+)")


def faults() -> Iterator[str]:
    yield from _entries_and_licences()
    yield from _licences_and_events()
    yield from _states_and_events()
    yield from _counters_and_numbers()
    yield from _roles_and_permissions()


def _entries_and_licences() -> Iterator[str]:
    """The open entry of a listing says of its last licence what the licence says."""
    standing = _standing_conditions()
    last = {
        licence.listing_id: licence
        for licence in Licence.objects.order_by("granted_at", "pk").iterator(chunk_size=2000)
    }
    shown = set()
    for entry in Entry.objects.filter(shown_until=None).order_by("entry_number").iterator(chunk_size=2000):
        licence = last.get(entry.listing_id)
        shown.add(entry.listing_id)
        for field in _differing(entry, licence, standing):
            yield f"entry {entry.entry_number}: {field} is not that of {licence or 'an application'}"
    for listing, licence in last.items():
        if listing not in shown:
            yield f"licence {licence}: is not on the register"


def _differing(entry: Entry, licence: Licence | None, standing: Mapping[int, int]) -> Iterator[str]:
    if licence is None:
        yield from (field for field in DATES if getattr(entry, field) is not None)
        return
    yield from (field for field in DATES if getattr(entry, field) != getattr(licence, field))
    if entry.number != licence.number:
        yield "number"
    if sorted(entry.sectors) != sorted(licence.sectors):
        yield "sectors"
    if entry.condition_count != standing.get(licence.pk, 0):
        yield "condition_count"


def _standing_conditions() -> dict[int, int]:
    counted = Condition.objects.exclude(status=ConditionStatus.DISCHARGED).values("licence").annotate(n=Count("pk"))
    return dict(counted.values_list("licence", "n"))


def _licences_and_events() -> Iterator[str]:
    """Each date of a licence is the one that the last event about it has written down."""
    written: dict[str, dict[str, Any]] = defaultdict(dict)
    events = Event.objects.filter(kind="licence").order_by("number").values_list("reference", "facts")
    for number, facts in events.iterator(chunk_size=2000):
        written[number].update({field: facts[field] for field in DATES if field in facts})
    for licence in Licence.objects.order_by("pk").iterator(chunk_size=2000):
        for field in DATES:
            value = getattr(licence, field)
            if _said(value) != written[licence.number].get(field):
                yield f"licence {licence}: no event has written its {field}"


def _said(value: date | None) -> Any:
    return signing.plain(value)


def _states_and_events() -> Iterator[str]:
    """The state of each thing that has a lifecycle is the one in which its last event left it."""
    for model in apps.get_models():
        if hasattr(model, "lifecycle") and any(field.name == "status" for field in model._meta.fields):
            yield from _states_of(model)


def _states_of(model: type[models.Model]) -> Iterator[str]:
    kind = str(model._meta.model_name)
    left = dict(
        Event.objects.filter(kind=kind)
        .exclude(after="")
        .order_by("number")
        .values_list("reference", "after")
        .iterator()
    )
    for thing in model._base_manager.order_by("pk").iterator(chunk_size=2000):
        reference = str(getattr(thing, "reference", None) or thing.pk)
        status = str(getattr(thing, "status", ""))
        if reference in left and left[reference] != status:
            yield f"{kind} {reference}: is {status}, and its last event left it {left[reference]}"


def _counters_and_numbers() -> Iterator[str]:
    """No counter is below a number that it has given."""
    drawn = dict(Counter.objects.values_list("name", "value"))
    for name, highest in _highest_numbers():
        if drawn.get(name, 0) < highest:
            yield f"counter {name}: is {drawn.get(name, 0)}, and {highest} was given"


def _highest_numbers() -> Iterator[tuple[str, int]]:
    highest: dict[str, int] = defaultdict(int)
    numbers: Iterable[str] = Licence.objects.values_list("number", flat=True)
    for number in numbers:
        if found := _NUMBER.fullmatch(number):
            name = f"licence {found[1]}"
            highest[name] = max(highest[name], int(found[2]))
    yield from highest.items()
    drawn = Cast(Substr("number", len("APP-") + 1), models.BigIntegerField())
    applicants = Entry.objects.filter(number__startswith="APP-").aggregate(last=Max(drawn))
    yield Counter.APPLICANTS, applicants["last"] or 0
    yield Counter.WITHDRAWALS, Withdrawal.objects.aggregate(last=Max("number"))["last"] or 0


def _roles_and_permissions() -> Iterator[str]:
    """Each role gives what `registry.permissions` says and nothing else."""
    for group in Group.objects.filter(~Q(name=""), name__in=ROLES).prefetch_related("permissions__content_type"):
        given = {f"{one.content_type.app_label}.{one.codename}" for one in group.permissions.all()}
        for name in sorted(given ^ set(ROLES[group.name].codenames)):
            yield f"role {group.name}: {'gives' if name in given else 'does not give'} {name}"
