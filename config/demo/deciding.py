"""Decisions in the stories: grounds, hearings and the decision itself."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from compliance.inspections.models import Inspection, Result
from config.demo import appealing
from config.demo.casting import DAY, Cast, Story, StoryPart
from licensing.applications.models import Application
from licensing.decisions.actions import decisions, hearings, proposals
from licensing.decisions.models.decisions import Decision
from licensing.decisions.rules.grounds import GivenConclusion, GivenGround, GivenReply
from registry import schemes


def ground_of(result: Result, inspection: Inspection) -> GivenGround:
    found = f"finding:{inspection.reference}:{result.standard}"
    return GivenGround(result.standard, "The standard is not met.", exhibits=(found,))


def factors_weighed(at: datetime, scheme: str, *codes: str) -> dict[str, Any]:
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
        proposal,
        because=because,
        conclusions=conclusions,
        from_day=from_day,
        despite="What is open changes nothing: the report goes to the business with the decision.",
        by=cast.decision_maker,
        at=at,
    )


def refuse(cast: Cast, part: StoryPart, made: Application, seen: list[Inspection], at: datetime) -> Story:
    proposal = proposals.propose(
        made,
        kind="refuse",
        because="The standards not met add up to a fail.",
        **factors_weighed(at, made.scheme, "systematic", "cooperates"),
        grounds=[ground_of(one, seen[0]) for one in seen[0].results.filter(finding="not_met").order_by("pk")],
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


def hear_and_decide(cast: Cast, proposal: Decision, at: datetime, *, from_days: int) -> Story:
    yield (at := at + DAY)
    proposal = hearings.notify(proposal, by=cast.second_case_officer, at=at)
    assert proposal.reply_by
    waits = 0 if proposal.immediate else (proposal.reply_by - timezone.localdate(at)).days + 1
    yield (at := at + waits * DAY)
    decide(cast, proposal, at, from_day=timezone.localdate(at) + from_days * DAY)
