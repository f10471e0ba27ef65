"""What may be erased tonight, what is listed for two people first, and what could not be erased."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from licensing.retention.models import ErasureBatch, ErasureFailure, ErasureKey
from licensing.retention.queries.retention import due_for_erasure
from licensing.retention.states import OPEN_BATCHES, ErasureBatchStatus
from registry.retention import queries as retention
from registry.retention.models import Erasure
from registry.retention.queries import DueErasure

#: A batch that two people read through.
MOST_LISTED = 500


def key_of(due: DueErasure) -> ErasureKey:
    return due.rule, due.kind, due.reference


@dataclass(slots=True)
class Tonight:
    """What is due, sorted. `is_whole`: all that is due was looked at."""

    to_erase: list[DueErasure] = field(default_factory=list)
    again: list[DueErasure] = field(default_factory=list)  # failed before
    to_list: list[DueErasure] = field(default_factory=list)
    keys: set[ErasureKey] = field(default_factory=set)
    is_whole: bool = True


def tonight(today: date, *, most: int | None, tried_before: datetime) -> Tonight:
    """At most so many things that no one need approve or two have, then what failed before this instant; and what is to be listed."""
    found, failing = Tonight(), {one.key: one.tried_at for one in ErasureFailure.objects.failing()}
    approved = ErasureBatch.objects.keys(ErasureBatchStatus.APPROVED)
    listed = ErasureBatch.objects.keys(*OPEN_BATCHES)
    for due in due_for_erasure(today):
        if most is not None and len(found.to_erase) >= most:
            found.is_whole = False
            break
        key = key_of(due)
        found.keys.add(key)
        if key not in approved and retention.listed_days(due.rule, today):
            found.to_list += [due] if key not in listed else []
        elif key not in failing:
            found.to_erase.append(due)
        elif failing[key] < tried_before:
            found.again.append(due)
    return found


def erased_of(batch: ErasureBatch) -> int:
    """Of how many things of the batch something was erased since it was approved."""
    done = Erasure.objects.filter(at__gte=batch.decided_at, rule__in={rule for rule, _kind, _thing in batch.keys})
    return len(batch.keys & {(one.rule, one.kind, one.reference) for one in done})


@dataclass(frozen=True, slots=True)
class ListedThing:
    """A thing of a batch as people read it."""

    rule: str
    reference: str


def things_of(batch: ErasureBatch) -> list[ListedThing]:
    titles = {rule: retention.title_of(rule) for rule, _kind, _reference in batch.things}
    return [ListedThing(titles[rule], reference) for rule, _kind, reference in batch.things]


def days_listed(things: Iterable[DueErasure], today: date) -> int:
    """By the longest of the rules."""
    return max(retention.listed_days(one.rule, today) or 0 for one in things)
