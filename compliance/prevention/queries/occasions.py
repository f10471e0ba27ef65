"""The occasions on which a business could have a preventive measure: rounds, visits and cases, with who had it then.

Of a visit or a case, a business with the measure within `WITHIN` days had it, and what followed counts from the end of these days,
for both sides. So a business that fails before it could have the measure does not count as one without it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta

from django.utils import timezone

from compliance.advice.models import Advice
from compliance.advice.states import AdviceWay
from compliance.enforcement.models.cases import UnlicensedCase, UserNotice
from compliance.enforcement.models.undertakings import Undertaking
from compliance.follow_ups.models import FollowUp
from compliance.inspections.states import ChosenHow
from compliance.prevention.queries.background import Background, SeenVisit
from compliance.prevention.rules import Occasion
from compliance.prevention.states import FollowedOutcome, PreventiveMeasure
from compliance.targeting.models import Choice, VisitRound
from compliance.targeting.rules import random_sample
from compliance.targeting.states import RECIPE
from registry.licences.models import Condition

#: How long after a visit, and after a case was opened, a measure is because of it.
AFTER_VISIT, AFTER_CASE = timedelta(days=60), timedelta(days=180)
M = PreventiveMeasure
Days = Mapping[int, Iterable[date]]
Taken = Callable[[SeenVisit], Iterable[date]]
Measures = Iterator[tuple[PreventiveMeasure, list[Occasion]]]


def occasions_of(scheme: str, known: Background) -> Measures:
    """Of each measure, in the order in which pages show them."""
    yield M.RANDOM_VISIT, list(_rounds(scheme, known))
    yield M.ANNOUNCED_VISIT, list(_announced(known))
    conditions, asked = _conditions(scheme), _follow_ups(scheme)
    yield M.CONDITION, list(_after_visits(known, lambda one: conditions[one.number]))
    yield M.FOLLOW_UP, list(_after_visits(known, lambda one: asked[one.pk]))
    said, written = _advice(scheme, AdviceWay.VISIT), _advice(scheme, AdviceWay.LETTER)
    yield M.ADVICE, list(_after_visits(known, lambda one: said[one.pk]))
    yield M.LETTER, list(_after_visits(known, lambda one: written[one.pk]))
    cases = list(UnlicensedCase.objects.filter(scheme=scheme).exclude(organisation=None).order_by("opened_at", "pk"))
    yield M.WARNING, list(_after_cases(cases, known, _warnings(scheme)))
    yield M.UNDERTAKING, list(_after_cases(cases, known, _undertakings(scheme)))


def _rounds(scheme: str, known: Background) -> Iterator[Occasion]:
    """Chance alone decided: of each list, those that no one chose. A visit of the same round is what was done, not what followed."""
    rows = VisitRound.objects.filter(scheme=scheme, recipe=RECIPE).exclude(drawn_at=None).order_by("drawn_at", "pk")
    drawn: dict[int, set[str]] = defaultdict(set)
    for of_round, number in Choice.objects.filter(how=ChosenHow.RANDOM).values_list("round", "licence__number"):
        drawn[of_round].add(number)
    for one in rows:
        if one.drawn_at is None:
            continue
        on = timezone.localdate(one.drawn_at)
        for row in random_sample.as_listed(one.listed):
            if row.is_random and row.number in known.organisations:
                looks = known.looks(row.number, but=one.pk)
                treated = row.number in drawn[one.pk]
                yield Occasion(row.number, on, treated, (one.reference,), known.events(row.number), looks)


def _visits(known: Background) -> Iterator[SeenVisit]:
    for visits in known.visits.values():
        yield from (one for one in visits if one.is_after_grant and one.number in known.organisations)


def _announced(known: Background) -> Iterator[Occasion]:
    for one in _visits(known):
        if one.announced is not None:
            yield _of_visit(one, known, treated=one.announced, on=one.on)


def _after_visits(known: Background, taken: Taken) -> Iterator[Occasion]:
    """After each visit that found a standard not met."""
    for one in _visits(known):
        if one.unmet:
            end = one.on + AFTER_VISIT
            yield _of_visit(one, known, treated=any(one.on <= day <= end for day in taken(one)), on=end)


def _of_visit(one: SeenVisit, known: Background, *, treated: bool, on: date) -> Occasion:
    """Matched on what was known before the visit, and on whether it found one standard not met, or several."""
    found = ("0", "1", "2 or more")[min(len(one.unmet), 2)]
    group = (*known.group(one.number, one.on), found)
    return Occasion(one.number, on, treated, group, known.events(one.number), known.looks(one.number, unmet=one.unmet))


def _after_cases(cases: Iterable[UnlicensedCase], known: Background, taken: Days) -> Iterator[Occasion]:
    """After each case of supply without a licence was opened, matched on whether it is against a supplier or a labour user."""
    opened: dict[int, list[date]] = defaultdict(list)
    for one in cases:
        opened[one.organisation_id or 0].append(timezone.localdate(one.opened_at))
    for one in cases:
        firm, day = one.organisation_id or 0, timezone.localdate(one.opened_at)
        end = day + AFTER_CASE
        treated = any(day <= each <= end for each in taken.get(one.pk, ()))
        events: dict[str, tuple[date, ...]] = {
            FollowedOutcome.REPORT: tuple(known.reports.get(firm, ())),
            FollowedOutcome.NEW_CASE: tuple(opened[firm]),
        }
        yield Occasion(f"firm {firm}", end, treated, (one.against,), events)


# --- on which days the measures were taken ---


def _conditions(scheme: str) -> Mapping[str, Iterable[date]]:
    found: dict[str, list[date]] = defaultdict(list)
    for number, day in Condition.objects.filter(licence__scheme=scheme).values_list("licence__number", "imposed_on"):
        found[number].append(day)
    return found


def _follow_ups(scheme: str) -> Days:
    found: dict[int, list[date]] = defaultdict(list)
    for visit, at in FollowUp.objects.filter(inspection__scheme=scheme).values_list("inspection", "asked_at"):
        found[visit].append(timezone.localdate(at))
    return found


def _advice(scheme: str, way: AdviceWay) -> Days:
    found: dict[int, list[date]] = defaultdict(list)
    for visit, day in Advice.objects.filter(inspection__scheme=scheme, way=way).values_list("inspection", "given_on"):
        found[visit].append(day)
    return found


def _warnings(scheme: str) -> Days:
    found: dict[int, list[date]] = defaultdict(list)
    for case, at in UserNotice.objects.filter(case__scheme=scheme).values_list("case", "at"):
        found[case].append(timezone.localdate(at))
    return found


def _undertakings(scheme: str) -> Days:
    """From the day on which they are in force."""
    found: dict[int, list[date]] = defaultdict(list)
    rows = Undertaking.objects.filter(case__scheme=scheme).exclude(starts_on=None)
    for case, day in rows.values_list("case", "starts_on"):
        if day is not None:
            found[case].append(day)
    return found
