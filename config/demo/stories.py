"""Stories of the sample data: each firm's way through the scheme, by the same actions that people use, in the order of time.

A story is a generator: it yields the instant of its next step, then takes it. `told` runs many stories together, always
the earliest step first, so that the trail reads as it would have been written.
"""

import heapq
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from compliance.inspections import actions as inspections
from compliance.inspections.models import Inspection, Result
from config.demo import appealing, keeping, papers, places
from config.demo.answered import answer_all
from config.demo.answers import Profile, answers, still_to_answer
from config.demo.made_up import Firm
from licensing.application_form.rules.facts import SIGNATURE, Item
from licensing.applications.actions import applications, start
from licensing.applications.models import Application
from licensing.applications.queries import applications as applications_queries
from licensing.cases.actions import assignment
from licensing.checks.actions import checks
from licensing.checks.models import Check
from licensing.conditions import actions as verifications
from licensing.decisions.actions import decisions, hearings, proposals
from licensing.decisions.models.decisions import Decision
from licensing.decisions.queries import readiness
from licensing.decisions.rules.grounds import GivenConclusion, GivenGround, GivenReply
from licensing.decisions.rules.proposals import GivenCondition
from licensing.holding.actions import renewals, surrenders, transfers
from licensing.payments.actions import payments
from licensing.requests import actions as requests
from registry import schemes
from registry.accounts.models import User
from registry.licences.models import Licence
from registry.organisations import actions as organisations

