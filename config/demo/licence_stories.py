"""Stories of a licence once it is issued."""

from datetime import datetime

from django.utils import timezone

from compliance.inspections.models import Inspection
from config.demo import appealing, keeping
from config.demo.case_steps import commission, inspected
from config.demo.casting import DAY, Cast, Story, StoryPart
from config.demo.deciding import decide, factors_weighed, ground_of, hear_and_decide
from licensing.conditions import actions as verifications
from licensing.decisions.actions import hearings, proposals
from licensing.decisions.rules.grounds import GivenGround
from licensing.decisions.rules.proposals import GivenCondition
from licensing.holding.actions import surrenders, transfers
from registry.licences.models import Licence


def licence_decided(
    cast: Cast, part: StoryPart, licence: Licence, at: datetime, *, kind: str, immediate: bool, from_days: int
) -> Story:
    """Inspected after grant, found wanting, notified, and decided by another."""
    yield (at := at + 40 * DAY)
    brief = "Reports of late pay. Come unannounced; see the wage records of the last quarter."
    inspection = commission(cast, licence, brief, days=14, at=at)
    for step in inspected(cast, inspection, at, unmet=4):
        yield (at := step)
    yield (at := at + 2 * DAY)
    seen = Inspection.objects.get(pk=inspection.pk)
    first = timezone.localdate(at) + from_days * DAY
    proposal = proposals.propose(
        licence,
        kind=kind,
        because="Workers were not paid what they are owed, and records were not kept.",
        **factors_weighed(at, licence.scheme, "great_loss", "systematic", "cooperates"),
        takes_effect=first,
        until=first + 120 * DAY if kind == "suspend" else None,
        immediate=immediate,
        immediate_because="Workers would go on unpaid until the time to appeal is over." if immediate else "",
        grounds=[ground_of(one, seen) for one in seen.results.filter(finding="not_met").order_by("pk")],
        inspections=[seen],
        departs_because="Time to put it right protects the workers better than an end." if kind == "suspend" else "",
        by=cast.second_case_officer,
        at=at,
    )
    yield from hear_and_decide(cast, proposal, at, from_days=from_days)


def revoked(cast: Cast, part: StoryPart, licence: Licence, at: datetime) -> Story:
    yield from licence_decided(cast, part, licence, at, kind="revoke", immediate=True, from_days=2)
    yield from appealing.after(licence, cast, part.user, appealing.against_what_held_at_once)


def revocation_to_come(cast: Cast, part: StoryPart, licence: Licence, at: datetime) -> Story:
    yield from licence_decided(cast, part, licence, at, kind="revoke", immediate=False, from_days=75)
    yield from appealing.after(licence, cast, part.user, appealing.against_a_revocation_to_come)


def suspended(cast: Cast, part: StoryPart, licence: Licence, at: datetime) -> Story:
    return licence_decided(cast, part, licence, at, kind="suspend", immediate=True, from_days=1)


def surrendered(cast: Cast, part: StoryPart, licence: Licence, at: datetime) -> Story:
    yield (at := at + 90 * DAY)
    asked = surrenders.ask(
        licence,
        takes_effect=timezone.localdate(at) + 20 * DAY,
        because="We have stopped trading.",
        by=part.user,
        at=at,
    )
    yield (at := at + 5 * DAY)
    decide(cast, asked, at)


def supplying(cast: Cast, part: StoryPart, licence: Licence, at: datetime) -> Story:
    return keeping.supplies(part.user, licence, at)


def in_order(cast: Cast, part: StoryPart, licence: Licence, at: datetime) -> Story:
    return keeping.in_order(part.user, licence, at)


