"""Whether what is derived agrees with what it is derived from: entries with licences, rows with events, counters with numbers.

Chains and digests show that a row was rewritten. These checks show what a rewrite made wrong, and find a fault of our own.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial
from itertools import chain, islice
from typing import Any, TypeVar

from django.apps import apps
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Count, Exists, Max, OuterRef, Q
from django.db.models.functions import Cast, Substr

from registry import signing
from registry.integrity.guards import GuardedCheck, unstopped
from registry.integrity.key_ranges import Each, KeyRange, in_range, key_ranges
from registry.integrity.row_contents import lets_in
from registry.licences.models import Condition, Licence
from registry.licences.states import DATES, ConditionStatus
from registry.register.models import Entry, Withdrawal
from registry.roles import ROLES
from registry.trail.models.covered import RowDigest, covered_models, said_of
from registry.trail.models.events import Counter, Event, reference_of

M = TypeVar("M", bound=models.Model)
CHUNK = 2_000
#: The verb of the event that took rows in as they were on the day on which their kind came to be covered.
TAKEN_IN = "cover"
_NUMBER = re.compile(r"([A-Z]+)(\d+)")


def faults(each: Each = map) -> Iterator[str]:
    """Of each part of a table side by side, as `each` calls them."""
    entries = GuardedCheck(_entries_and_licences, Entry, "entry with key")
    licences = GuardedCheck(_licences_and_events, Licence, "licence with key")
    yield from chain.from_iterable(each(entries, key_ranges(Entry.objects.all())))
    yield from unstopped("licences on the register", _licences_not_shown())
    yield from chain.from_iterable(each(licences, key_ranges(Licence.objects.all())))
    lived = (model for model in apps.get_models() if hasattr(model, "lifecycle") and hasattr(model, "status"))
    ways_in = (model for model in covered_models() if said_of(model).trail_person)
    yield from chain.from_iterable(each(_checked, _parts(_states_of, lived)))
    yield from chain.from_iterable(each(_checked, _parts(_ways_in_of, ways_in)))
    yield from unstopped("counters", _counters_and_numbers())
    yield from unstopped("roles", _roles_and_permissions())


def _entries_and_licences(limits: KeyRange) -> list[str]:
    """The open entry of a listing says of its last licence what the licence says."""
    entries = in_range(Entry.objects.filter(shown_until=None), limits).order_by("entry_number")
    compared = entries.only("entry_number", "listing_id", "number", "sectors", "condition_count", *DATES)
    return [
        f"entry {entry.entry_number}: {field} is not that of {licence or 'an application'}"
        for some in _chunks(compared)
        for entry, licence, standing in _with_last_licence(some)
        for field in _differing(entry, licence, standing)
    ]


def _with_last_licence(entries: "list[Entry]") -> "Iterator[tuple[Entry, Licence | None, int]]":
    """Each with the last licence of its listing, and how many of the conditions of that are in force."""
    licences = Licence.objects.filter(listing__in=[entry.listing_id for entry in entries])
    compared = licences.only("listing_id", "number", "sectors", *DATES).order_by("granted_at", "pk")
    last = {licence.listing_id: licence for licence in compared}
    standing = _standing_conditions([licence.pk for licence in last.values()])
    for entry in entries:
        licence = last.get(entry.listing_id)
        yield entry, licence, standing.get(licence.pk, 0) if licence else 0


def _licences_not_shown() -> Iterator[str]:
    is_shown = Entry.objects.filter(listing=OuterRef("listing"), shown_until=None)
    hidden = Licence.objects.filter(~Exists(is_shown)).order_by("granted_at", "pk")
    for licence in {licence.listing_id: licence for licence in hidden}.values():
        yield f"licence {licence}: is not on the register"


def _differing(entry: Entry, licence: Licence | None, standing: int) -> Iterator[str]:
    if licence is None:
        yield from (field for field in DATES if getattr(entry, field) is not None)
        return
    yield from (field for field in DATES if getattr(entry, field) != getattr(licence, field))
    if entry.number != licence.number:
        yield "number"
    if sorted(entry.sectors) != sorted(licence.sectors):
        yield "sectors"
    if entry.condition_count != standing:
        yield "condition_count"


def _standing_conditions(licences: list[int]) -> dict[int, int]:
    standing = Condition.objects.filter(licence__in=licences).exclude(status=ConditionStatus.DISCHARGED)
    return dict(standing.values("licence").annotate(n=Count("pk")).values_list("licence", "n"))


def _licences_and_events(limits: KeyRange) -> list[str]:
    """Each date of a licence is the one that the last event about it has written down."""
    licences = in_range(Licence.objects.all(), limits).only("number", *DATES).order_by("pk")
    return [
        f"licence {licence}: no event has written its {field}"
        for some in _chunks(licences)
        for licence, written in _with_written_dates(some)
        for field in DATES
        if _said(getattr(licence, field)) != written.get(field)
    ]


def _with_written_dates(licences: list[Licence]) -> Iterator[tuple[Licence, dict[str, Any]]]:
    written: dict[str, dict[str, Any]] = {licence.number: {} for licence in licences}
    events = Event.objects.filter(kind="licence", reference__in=list(written)).order_by("number")
    # No cursor of the server: for one that is to give the first row soon, PostgreSQL reads every event in the order of numbers.
    for number, facts in events.values_list("reference", "facts"):
        written[number].update({field: facts[field] for field in DATES if field in facts})
    return ((licence, written[licence.number]) for licence in licences)


def _chunks(rows: "models.QuerySet[M]") -> Iterator[list[M]]:
    found = rows.iterator(chunk_size=CHUNK)
    while some := list(islice(found, CHUNK)):
        yield some


def _said(value: date | None) -> Any:
    return signing.plain(value)


Check = Callable[[type[models.Model], KeyRange], list[str]]


def _parts(check: Check, models_: Iterable[type[models.Model]]) -> Iterator[tuple[Check, type[models.Model], KeyRange]]:
    return ((check, model, limits) for model in models_ for limits in key_ranges(model._base_manager.all()))


def _checked(part: tuple[Check, type[models.Model], KeyRange]) -> list[str]:
    check, model, limits = part
    return GuardedCheck(partial(check, model), model, f"{model._meta.model_name} with key")(limits)


def _states_of(model: type[models.Model], limits: KeyRange) -> list[str]:
    """The state of each thing that has a lifecycle is the one in which its last event left it."""
    kind, rows = str(model._meta.model_name), in_range(model._base_manager.all(), limits).order_by("pk")
    if any(field.name == "reference" for field in model._meta.concrete_fields):
        rows = rows.only("reference", "status")
    return [
        f"{kind} {reference}: is {status}, and its last event left it {left[reference]}"
        for some in _chunks(rows)
        for left, states in [_left_and_states(kind, some)]
        for reference, status in states
        if reference in left and left[reference] != status
    ]


def _left_and_states(kind: str, things: list[models.Model]) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """By reference how the last event left them, and with its reference how each is."""
    states = [(reference_of(thing), str(getattr(thing, "status", ""))) for thing in things]
    events = Event.objects.filter(kind=kind, reference__in=[reference for reference, _status in states])
    left = events.exclude(after="").order_by("number").values_list("reference", "after")
    return dict(left), states


def _ways_in_of(model: type[models.Model], limits: KeyRange) -> list[str]:
    """Each key, password, factor and address by which a person gets in was set by an event about that person, or about itself."""
    kind, rows = model._meta.label_lower, in_range(model._base_manager.all(), limits).order_by("pk").only("pk")
    return [
        f"{kind} {row}: no event about {person} has set it"
        for some in _chunks(rows)
        for people in [lets_in(model, [str(row.pk) for row in some])]
        for left in [_left_in_events(kind, people)]
        for row, (person, reference) in people.items()
        if not left.get(row, set()) & {person, reference, TAKEN_IN}
    ]


def _left_in_events(kind: str, rows: Iterable[str]) -> dict[str, set[str]]:
    """By row, what the event was about that left it as it is, and what was done."""
    last = dict(RowDigest.objects.filter(kind=kind, row__in=list(rows)).exclude(salt="").values_list("row", "event"))
    events = Event.objects.filter(number__in=last.values()).values_list("number", "reference", "verb")
    about = {number: {reference, verb} for number, reference, verb in events}
    return {row: about.get(number, set()) for row, number in last.items()}


def _counters_and_numbers() -> Iterator[str]:
    """No counter is below a number that it has given."""
    drawn = dict(Counter.objects.values_list("name", "value"))
    for name, highest in _highest_numbers():
        if drawn.get(name, 0) < highest:
            yield f"counter {name}: is {drawn.get(name, 0)}, and {highest} was given"


def _highest_numbers() -> Iterator[tuple[str, int]]:
    highest: dict[str, int] = defaultdict(int)
    numbers: Iterable[str] = Licence.objects.values_list("number", flat=True).iterator(chunk_size=CHUNK)
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
