"""What is known of every licence of a scheme over time: what it is matched on, and what followed. A query for each kind of thing."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from statistics import median

from django.utils import timezone

from compliance.inspections.models import Inspection, Result
from compliance.inspections.queries.inspections import REACTIVE
from compliance.inspections.states import ChosenHow, Finding
from compliance.prevention import rules
from compliance.prevention.states import FollowedOutcome
from compliance.reports.models.reports import Report
from compliance.targeting.models import LicenceScore
from registry.filtersets import midnight
from registry.licences.models import Licence
from registry.organisations.models import Fact
from registry.overdue import has_passed

Looks = dict[str, tuple[tuple[date, bool], ...]]


@dataclass(frozen=True, slots=True)
class SeenVisit:
    """A confirmed visit: its standards that were met and not met, and how it was chosen, where it was after the grant."""

    pk: int
    on: date
    kind: str
    number: str
    how: str
    round: int | None
    announced: bool | None
    met: frozenset[str]
    unmet: frozenset[str]

    @property
    def is_after_grant(self) -> bool:
        return self.kind in REACTIVE and bool(self.number)


@dataclass(frozen=True, slots=True)
class Background:
    """By number of a licence, all of one scheme. `middle` is the middle of all its scores that are not zero."""

    middle: float
    organisations: Mapping[str, int]
    ends: Mapping[str, date | None]
    visits: Mapping[int, Sequence[SeenVisit]]
    reports: Mapping[int, Sequence[date]]
    sizes: Mapping[int, Sequence[tuple[datetime, int]]]
    scores: Mapping[str, Sequence[tuple[datetime, datetime | None, int]]] = field(default_factory=dict)

    def group(self, number: str, on: date) -> rules.Group:
        """What it was on the morning of this day: size, score and what the last visit before found."""
        firm, morning = self.organisations[number], midnight(on)
        workers = [number for at, number in self.sizes.get(firm, ()) if at < morning]
        holding = [
            points
            for made, replaced, points in self.scores.get(number, ())
            if made < morning and (replaced is None or replaced >= morning)
        ]
        return (
            rules.size_class(workers[-1] if workers else None),
            rules.score_band(holding[-1] if holding else None, self.middle),
            rules.past_findings([(one.on, bool(one.unmet)) for one in self.visits.get(firm, ())], on),
        )

    def events(self, number: str) -> dict[str, tuple[date, ...]]:
        last = self.ends[number]
        reported = tuple(self.reports.get(self.organisations[number], ()))
        return {FollowedOutcome.REPORT: reported, FollowedOutcome.EXIT: (last,) if last else ()}

    def looks(self, number: str, *, unmet: frozenset[str] = frozenset(), but: int | None = None) -> Looks:
        """What visits found, of which those of the round `but` say nothing: at random whether anything was not met; of the
        standards `unmet`, whether all of them that were tested were met.
        """
        visits = self.visits.get(self.organisations[number], ())
        at_random = (one for one in visits if one.how == ChosenHow.RANDOM and one.round != but)
        looks: Looks = {FollowedOutcome.FAILURE: tuple((one.on, bool(one.unmet)) for one in at_random)}
        if unmet:
            tested = ((one, unmet & (one.met | one.unmet)) for one in visits)
            looks[FollowedOutcome.MET_AGAIN] = tuple((one.on, not codes & one.unmet) for one, codes in tested if codes)
        return looks


def background_of(scheme: str, today: date) -> Background:
    """Of all licences of the scheme, ended ones too."""
    licences = list(Licence.objects.filter(scheme=scheme).order_by("pk"))
    organisations = {one.number: one.organisation_id for one in licences}
    firms = set(organisations.values())
    scores = _scores(scheme)
    given = [points for rows in scores.values() for _made, _replaced, points in rows if points]
    return Background(
        middle=median(given) if given else 0.0,
        organisations=organisations,
        ends={one.number: _end(one, today) for one in licences},
        visits=_visits(scheme),
        reports=_reports(),
        sizes=_sizes(firms),
        scores=scores,
    )


def _end(licence: Licence, today: date) -> date | None:
    """The first day without it, once that has come."""
    return licence.last_day + timedelta(days=1) if has_passed(licence.last_day, today) else None


def _scores(scheme: str) -> dict[str, list[tuple[datetime, datetime | None, int]]]:
    found: dict[str, list[tuple[datetime, datetime | None, int]]] = defaultdict(list)
    rows = LicenceScore.objects.filter(scheme=scheme).order_by("made_at", "pk")
    for one in rows.values_list("licence__number", "made_at", "replaced_at", "points").iterator():
        number, made, replaced, points = one
        found[number].append((made, replaced, points))
    return found


def _visits(scheme: str) -> dict[int, list[SeenVisit]]:
    met, unmet = _findings(scheme, Finding.MET), _findings(scheme, Finding.NOT_MET)
    confirmed = Inspection.objects.confirmed().filter(scheme=scheme).exclude(visited_on=None)
    asked = ("organisation", "pk", "visited_on", "kind", "licence_number", "choice__how", "choice__round")
    found: dict[int, list[SeenVisit]] = defaultdict(list)
    for firm, pk, on, *row, announced in confirmed.order_by("visited_on", "pk").values_list(*asked, "plan__announced"):
        kind, number, how, of_round = row
        found[firm].append(
            SeenVisit(pk, on, kind, number, how or "", of_round, announced, frozenset(met[pk]), frozenset(unmet[pk]))
        )
    return found


def _findings(scheme: str, finding: Finding) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    rows = Result.objects.filter(inspection__scheme=scheme, inspection__status="confirmed", finding=finding)
    for inspection, code in rows.values_list("inspection", "standard").iterator():
        found[inspection].add(code)
    return found


def _reports() -> dict[int, list[date]]:
    """The days alone: neither what was reported nor how."""
    found: dict[int, list[date]] = defaultdict(list)
    rows = Report.objects.exclude(organisation=None).order_by("received_at", "pk")
    for firm, at in rows.values_list("organisation", "received_at").iterator():
        found[firm].append(timezone.localdate(at))
    return found


def _sizes(firms: set[int]) -> dict[int, list[tuple[datetime, int]]]:
    found: dict[int, list[tuple[datetime, int]]] = defaultdict(list)
    rows = Fact.objects.filter(key="worker_numbers_now", handling={}).exclude(organisation=None).order_by("at", "pk")
    for firm, at, value in rows.values_list("organisation", "at", "value").iterator():
        if firm in firms and isinstance(value, int | str) and str(value).isdecimal():
            found[firm].append((at, int(value)))
    return found
