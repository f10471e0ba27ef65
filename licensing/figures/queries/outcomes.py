"""What was decided and what became of it, and how the conditions of licences stand."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from compliance.statistics.queries.figures import Bar, Figure
from licensing.appeals.models import Appeal
from licensing.appeals.states import SET_ASIDE
from licensing.decisions.models.decisions import Decision
from licensing.decisions.states.decisions import DecisionStatus
from licensing.decisions.states.kinds import DecisionKind
from licensing.figures.queries.tables import begins, list_of
from registry import schemes
from registry.licences.models import Condition
from registry.licences.states import ConditionStatus
from registry.overdue import passed
from registry.schemes import said
from registry.tasks.models import waited_for

#: How much of the title of a standard fits beside its bar.
LONGEST_LABEL = 30
MOST_BARS = 10
COLUMNS = ("number", "at_once", "departing", "lifted", "appealed", "reversed", "dropped")


def count_decisions(scheme: str, on: date) -> dict[str, list[int]]:
    """By kind, what was decided in the last twelve months, what was undone since, and what was proposed and not decided."""
    taken, dropped = Q(status=DecisionStatus.DECIDED), Q(status=DecisionStatus.DROPPED)
    since = begins(on)
    rows = Decision.objects.filter(taken & Q(decided_at__gte=since) | dropped & Q(proposed_at__gte=since))
    rows = rows.filter(Q(application__scheme=scheme) | Q(licence__scheme=scheme))
    counted: Any = (
        rows.alias(
            is_lifted=Exists(_lifted_early()),
            is_appealed=Exists(_appeals()),
            is_reversed=Exists(_appeals().filter(outcome__in=SET_ASIDE)),
        )
        .order_by()
        .values("kind")
        .annotate(
            number=Count("pk", filter=taken),
            at_once=Count("pk", filter=taken & Q(immediate=True)),
            departing=Count("pk", filter=taken & Q(departs_because__gt="")),
            lifted=Count("pk", filter=taken & Q(kind=DecisionKind.SUSPEND, is_lifted=True)),
            appealed=Count("pk", filter=taken & Q(is_appealed=True)),
            reversed=Count("pk", filter=taken & Q(is_reversed=True)),
            dropped=Count("pk", filter=dropped),
        )
    )
    return {row["kind"]: [row[column] for column in COLUMNS] for row in counted}


def decisions(counted: Iterable[dict[str, list[int]]], scheme: str, on: date) -> Figure:
    """Of what was counted on a day, scheme by scheme, all together."""
    found = list(counted)
    none = [0] * len(COLUMNS)
    shown: list[tuple[Any, ...]] = [
        (str(kind.label), *map(sum, zip(none, *(one.get(kind.value, none) for one in found), strict=True)))
        for kind in DecisionKind
    ]
    return Figure(
        "decisions",
        _("Decisions and their reversal"),
        _("Decisions taken in this month and the eleven before it, and proposals of these months that were dropped."),
        (
            _("Kind"),
            _("Decided"),
            _("With immediate effect"),
            _("Different from what the score proposed"),
            _("Lifted before its last day"),
            _("Appealed against"),
            _("Reversed on appeal"),
            _("Proposed and dropped"),
        ),
        tuple(shown),
        tuple(Bar(row[0], row[1]) for row in shown),
        _("decisions"),
        lists=tuple(_lists_of_kind(scheme, kind.value, begins(on)) for kind in DecisionKind),
    )


def _appeals() -> "QuerySet[Appeal]":
    """Those against one decision that arrived with the secretariat."""
    return Appeal.objects.filter(decision=OuterRef("pk"), received_on__isnull=False)


def _lifted_early() -> Any:
    """The decisions to lift a suspension from a day that is one of its own."""
    return Decision.objects.filter(
        licence=OuterRef("licence"),
        kind=DecisionKind.LIFT,
        status=DecisionStatus.DECIDED,
        decided_at__gt=OuterRef("decided_at"),
        takes_effect__lte=OuterRef("until"),
    )


def conditions(scheme: str, on: date) -> Figure:
    """Conditions of licences by the standard that they are about; those with most open ones first."""
    overdue = waited_for(Condition, "meet") & passed("due_on", on)
    rows = Condition.objects.filter(licence__scheme=scheme) if scheme else Condition.objects.all()
    counted: Any = (
        rows.order_by()
        .values("standard", of=F("licence__scheme"))
        .annotate(
            late=Count("pk", filter=overdue),
            **{status.value: Count("pk", filter=Q(status=status)) for status in ConditionStatus},
        )
    )
    ordered = sorted(counted, key=lambda row: (-row[ConditionStatus.OPEN], row["of"], row["standard"]))
    shown = [
        (
            _standard(row["of"], row["standard"], on),
            said(schemes.in_force(row["of"], on).title, get_language()),
            *(row[status.value] for status in ConditionStatus),
            row["late"],
        )
        for row in ordered
    ]
    return Figure(
        "conditions",
        _("Conditions by standard"),
        _("Conditions of all licences, by status today."),
        (_("Standard"), _("Scheme"), *(status.label for status in ConditionStatus), _("Open and overdue")),
        tuple(shown),
        tuple(Bar(Truncator(row[0]).chars(LONGEST_LABEL), row[2]) for row in shown[:MOST_BARS]),
        _("open conditions"),
        lists=tuple(_lists_of_standard(row["of"], row["standard"]) for row in ordered),
    )


def _lists_of_kind(scheme: str, kind: str, since: datetime) -> tuple[str, ...]:
    """Of what was decided, at once or not, and of what was dropped; the list knows nothing of what became of it besides."""
    of_kind = (("kind", kind), ("since", timezone.localdate(since).isoformat()))
    decided = (("status", DecisionStatus.DECIDED.value), *of_kind)
    dropped = (("status", DecisionStatus.DROPPED.value), *of_kind)
    at_once = list_of("decisions", scheme, *decided, ("immediate", "on"))
    return ("", list_of("decisions", scheme, *decided), at_once, "", "", "", "", list_of("decisions", scheme, *dropped))


def _lists_of_standard(scheme: str, standard: str) -> tuple[str, ...]:
    each = [
        list_of("conditions", scheme, ("standard", standard), ("status", status.value)) for status in ConditionStatus
    ]
    return ("", "", *each, list_of("conditions", scheme, ("standard", standard), ("due", "overdue")))


def _standard(scheme: str, code: str, on: date) -> str:
    """By its number and title in the version in force; one that it has no more, by its number."""
    known = {one.code: one for one in schemes.in_force(scheme, on).standards}
    return f"{code} {said(known[code].title, get_language())}" if code in known else code
