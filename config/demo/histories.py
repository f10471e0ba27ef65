"""Stories of providers on the register alone: licensed, changed and ended by the actions of the registry, without their cases.

So stand those whom the authority licensed before it kept its cases here. Days are counted from the day of the application.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from random import Random
from typing import Any

from django.utils import timezone

from compliance.inspections import actions as inspections
from config.demo import case_steps as stories
from config.demo.casting import DAY, Cast, Story, StoryPart
from licensing.application_form.rules.facts import PARTICULARS
from registry import schemes, workdays
from registry.licences.actions import conditions, licences
from registry.licences.models import Condition, Licence
from registry.organisations import actions as organisations
from registry.organisations.models import Organisation
from registry.register.actions import listings

# Page of the form → the role of those who are listed there.
ROLES = {"directors": "director", "partners": "partner", "officers": "controller", "supervisors": "named_individual"}
LATE_PAY = "Workers were not paid what they are owed, and records were not kept."
REQUIREMENT = "Put right what the inspection found, and send the evidence."


def registered(cast: Cast, part: StoryPart, random: Random) -> Story:
    """From the application to wherever `part.ends` says."""
    at = part.began
    yield at
    firm = _filed(part, at)
    _applied(cast, part, firm, at)
    yield (at := at + 30 * DAY)
    licence = _licensed(cast, part, firm, at)
    yield from AFTERWARDS[part.ends](cast, part, licence, at)


def _filed(part: StoryPart, at: datetime) -> Organisation:
    """The file as an application would have left it; a firm that is to be renamed still has its old name."""
    by, facts = part.user, part.firm.profile.facts
    changes = {field: facts[key] for key, field in PARTICULARS.items() if key in facts}
    if part.ends == "renamed":
        changes |= {"legal_name": facts["former_names"][0], "former_names": []}
    firm = organisations.open_file(legal_name=changes["legal_name"], by=by, at=at)
    firm = organisations.update(firm, changes=changes, by=by, at=at)
    today = timezone.localdate(at)
    for kind, person in _people(part):
        title = str(person.get("job_title", ""))
        organisations.name(firm, kind=kind, particulars=person, title=title, since=today, by=by, at=at)
    return firm


def _people(part: StoryPart) -> Iterator[tuple[str, Any]]:
    yield from part.firm.profile.people.items()
    for page, listed in part.firm.profile.lists.items():
        yield from ((ROLES[page], person) for person in listed)


def _applied(cast: Cast, part: StoryPart, firm: Organisation, at: datetime) -> None:
    facts = part.firm.profile.facts
    listings.show_applicant(
        firm,
        scheme=cast.scheme,
        sectors=facts["sectors"],
        supplies_to=facts["countries_supplied"],
        applied_on=timezone.localdate(at),
        by=part.user,
        at=at,
    )


def _licensed(cast: Cast, part: StoryPart, firm: Organisation, at: datetime) -> Licence:
    facts, starts = part.firm.profile.facts, timezone.localdate(at)
    scheme = schemes.in_force(cast.scheme, starts)
    return licences.issue(
        firm,
        scheme=scheme,
        sectors=facts["sectors"],
        countries_supplied=facts["countries_supplied"],
        starts=starts,
        until=workdays.last_day_of_term(starts, scheme.licence_months),
        by=cast.decision_maker,
        at=at,
    )


def _nothing(_cast: Cast, _part: StoryPart, _licence: Licence, _at: datetime) -> Story:
    yield from ()


def _held(cast: Cast, part: StoryPart, licence: Licence, at: datetime) -> Story:
    """Licensed again on the day after each licence has run out, year after year."""
    while True:
        yield (at := at + (licence.valid_until - timezone.localdate(at)).days * DAY + DAY)
        licence = _licensed(cast, part, licence.organisation, at)


def _conditioned(cast: Cast, licence: Licence, at: datetime) -> Condition:
    """A condition under the first standard that is not critical."""
    scheme = schemes.get(licence.scheme, licence.version)
    standard = next(standard for standard in scheme.standards if not standard.critical)
    today = timezone.localdate(at)
    return conditions.impose(
        licence,
        standard=standard.code,
        requirement=REQUIREMENT,
        due_on=today + 90 * DAY,
        on=today,
        by=cast.decision_maker,
        at=at,
    )


def _with_conditions(cast: Cast, _part: StoryPart, licence: Licence, at: datetime) -> Story:
    _conditioned(cast, licence, at)
    yield from ()


def _conditions_met(cast: Cast, _part: StoryPart, licence: Licence, at: datetime) -> Story:
    condition = _conditioned(cast, licence, at)
    yield (at := at + 72 * DAY)
    conditions.discharge(
        condition, on=timezone.localdate(at), because="The evidence came and is sound.", by=cast.decision_maker, at=at
    )


def _condition_failed(cast: Cast, part: StoryPart, licence: Licence, at: datetime) -> Story:
    condition = _conditioned(cast, licence, at)
    yield (at := at + 91 * DAY)
    conditions.fail(
        condition, on=timezone.localdate(at), because="Nothing came by the day.", by=cast.decision_maker, at=at
    )
    yield from _revoked_after(cast, licence, at, days=12, notice=3)


def _revoked_after(cast: Cast, licence: Licence, at: datetime, *, days: int, notice: int) -> Story:
    yield (at := at + days * DAY)
    licences.revoke(licence, takes_effect=_day(at, notice), because=LATE_PAY, by=cast.decision_maker, at=at)


def _revoked(cast: Cast, _part: StoryPart, licence: Licence, at: datetime) -> Story:
    return _revoked_after(cast, licence, at, days=100, notice=5)


def _revocation_to_come(cast: Cast, _part: StoryPart, licence: Licence, at: datetime) -> Story:
    return _revoked_after(cast, licence, at, days=90, notice=45)


def _suspended(cast: Cast, _part: StoryPart, licence: Licence, at: datetime) -> Story:
    yield (at := at + 60 * DAY)
    licences.suspend(licence, starts=_day(at, 1), until=_day(at, 120), because=LATE_PAY, by=cast.decision_maker, at=at)


def _suspension_lifted(cast: Cast, part: StoryPart, licence: Licence, at: datetime) -> Story:
    for step in _suspended(cast, part, licence, at):
        yield (at := step)
    yield (at := at + 20 * DAY)
    licences.lift(
        licence, lifted_from=_day(at, 1), because="The workers have been paid.", by=cast.decision_maker, at=at
    )


def _surrendered(cast: Cast, _part: StoryPart, licence: Licence, at: datetime) -> Story:
    yield (at := at + 90 * DAY)
    because = "The holder has stopped trading."
    licences.surrender(licence, takes_effect=_day(at, 5), because=because, by=cast.decision_maker, at=at)


def _ended(cast: Cast, part: StoryPart, licence: Licence, at: datetime) -> Story:
    """Its own number changed, and three weeks later it holds a licence with another number."""
    yield (at := at + 110 * DAY)
    licences.end(licence, ended_from=_day(at, 0), because="company_number", by=cast.case_officer, at=at)
    yield (at := at + 21 * DAY)
    _licensed(cast, part, licence.organisation, at)


def _renamed(cast: Cast, part: StoryPart, licence: Licence, at: datetime) -> Story:
    yield (at := at + 80 * DAY)
    facts = part.firm.profile.facts
    changes = {"legal_name": facts["legal_name"], "former_names": facts["former_names"]}
    firm = organisations.update(licence.organisation, changes=changes, by=part.user, at=at)
    listings.republish(firm, by=cast.case_officer, at=at)


def _moved(cast: Cast, part: StoryPart, licence: Licence, at: datetime) -> Story:
    """The business moves to where the first person listed lives."""
    yield (at := at + 70 * DAY)
    listed = [person for people in part.firm.profile.lists.values() for person in people]
    changes = {"address": listed[0]["address"], "telephone": part.firm.profile.facts["mobile"]}
    firm = organisations.update(licence.organisation, changes=changes, by=part.user, at=at)
    listings.republish(firm, by=cast.case_officer, at=at)


def _day(at: datetime, later: int) -> date:
    return timezone.localdate(at) + later * DAY


AFTERWARDS: dict[str, Callable[[Cast, StoryPart, Licence, datetime], Story]] = {
    "licensed": _nothing,
    "expired": _nothing,
    "held": _held,
    "with_conditions": _with_conditions,
    "conditions_met": _conditions_met,
    "condition_failed": _condition_failed,
    "revoked": _revoked,
    "revocation_to_come": _revocation_to_come,
    "suspended": _suspended,
    "suspension_lifted": _suspension_lifted,
    "surrendered": _surrendered,
    "ended": _ended,
    "renamed": _renamed,
    "moved": _moved,
}


def visited(cast: Cast, licence: Licence, ends: str, at: datetime) -> Story:
    """A compliance inspection of a holder, as far as `ends` says; `unmet` is confirmed with two standards not met."""
    yield at
    brief = "Routine visit. See the wage records of the last quarter and speak with eight workers."
    inspection = stories.commission(cast, licence, brief, days=28, at=at)
    if ends == "inspection_called_off":
        yield (at := at + 5 * DAY)
        because = "The business has no workers out of season."
        inspections.call_off(inspection, because=because, by=cast.case_officer, at=at)
    elif ends != "inspection_commissioned":
        yield from stories.inspected(cast, inspection, at, unmet=2 * (ends == "inspection_unmet"), stop=ends)
