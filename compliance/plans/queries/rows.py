"""The lines of a week: one for each officer, region or district, with what each has planned."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from django.utils.translation import gettext

from compliance.plans.models import VisitPlan
from registry import identifiers
from registry.accounts.models import User
from registry.assignment.models import Absence

OfDay = tuple[str, list[VisitPlan], frozenset[date]]


def by_officer(visits: Iterable[VisitPlan], officers: Iterable[User], days: list[date]) -> Iterator[OfDay]:
    """Each officer with the visits that they make, in the lead or beside another, and the days on which they are away."""
    wanted = {officer.pk: officer for officer in officers}
    own: dict[User, list[VisitPlan]] = {officer: [] for officer in wanted.values()}
    for one in visits:
        for officer in [one.inspection.inspector, *(joint.officer for joint in one.joint.all())]:
            if not wanted or officer.pk in wanted:
                own.setdefault(officer, []).append(one)
    away = _away([officer.pk for officer in own], days)
    for officer in sorted(own, key=lambda one: (str(one), one.pk)):
        yield str(officer), own[officer], away.get(officer.pk, frozenset())


def by_region(visits: Iterable[VisitPlan]) -> Iterator[OfDay]:
    return _by(visits, lambda one: one.region, gettext("No region said"))


def by_district(visits: Iterable[VisitPlan]) -> Iterator[OfDay]:
    """The district is the first half of the postcode: visits of one district can be made on one journey."""
    return _by(visits, lambda one: identifiers.district_in(one.where), gettext("No postcode given"))


def last_without(name: str) -> tuple[bool, str]:
    return not name, name


def _by(visits: Iterable[VisitPlan], name_of: Callable[[VisitPlan], str], without: str) -> Iterator[OfDay]:
    own: dict[str, list[VisitPlan]] = {}
    for one in visits:
        own.setdefault(name_of(one), []).append(one)
    for name in sorted(own, key=last_without):
        yield name or without, own[name], frozenset()


def _away(people: list[int], days: list[date]) -> dict[int, frozenset[date]]:
    found = Absence.objects.filter(person__in=people, starts__lte=days[-1], until__gte=days[0])
    away: dict[int, set[date]] = {}
    for person, starts, until in found.values_list("person", "starts", "until"):
        away.setdefault(person, set()).update(day for day in days if starts <= day <= until)
    return {person: frozenset(own) for person, own in away.items()}
