"""What the sample licences score, rounds of the past with what they found, and one in which it is chosen who is visited."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from django.utils import timezone

from compliance import jobs
from compliance.inspection_reports import actions as visit_reports
from compliance.inspections import actions as inspections
from compliance.inspections.models import Inspection
from compliance.inspections.rules import StandardFinding
from compliance.targeting.actions import explanations, rounds, weights
from compliance.targeting.models import Choice, VisitExplanation, VisitRound, Weighting
from compliance.targeting.queries import rounds as rounds_queries
from compliance.targeting.queries import scores
from config.demo.inspecting import SEEN, signed
from config.demo.people import person
from registry.schemes import Scheme

CAPACITY = 5
# How many days ago rounds of the past were drawn, how many visits each had, and how many of them people chose.
# What followed within a year after the first is known, of enough visits selected at random.
PAST = ((400, 16, 2), (200, 10, 6), (140, 10, 6), (85, 10, 6))
# How often a visit finds something, by how it was chosen; nobody knows it but whoever made the sample.
FINDS = {"targeted": 0.5, "random": 0.25}
SEED = 20260406
FIGURES = "31415926535897932384"
WHY_OTHERS = "Visits of this year found more where standards had not been met before."
BRIEF = "Look at pay records and housing, and speak with workers."
WHY_NOT = "An inspector is to visit this business already, for another reason."
WHY = "The highest score of the list, and no one has been there since what was found."


def target(at: datetime) -> Iterator[object]:
    """Every licence in force is scored, as by night; under the scheme with the most of them a round is chosen and drawn.

    Before that there were rounds whose visits have been made and confirmed: they are what the evaluation looks at.
    """
    random = Random(SEED)
    for days, visits, chosen in PAST:
        yield from _past_round(at - timedelta(days=days), random, visits=visits, chosen=chosen)
    yield jobs.score_all(at=at)
    scheme, listed = _largest(at)
    yield _weights(scheme, at)
    if listed >= CAPACITY:
        yield from _round(scheme, at)


def _largest(at: datetime) -> tuple[Scheme, int]:
    """The scheme with the most licences in force, and how many."""
    day = timezone.localdate(at)
    held = [(one, rounds_queries.in_force(one.name, day).count()) for one in scores.scored_schemes(day)]
    return max(held, key=lambda of: of[1])


def _weights(scheme: Scheme, at: datetime) -> Weighting:
    """What an analyst proposes to count for more, tried on those rounds: it waits for a manager."""
    analyst = person("analyst")
    in_force = scores.weights_in_force(scheme, timezone.localdate(at)).steps
    first = next(iter(in_force))
    more = [(at_least, points + 2) for at_least, points in in_force[first]]
    return weights.propose(scheme, steps={**in_force, first: more}, because=WHY_OTHERS, by=analyst, at=at)


def _past_round(at: datetime, random: Random, *, visits: int, chosen: int) -> Iterator[object]:
    """A round of the scheme with the most licences then: all its visits are made, reported and confirmed, and it is closed.

    None where no scheme scored licences yet on that day.
    """
    if not scores.scored_schemes(timezone.localdate(at)):
        return
    yield jobs.score_all(at=at)
    scheme, listed = _largest(at)
    if listed < CAPACITY:
        return
    capacity = min(visits, listed)
    one = _drawn(scheme, capacity, at, chosen=capacity * chosen // visits)
    for choice in one.choices.select_related("licence__organisation", "round", "inspection").order_by("pk"):
        if Inspection.objects.open().filter(licence_number=choice.licence.number).exists():
            yield _explained(one, choice, at + timedelta(days=2))
        else:
            yield _visited(choice, random, at)
    yield rounds.close_round(one, by=person("manager"), at=at + timedelta(days=20))


def _explained(one: VisitRound, choice: Choice, at: datetime) -> VisitExplanation:
    """Another visit of the licence is planned already, so that of the round is not made: two agree."""
    manager, analyst = person("manager"), person("analyst")
    said = explanations.explain(one, number=choice.licence.number, because=WHY_NOT, by=manager, at=at)
    return explanations.accept_explanation(said, by=analyst, at=at + timedelta(days=1))


def _visited(choice: Choice, random: Random, at: datetime) -> Inspection:
    """Sent, reported, confirmed and told to the business within some weeks; what is found goes by chance."""
    officer, inspector, reviewer = (person(who) for who in ("case-officer", "inspector", "quality"))
    visit = rounds.send(
        choice, inspector=inspector, due_on=timezone.localdate(at) + timedelta(days=28), brief=BRIEF, by=officer, at=at
    )
    fails = visit.standards[2 : 2 + random.randint(1, 2)] if random.random() < FINDS[choice.how] else []
    seen = at + timedelta(days=random.randint(5, 15))
    given: list[StandardFinding] = [
        {
            "standard": code,
            "finding": "not_met" if code in fails else "met",
            "evidence": "Three of nine files seen lacked it." if code in fails else SEEN,
        }
        for code in visit.standards
    ]
    inspections.record_findings(
        visit,
        findings=given,
        summary="Looked at files and spoke with workers at the place of work.",
        visited_on=timezone.localdate(seen),
        by=inspector,
        at=seen,
    )
    signed(visit, at=seen)
    inspections.report(visit, by=inspector, at=seen + timedelta(days=1))
    visit = inspections.confirm(visit, by=reviewer, at=seen + timedelta(days=3))
    sent_at = seen + timedelta(days=4)
    visit_reports.send(visit, reply_by=timezone.localdate(sent_at) + timedelta(days=14), by=reviewer, at=sent_at)
    return visit


def _drawn(scheme: Scheme, capacity: int, at: datetime, *, chosen: int) -> VisitRound:
    """Opened by the manager; the analyst chooses the highest scores and fixes the list, and the manager draws."""
    manager, analyst = person("manager"), person("analyst")
    one = rounds.open_round(scheme, capacity=capacity, by=manager, at=at)
    for candidate in rounds_queries.candidates(one, by=analyst, on=timezone.localdate(at))[:chosen]:
        rounds.choose(one, number=candidate.number, because=WHY, by=analyst, at=at)
    fixed = rounds.fix(one, by=analyst, at=at)
    return rounds.draw(fixed, figures=FIGURES, by=manager, at=at)


def _round(scheme: Scheme, at: datetime) -> Iterator[VisitRound]:
    yield _drawn(scheme, CAPACITY, at, chosen=2)