Story = Iterator[datetime]

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Cast:
    """Who plays the authority, and under which scheme."""

    scheme: str
    case_officer: User
    second_case_officer: User
    decision_maker: User
    inspector: User
    quality: User
    partner: User | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One firm in the sample data: who acts for it, when it began, and how far its story goes."""

    firm: Firm
    user: User
    began: datetime
    ends: str


def told(stories: Iterable[Story], *, until: datetime) -> Iterator[datetime]:
    """Run the stories side by side up to an instant; yields the time of each step taken."""
    waiting = [(next(story), number, story) for number, story in enumerate(stories)]
    heapq.heapify(waiting)
    while waiting:
        at, number, story = heapq.heappop(waiting)
        if at > until:
            continue
        yield at
        if (later := next(story, None)) is not None:
            heapq.heappush(waiting, (later, number, story))


def application(cast: Cast, part: Part, random: Random) -> Story:
    """From the first page to wherever `part.ends` says."""
    at, by = part.began, part.user
    yield at
    firm = organisations.open_file(legal_name=part.firm.name, by=by, at=at)
    made = start.start(firm, scheme=cast.scheme, by=by, at=at)
    scheme = schemes.in_force(cast.scheme, timezone.localdate(at))
    profile = places.naming_real_ones(part.firm, ends=part.ends)
    pages = list(answers(scheme, profile))
    answer_all(made, pages[: len(pages) // 2] if part.ends == "draft" else pages, by=by, at=at)
    papers.hand_in(made, by=by, at=at, optional=2 if part.ends in WITH_MORE_PAPERS else 0)
    if part.ends == "draft":
        return
    yield (at := at + 2 * DAY)
    if schemes.in_force(cast.scheme, timezone.localdate(at)) != scheme:
        _asked_by_a_newer_form(made, profile, by=by, at=at)
        at += timedelta(minutes=10)
    made = applications.submit(made, by=by, at=at)
    yield from _assessed(cast, part, made, at, random)


def _asked_by_a_newer_form(made: Application, profile: Profile, *, by: User, at: datetime) -> None:
    """It is judged by the version in force when it is handed in: what that asks, and the one before did not, is answered too."""
    filled = applications_queries.form_of(made, today=timezone.localdate(at))
    answer_all(made, list(still_to_answer(filled, profile)), by=by, at=at)
    papers.hand_in(made, by=by, at=at)
    signed = [item for item in filled.items if SIGNATURE in item.data]
    answer_all(made, signed, by=by, at=at + timedelta(minutes=5))


def _assessed(cast: Cast, part: Part, made: Application, at: datetime, random: Random) -> Story:
    if part.ends in {"submitted", "withdrawn"}:
        if part.ends == "withdrawn":
            yield (at := at + 9 * DAY)
            applications.withdraw(
                made, because="We will work for one farm only, as its employees.", by=part.user, at=at
            )
        return
    yield (at := at + 3 * DAY)
    assert made.fee
    payments.record(
        made,
        amount=made.fee,
        received_on=timezone.localdate(at),
        bank_reference=f"{made.payment_reference}",
        by=cast.case_officer,
        at=at,
    )
    if part.ends == "paid":
        return
    yield (at := at + DAY)
    made = assignment.begin_assessment(made, by=cast.case_officer, at=at)
    yield from _checked(cast, part, made, at, random)


def _checked(cast: Cast, part: Part, made: Application, at: datetime, random: Random) -> Story:
    if part.ends == "checks_out" or (part.ends == "renewal_in_hand" and made.renews):
        return
    yield (at := at + random.randint(8, 16) * DAY)
    for number, check in enumerate(made.checks.of_others().order_by("pk")):
        _answered(cast, check, adverse=part.ends in {"adverse", "refused", "refusal_notified"} and number == 0, at=at)
    # What the registry has found by itself, the officer looks at.
    for check in made.checks.unanswered().order_by("pk"):
        seen, on = "Looked at: what was found is explained by the papers of the case.", timezone.localdate(at)
        checks.record_result(check, result="nil", evidence=seen, replied_on=on, by=cast.case_officer, at=at)
    if part.ends == "adverse":
        return
    if part.ends in {"asked", "answered"}:
        yield from _asked(cast, part, made, at)
        return
    yield from _inspected_and_decided(cast, part, made, at, random)


def _answered(cast: Cast, check: Check, *, adverse: bool, at: datetime) -> None:
    """By the authority itself where it answers here, else by the case officer who has its letter."""
    result, evidence = ("adverse", "Three returns are missing for the last tax year.") if adverse else ("nil", "")
    if cast.partner and Check.objects.put_to(cast.partner).filter(pk=check.pk).exists():
        checks.answer(
            check,
            result=result,
            evidence=evidence,
            may_be_shown_to_subject=False,
            may_be_passed_on=False,
            by=cast.partner,
            at=at,
        )
    else:
        on = timezone.localdate(at)
        checks.record_result(check, result=result, evidence=evidence, replied_on=on, by=cast.case_officer, at=at)


def _asked(cast: Cast, part: Part, made: Application, at: datetime) -> Story:
    yield (at := at + DAY)
    asked = requests.ask(
        made,
        question="Send us the written agreement that you use with farms, and say who signs it.",
        due_on=timezone.localdate(at + 14 * DAY),
        by=cast.case_officer,
        at=at,
    )
    if part.ends == "answered":
        yield (at := at + 5 * DAY)
        requests.answer(
            asked,
            answer="The agreement names our managing director, who signs each one.",
            uploads=[papers.paper("Agreement with farms")],
            by=part.user,
            at=at,
        )


# Where somebody of the sample people looks first: there is more to see than what must be shown.
WITH_MORE_PAPERS = frozenset({"draft", "submitted", "asked", "answered", "checks_out", "inspection_commissioned"})

WITH_CONDITIONS = ("with_conditions", "condition_seen_met", "condition_failed", "condition_to_vary")
INSPECTION_STAGES = ("inspection_commissioned", "inspection_reported", "inspection_returned", "inspection_confirmed")


def _inspected_and_decided(cast: Cast, part: Part, made: Application, at: datetime, random: Random) -> Story:
    scheme = schemes.get(made.scheme, made.version or at.date())
    seen: list[Inspection] = []
    wants_inspection = readiness.readiness(made).inspection_wanted or part.ends in (
        *INSPECTION_STAGES,
        *WITH_CONDITIONS,
        "refused",
        "refusal_notified",
    )
    if wants_inspection:
        yield (at := at + DAY)
        unmet = {**dict.fromkeys(WITH_CONDITIONS, 1), "refused": 4, "refusal_notified": 4}.get(part.ends, 0)
        inspection = inspections.commission(
            made.organisation,
            kind="application",
            scheme=scheme,
            facts=made.facts,
            brief="Meet the principal authority; test how workers are paid and told of their terms.",
            case=made.reference,
            inspector=cast.inspector,
            due_on=timezone.localdate(at + 21 * DAY),
            by=cast.case_officer,
            at=at,
        )
        if part.ends == "inspection_commissioned":
            return
        stages = inspected(cast, inspection, at, unmet=unmet, stop=part.ends)
        for at in stages:
            yield at
        if part.ends in INSPECTION_STAGES:
            return
        seen = [Inspection.objects.get(pk=inspection.pk)]
    yield from _decided(cast, part, made, seen, at, random)


def inspected(cast: Cast, inspection: Inspection, at: datetime, *, unmet: int, stop: str = "") -> Story:
    """Visit, report, quality control. The first `unmet` standards that are not critical are found not met."""
    yield (at := at + 7 * DAY)
    scheme = schemes.get(inspection.scheme, inspection.version)
    fails = [code for code in inspection.standards if not scheme.standard(code).critical][:unmet]
    inspections.record_findings(
        inspection,
        findings=[
            {
                "standard": code,
                "finding": "not_met" if code in fails else "met",
                "evidence": "Two of eight files seen lacked it." if code in fails else "",
            }
            for code in inspection.standards
        ],
        summary="Met the principal authority and spoke with eight workers, two of them through an interpreter.",
        business_comments="The business agreed with what was found." if fails else "",
        visited_on=timezone.localdate(at),
        by=cast.inspector,
        at=at,
    )
    inspection = inspections.report(inspection, by=cast.inspector, at=at)
    if stop == "inspection_reported":
        return
    yield (at := at + 2 * DAY)
    if stop == "inspection_returned":
        inspections.return_for_correction(
            inspection, because="Say how many files were seen for standard 2.4.", by=cast.quality, at=at
        )
        return
    inspections.confirm(inspection, by=cast.quality, at=at)


def _decided(cast: Cast, part: Part, made: Application, seen: list[Inspection], at: datetime, random: Random) -> Story:
    yield (at := at + 2 * DAY)
    today = timezone.localdate(at)
    if part.ends in {"refused", "refusal_notified"}:
        yield from _refused(cast, part, made, seen, at)
        return
    given: tuple[GivenCondition, ...] = ()
    if part.ends in WITH_CONDITIONS:
        missed = seen[0].results.filter(finding="not_met").order_by("pk")
        given = tuple(
            GivenCondition(
                one.standard, "Put right what the inspection found, and send the evidence.", today + 60 * DAY
            )
            for one in missed
        )
    proposal = proposals.propose(
        made,
        kind="grant",
        because="The checks are answered and the standards are met."
        if not given
        else "The standards are met but for one.",
        starts=made.renews.valid_until + DAY if made.renews else today + random.randint(3, 8) * DAY,
        conditions=given,
        inspections=seen,
        by=cast.case_officer,
        at=at,
    )
    if part.ends == "proposed":
        return
    yield (at := at + DAY)
    decide(cast, proposal, at)
    made.refresh_from_db()
    assert made.licence
    if held := HOLDING.get(part.ends):
        yield from held(cast, part, made.licence, at)


def _ground(result: Result, inspection: Inspection) -> GivenGround:
    found = f"finding:{inspection.reference}:{result.standard}"
    return GivenGround(result.standard, "The standard is not met.", exhibits=(found,))


def _weighed(at: datetime, scheme: str, *codes: str) -> dict[str, Any]:
    """Factors of the pack of that day, if it has them."""
    known = {one.code for one in schemes.in_force(scheme, timezone.localdate(at)).factors}
    factors = [code for code in codes if code in known]
    return {"factors": factors, "weighed": "The inspector was shown all that was asked for." if factors else ""}


def decide(cast: Cast, proposal: Decision, at: datetime, *, from_day: date | None = None) -> None:
    """The decision maker follows the proposal, ground by ground."""
    conclusions = [
        GivenConclusion(
            one.number,
            True,
            "What you say has been put right does not change what was found on the day."
            if one.replies.exists()
            else "Nothing was said against it, and the evidence shows it.",
        )
        for one in proposal.grounds.order_by("number")
    ]
    because = proposal.because if not conclusions else f"{proposal.because} Your reply has been read and weighed."
    decisions.decide(
        proposal, because=because, conclusions=conclusions, from_day=from_day, by=cast.decision_maker, at=at
    )


def _refused(cast: Cast, part: Part, made: Application, seen: list[Inspection], at: datetime) -> Story:
    proposal = proposals.propose(
        made,
        kind="refuse",
        because="The standards not met add up to a fail.",
        **_weighed(at, made.scheme, "systematic", "cooperates"),
        grounds=[_ground(one, seen[0]) for one in seen[0].results.filter(finding="not_met").order_by("pk")],
        inspections=seen,
        by=cast.case_officer,
        at=at,
    )
    yield (at := at + DAY)
    proposal = hearings.notify(proposal, by=cast.case_officer, at=at)
    if part.ends == "refusal_notified":
        return
    yield (at := at + 3 * DAY)
    answer = GivenReply(1, "We have put this right since: the form that every worker signs is enclosed.")
    hearings.represent(
        proposal,
        text="We have since corrected two of the four.",
        to_grounds=[answer],
        is_whole=True,
        by=part.user,
        at=at,
    )
    yield (at := at + 7 * DAY)
    decide(cast, proposal, at)
    yield from appealing.after(made, cast, part.user, appealing.against_a_refusal)


def _licence_decided(
    cast: Cast, part: Part, licence: Licence, at: datetime, *, kind: str, immediate: bool, from_days: int
) -> Story:
    """Inspected after grant, found wanting, notified, and decided by another."""
    yield (at := at + 40 * DAY)
    inspection = inspections.commission(
        licence.organisation,
        kind="compliance",
        scheme=schemes.get(licence.scheme, licence.version),
        facts={},
        brief="Reports of late pay. Come unannounced; see the wage records of the last quarter.",
        licence_number=licence.number,
        inspector=cast.inspector,
        due_on=timezone.localdate(at + 14 * DAY),
        by=cast.case_officer,
        at=at,
    )
    for step in inspected(cast, inspection, at, unmet=4):
        yield (at := step)
    yield (at := at + 2 * DAY)
    seen = Inspection.objects.get(pk=inspection.pk)
    first = timezone.localdate(at) + from_days * DAY
    proposal = proposals.propose(
        licence,
        kind=kind,
        because="Workers were not paid what they are owed, and records were not kept.",
        **_weighed(at, licence.scheme, "great_loss", "systematic", "cooperates"),
        takes_effect=first,
        until=first + 120 * DAY if kind == "suspend" else None,
        immediate=immediate,
        grounds=[_ground(one, seen) for one in seen.results.filter(finding="not_met").order_by("pk")],
        inspections=[seen],
        departs_because="Time to put it right protects the workers better than an end." if kind == "suspend" else "",
        by=cast.second_case_officer,
        at=at,
    )
    yield from _heard_and_decided(cast, proposal, at, from_days=from_days)


def _heard_and_decided(cast: Cast, proposal: Decision, at: datetime, *, from_days: int) -> Story:
    yield (at := at + DAY)
    proposal = hearings.notify(proposal, by=cast.second_case_officer, at=at)
    assert proposal.reply_by
    waits = 0 if proposal.immediate else (proposal.reply_by - timezone.localdate(at)).days + 1
    yield (at := at + waits * DAY)
    decide(cast, proposal, at, from_day=timezone.localdate(at) + from_days * DAY)


def _revoked(cast: Cast, part: Part, licence: Licence, at: datetime) -> Story:
    yield from _licence_decided(cast, part, licence, at, kind="revoke", immediate=True, from_days=2)
    yield from appealing.after(licence, cast, part.user, appealing.against_what_held_at_once)


def _revocation_to_come(cast: Cast, part: Part, licence: Licence, at: datetime) -> Story:
    yield from _licence_decided(cast, part, licence, at, kind="revoke", immediate=False, from_days=45)
    yield from appealing.after(licence, cast, part.user, appealing.against_a_revocation_to_come)


def _suspended(cast: Cast, part: Part, licence: Licence, at: datetime) -> Story:
    return _licence_decided(cast, part, licence, at, kind="suspend", immediate=True, from_days=1)


def _surrendered(cast: Cast, part: Part, licence: Licence, at: datetime) -> Story:
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


def _renewed(cast: Cast, part: Part, licence: Licence, at: datetime) -> Story:
    """Renewed six weeks before the last day, year after year; it has taken on a name to trade under, and the rest is as before."""
    yield (at := at + (licence.valid_until - timezone.localdate(at) - 42 * DAY).days * DAY)
    made = renewals.start(licence, by=part.user, at=at)
    yield (at := at + DAY)
    filled = applications_queries.form_of(made, today=timezone.localdate(at))
    names = next(item for item in filled.items if "trading_names" in item.data)
    taken = {**names.data, "trading_names": [f"{part.firm.name.split()[0]} Staffing"]}
    answered = still_to_answer(filled, places.naming_real_ones(part.firm, ends=part.ends))
    for number, left in enumerate([Item(names.page, names.name, taken, True), *answered]):
        saved_at = at + timedelta(seconds=number)  # the signature comes last, as its page does
        applications.save_page(
            made, page=left.page, item=left.name, data=left.data, is_complete=True, by=part.user, at=saved_at
        )
    papers.hand_in(made, by=part.user, at=at + timedelta(minutes=5))
    made = applications.submit(made, by=part.user, at=at + timedelta(minutes=10))
    yield from _assessed(cast, part, made, at, Random(licence.number))


def _supplying(cast: Cast, part: Part, licence: Licence, at: datetime) -> Story:
    return keeping.supplies(part.user, licence, at)


def _in_order(cast: Cast, part: Part, licence: Licence, at: datetime) -> Story:
    return keeping.in_order(part.user, licence, at)


def _condition_seen_met(cast: Cast, part: Part, licence: Licence, at: datetime) -> Story:
    """What the holder sent is looked at, and somebody proposes to discharge the condition."""
    for step in _in_order(cast, part, licence, at):
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


def _condition_to_vary(cast: Cast, part: Part, licence: Licence, at: datetime) -> Story:
    """What is asked for turns out to be too little: other terms are proposed, and the holder may reply."""
    for step in _in_order(cast, part, licence, at):
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


def _condition_failed(cast: Cast, part: Part, licence: Licence, at: datetime) -> Story:
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
    yield from _heard_and_decided(cast, proposal, at, from_days=0)


def _transfer_asked(cast: Cast, part: Part, licence: Licence, at: datetime) -> Story:
    """The holder has become a company, and asks that its licence pass to it; nobody has proposed anything yet."""
    yield (at := at + 20 * DAY)
    _asks_for_transfer(part, licence, at)


def _transfer_refused(cast: Cast, part: Part, licence: Licence, at: datetime) -> Story:
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
    yield from _heard_and_decided(cast, proposal, at, from_days=0)


def _asks_for_transfer(part: Part, licence: Licence, at: datetime) -> None:
    name = f"{part.firm.name.removesuffix(' Ltd')} Group Ltd"
    from_day = timezone.localdate(at) + 60 * DAY
    because = "We have formed a group, and the new company is to take on the workers."
    transfers.ask(licence, to_name=name, from_day=from_day, because=because, by=part.user, at=at)


HOLDING: dict[str, Callable[[Cast, Part, Licence, datetime], Story]] = {
    "revoked": _revoked,
    "revocation_to_come": _revocation_to_come,
    "suspended": _suspended,
    "surrendered": _surrendered,
    "renewed": _renewed,
    "renewal_in_hand": _renewed,
    "licensed": _supplying,
    "with_conditions": _in_order,
    "condition_seen_met": _condition_seen_met,
    "condition_failed": _condition_failed,
    "condition_to_vary": _condition_to_vary,
    "transfer_asked": _transfer_asked,
    "transfer_refused": _transfer_refused,
}