def condition_seen_met(cast: Cast, part: StoryPart, licence: Licence, at: datetime) -> Story:
    """What the holder sent is looked at, and somebody proposes to discharge the condition."""
    for step in in_order(cast, part, licence, at):
        yield (at := step)
    condition = licence.conditions.order_by("pk")[0]
    yield (at := at + DAY)
    found = "The eight statements that came all have the terms that the standard asks for."
    verifications.check_at_desk(condition, is_met=True, text=found, by=cast.case_officer, at=at)
    yield (at := at + DAY)
    proposals.propose(
        licence,
        kind="discharge",
        condition=condition,
        because="What came shows that every worker now has a written statement.",
        by=cast.second_case_officer,
        at=at,
    )


def condition_to_vary(cast: Cast, part: StoryPart, licence: Licence, at: datetime) -> Story:
    """What is asked for turns out to be too little: other terms are proposed, and the holder may reply."""
    for step in in_order(cast, part, licence, at):
        yield (at := step)
    condition = licence.conditions.order_by("pk")[0]
    yield (at := at + DAY)
    holds = timezone.localdate(at) + 60 * DAY
    evidence = "What the holder sent covers those taken on since September; eleven others have had nothing."
    ground = GivenGround("", "Only new workers were given it.", evidence, condition=condition.reference)
    wanted = f"{condition.requirement} Do so for every worker, whenever they began."
    proposal = proposals.propose(
        licence,
        kind="vary",
        condition=condition,
        because="The condition is to protect all workers.",
        takes_effect=holds,
        conditions=[GivenCondition(condition.standard, wanted, holds + 60 * DAY)],
        grounds=[ground],
        by=cast.second_case_officer,
        at=at,
    )
    hearings.notify(proposal, by=cast.second_case_officer, at=at)


def condition_failed(cast: Cast, part: StoryPart, licence: Licence, at: datetime) -> Story:
    """Nothing comes by the day; the holder is heard, and the condition is found failed: what follows is still to be proposed."""
    condition = licence.conditions.order_by("pk")[0]
    yield (at := at + ((condition.due_on - timezone.localdate(at)).days + 2) * DAY)
    found = "Nothing has come, and nobody rang back."
    check = verifications.check_at_desk(condition, is_met=False, text=found, by=cast.case_officer, at=at)
    seen = f"desk_check:{condition.reference}:{check.pk}"
    text = "What the inspection found has not been put right."
    yield (at := at + DAY)
    proposal = proposals.propose(
        licence,
        kind="fail",
        condition=condition,
        because="The condition was not met by its day.",
        grounds=[GivenGround("", text, condition=condition.reference, exhibits=(seen,))],
        by=cast.second_case_officer,
        at=at,
    )
    yield from hear_and_decide(cast, proposal, at, from_days=0)


def transfer_asked(cast: Cast, part: StoryPart, licence: Licence, at: datetime) -> Story:
    """The holder has become a company, and asks that its licence pass to it; nobody has proposed anything yet."""
    yield (at := at + 20 * DAY)
    _asks_for_transfer(part, licence, at)


def transfer_refused(cast: Cast, part: StoryPart, licence: Licence, at: datetime) -> Story:
    """The same, refused after a hearing: the other business has not applied in its own right."""
    yield (at := at + 30 * DAY)
    _asks_for_transfer(part, licence, at)
    yield (at := at + 3 * DAY)
    evidence = "No application of it has arrived, and the register of applications names none."
    proposal = proposals.propose(
        licence,
        kind="refuse_transfer",
        because="Each legal entity applies for a licence in its own right and passes the usual checks.",
        grounds=[GivenGround("1.1", "Nobody has checked whether the other business is fit and proper.", evidence)],
        by=cast.second_case_officer,
        at=at,
    )
    yield from hear_and_decide(cast, proposal, at, from_days=0)


def _asks_for_transfer(part: StoryPart, licence: Licence, at: datetime) -> None:
    name = f"{part.firm.name.removesuffix(' Ltd')} Group Ltd"
    from_day = timezone.localdate(at) + 60 * DAY
    because = "We have formed a group, and the new company is to take on the workers."
    transfers.ask(licence, to_name=name, from_day=from_day, because=because, by=part.user, at=at)
