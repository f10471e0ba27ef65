"""Stories of the sample data: each firm's way through the scheme, by the same actions that people use, in the order of time.

A story is a generator: it yields the instant of its next step, then takes it. `told` runs many stories together, always
the earliest step first, so that the trail reads as it would have been written.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

from django.utils import timezone

from compliance.inspections import actions as inspections
from compliance.inspections.models import Inspection
from config.demo import papers, places
from config.demo.answered import answer_all
from config.demo.answers import answers, still_to_answer
from config.demo.case_steps import answer_check, answer_newer_form, ask_for_more, inspected
from config.demo.casting import DAY, Cast, Story, StoryPart
from config.demo.deciding import decide, refuse
from config.demo.licence_stories import (
    condition_failed,
    condition_seen_met,
    condition_to_vary,
    in_order,
    revocation_to_come,
    revoked,
    supplying,
    surrendered,
    suspended,
    transfer_asked,
    transfer_refused,
)
from licensing.application_form.rules.facts import PageAnswers
from licensing.applications.actions import applications, start
from licensing.applications.models import Application
from licensing.applications.queries import applications as applications_queries
from licensing.cases.actions import assignment
from licensing.checks.actions import checks
from licensing.decisions.actions import proposals
from licensing.decisions.queries import readiness
from licensing.decisions.rules.proposals import GivenCondition
from licensing.holding.actions import renewals
from licensing.payments.actions import payments
from registry import schemes
from registry.licences.models import Licence
from registry.organisations import actions as organisations


def application(cast: Cast, part: StoryPart, random: Random) -> Story:
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
        answer_newer_form(made, profile, by=by, at=at)
        at += timedelta(minutes=10)
    made = applications.submit(made, by=by, at=at)
    yield from _assessed(cast, part, made, at, random)


def _assessed(cast: Cast, part: StoryPart, made: Application, at: datetime, random: Random) -> Story:
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


def _checked(cast: Cast, part: StoryPart, made: Application, at: datetime, random: Random) -> Story:
    if part.ends == "checks_out" or (part.ends == "renewal_in_hand" and made.renews):
        return
    yield (at := at + random.randint(8, 16) * DAY)
    for number, check in enumerate(made.checks.of_others().order_by("pk")):
        answer_check(
            cast, check, adverse=part.ends in {"adverse", "refused", "refusal_notified"} and number == 0, at=at
        )
    # What the registry has found by itself, the officer looks at.
    for check in made.checks.unanswered().order_by("pk"):
        seen, on = "Looked at: what was found is explained by the papers of the case.", timezone.localdate(at)
        checks.record_result(check, result="nil", evidence=seen, replied_on=on, by=cast.case_officer, at=at)
    if part.ends == "adverse":
        return
    if part.ends in {"asked", "answered"}:
        yield from ask_for_more(cast, part, made, at)
        return
    yield from _inspected_and_decided(cast, part, made, at, random)


# Where somebody of the sample people looks first: there is more to see than what must be shown.
WITH_MORE_PAPERS = frozenset({"draft", "submitted", "asked", "answered", "checks_out", "inspection_commissioned"})

WITH_CONDITIONS = ("with_conditions", "condition_seen_met", "condition_failed", "condition_to_vary")
INSPECTION_STAGES = ("inspection_commissioned", "inspection_reported", "inspection_returned", "inspection_confirmed")


def _inspected_and_decided(cast: Cast, part: StoryPart, made: Application, at: datetime, random: Random) -> Story:
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


def _decided(
    cast: Cast, part: StoryPart, made: Application, seen: list[Inspection], at: datetime, random: Random
) -> Story:
    yield (at := at + 2 * DAY)
    today = timezone.localdate(at)
    if part.ends in {"refused", "refusal_notified"}:
        yield from refuse(cast, part, made, seen, at)
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


def _renewed(cast: Cast, part: StoryPart, licence: Licence, at: datetime) -> Story:
    """Renewed six weeks before the last day, year after year; it has taken on a name to trade under, and the rest is as before."""
    yield (at := at + (licence.valid_until - timezone.localdate(at) - 42 * DAY).days * DAY)
    made = renewals.start(licence, by=part.user, at=at)
    yield (at := at + DAY)
    filled = applications_queries.form_of(made, today=timezone.localdate(at))
    names = next(item for item in filled.items if "trading_names" in item.data)
    taken = {**names.data, "trading_names": [f"{part.firm.name.split()[0]} Staffing"]}
    answered = still_to_answer(filled, places.naming_real_ones(part.firm, ends=part.ends))
    for number, left in enumerate([PageAnswers(names.page, names.name, taken, True), *answered]):
        saved_at = at + timedelta(seconds=number)  # the signature comes last, as its page does
        applications.save_page(
            made, page=left.page, item=left.name, data=left.data, is_complete=True, by=part.user, at=saved_at
        )
    papers.hand_in(made, by=part.user, at=at + timedelta(minutes=5))
    made = applications.submit(made, by=part.user, at=at + timedelta(minutes=10))
    yield from _assessed(cast, part, made, at, Random(licence.number))


HOLDING: dict[str, Callable[[Cast, StoryPart, Licence, datetime], Story]] = {
    "revoked": revoked,
    "revocation_to_come": revocation_to_come,
    "suspended": suspended,
    "surrendered": surrendered,
    "renewed": _renewed,
    "renewal_in_hand": _renewed,
    "licensed": supplying,
    "with_conditions": in_order,
    "condition_seen_met": condition_seen_met,
    "condition_failed": condition_failed,
    "condition_to_vary": condition_to_vary,
    "transfer_asked": transfer_asked,
    "transfer_refused": transfer_refused,
}
