"""Whether each decision that was taken has been carried out, as the trail says (registry.trail.actions.verifications)."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from licensing.decisions.models.decisions import Decision
from licensing.decisions.states.decisions import DecisionStatus
from licensing.decisions.states.rows import KINDS
from registry.licences.models import Licence
from registry.trail.models.events import Event

#: What is done to a licence in the moment in which it is decided.
CARRIED_OUT_BY = {kind: row.carried_out_by for kind, row in KINDS.items() if row.carried_out_by}
_VERBS = frozenset().union(*CARRIED_OUT_BY.values())


def faults() -> Iterator[str]:
    """Each decision to grant, suspend, lift, revoke or accept a surrender has its event about the licence, at the same instant."""
    done = _done_to_licences()
    numbers = _numbers_of_holders()
    decisions = Decision.objects.filter(status=DecisionStatus.DECIDED, kind__in=list(CARRIED_OUT_BY))
    for decision in decisions.select_related("licence", "application").order_by("pk").iterator(chunk_size=2000):
        if decision.licence:
            licences = [decision.licence.number]
        else:
            application = decision.application
            licences = numbers[application.organisation_id, application.scheme] if application else []
        verbs = set().union(*(done[number, decision.decided_at] for number in licences))
        if not verbs & CARRIED_OUT_BY[decision.kind]:
            yield f"decision {decision.reference}: no event about a licence carries it out"


def _done_to_licences() -> defaultdict[tuple[str, datetime | None], set[str]]:
    done: defaultdict[tuple[str, datetime | None], set[str]] = defaultdict(set)
    events = Event.objects.filter(kind="licence", verb__in=_VERBS).values_list("reference", "at", "verb")
    for number, at, verb in events.iterator(chunk_size=2000):
        done[number, at].add(verb)
    return done


def _numbers_of_holders() -> defaultdict[tuple[int, str], list[str]]:
    numbers: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
    for organisation, scheme, number in Licence.objects.values_list("organisation_id", "scheme", "number"):
        numbers[organisation, scheme].append(number)
    return numbers
