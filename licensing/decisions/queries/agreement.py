"""Whether each decision that was taken has been carried out, as the trail says (registry.trail.actions.verifications)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import islice

from licensing.decisions.models.decisions import Decision
from licensing.decisions.states.decisions import DecisionStatus
from licensing.decisions.states.rows import KINDS
from registry.licences.models import Licence
from registry.trail.models.events import Event

#: What is done to a licence in the moment in which it is decided.
CARRIED_OUT_BY = {kind: row.carried_out_by for kind, row in KINDS.items() if row.carried_out_by}
_VERBS = frozenset().union(*CARRIED_OUT_BY.values())


CHUNK = 2_000


def faults() -> Iterator[str]:
    """Each decision to grant, suspend, lift, revoke or accept a surrender has its event about the licence, at the same instant."""
    decisions = Decision.objects.filter(status=DecisionStatus.DECIDED, kind__in=list(CARRIED_OUT_BY))
    found = decisions.select_related("licence", "application").order_by("pk").iterator(chunk_size=CHUNK)
    while some := list(islice(found, CHUNK)):
        yield from _not_carried_out(some)


def _not_carried_out(decisions: list[Decision]) -> Iterator[str]:
    numbers = _numbers_of_holders([one.application.organisation_id for one in decisions if one.application])
    licences = {one.pk: _licences_of(one, numbers) for one in decisions}
    done = _done_to_licences([number for found in licences.values() for number in found])
    for decision in decisions:
        verbs = set().union(*(done[number, decision.decided_at] for number in licences[decision.pk]))
        if not verbs & CARRIED_OUT_BY[decision.kind]:
            yield f"decision {decision.reference}: no event about a licence carries it out"


def _licences_of(decision: Decision, numbers: Mapping[tuple[int, str], list[str]]) -> list[str]:
    if decision.licence:
        return [decision.licence.number]
    application = decision.application
    return numbers.get((application.organisation_id, application.scheme), []) if application else []


def _done_to_licences(numbers: list[str]) -> defaultdict[tuple[str, datetime | None], set[str]]:
    done: defaultdict[tuple[str, datetime | None], set[str]] = defaultdict(set)
    events = Event.objects.filter(kind="licence", verb__in=_VERBS, reference__in=numbers)
    for number, at, verb in events.values_list("reference", "at", "verb"):
        done[number, at].add(verb)
    return done


def _numbers_of_holders(organisations: list[int]) -> dict[tuple[int, str], list[str]]:
    numbers: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
    held = Licence.objects.filter(organisation__in=organisations).values_list("organisation_id", "scheme", "number")
    for organisation, scheme, number in held:
        numbers[organisation, scheme].append(number)
    return dict(numbers)
