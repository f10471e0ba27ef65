"""What a program gives to propose a decision, and what a proposal can be made of."""

from typing import Any, Literal

from django.utils import timezone
from django.utils.translation import get_language
from ninja import Field, Schema

from licensing.applications.api import LONGEST, Optional, Text
from licensing.applications.models import Application
from licensing.decisions.queries import grounds as grounds_queries
from licensing.decisions.queries import standards as standards_queries
from licensing.decisions.rules.grounds import GivenGround
from licensing.decisions.rules.proposals import GivenCondition
from licensing.decisions.states.rows import KINDS
from registry.api.days import Day
from registry.licences.models import Condition, Licence
from registry.schemes import said


class GroundIn(Schema):
    """A ground: the standard or the condition that is not met, why, and what shows it."""

    standard: str = ""
    condition: str = Field("", description="The reference of a condition of the licence, instead of a standard")
    text: str = Text
    evidence: str = Optional
    exhibits: list[str] = Field([], description="Keys of evidence in the file, as `evidence` lists them")


class ConditionIn(Schema):
    standard: str
    requirement: str = Text
    due_on: Day


class WeighedIn(Schema):
    """What every proposal says, and those that take something away besides: grounds, and what makes it worse or less bad."""

    because: str = Text
    departs_because: str = Optional
    grounds: list[GroundIn] = []
    factors: list[str] = Field([], description="Codes of what makes it worse or less bad, as `evidence` lists them")
    weighed: str = Optional


class ProposeIn(WeighedIn):
    kind: Literal["grant", "refuse"]
    starts: Day | None = None
    conditions: list[ConditionIn] = []


class ProposeOnLicenceIn(WeighedIn):
    """To suspend, to revoke, to lift a suspension, or to add a condition, which is given in `conditions`."""

    kind: Literal["suspend", "revoke", "lift", "impose", "allow_transfer", "refuse_transfer"]
    takes_effect: Day | None = None
    until: Day | None = Field(None, description="The last day of a suspension")
    immediate: bool = False
    immediate_because: str = Field(
        "", max_length=LONGEST, description="Why it cannot wait; needed for immediate effect"
    )
    conditions: list[ConditionIn] = []


class ProposeOnConditionIn(WeighedIn):
    """To discharge a condition, give more time for it, vary it, or find it failed."""

    kind: Literal["discharge", "extend", "vary", "fail"]
    takes_effect: Day | None = Field(None, description="From when a varied condition holds")
    requirement: str = Field("", max_length=LONGEST, description="What a varied condition asks; as it was, if left out")
    due_on: Day | None = Field(None, description="The new day by which it must be met, where that changes")


SAID = {
    "kind",
    "because",
    "starts",
    "takes_effect",
    "until",
    "immediate",
    "immediate_because",
    "departs_because",
    "factors",
    "weighed",
}


def proposed(
    body: WeighedIn, *, subject: Application | Licence, about: Condition | None = None, kind: str = ""
) -> dict[str, Any]:
    """What a program has given, as the action takes it. `kind` is that of the proposal where the body says none."""
    given = {"kind": kind, **body.dict()}
    row = KINDS[given["kind"]]
    # As on the page: what a score says nothing about rests on no inspection.
    seen = standards_queries.seen_of(subject) if row.scores_as else None
    conditions = [GivenCondition(**one) for one in given.get("conditions", ())]
    if about is not None and row.fewest_conditions and given["due_on"]:
        conditions = [GivenCondition(about.standard, given["requirement"] or about.requirement, given["due_on"])]
    return {
        **{name: value for name, value in given.items() if name in SAID},
        "grounds": grounds_of(body.grounds),
        "conditions": conditions,
        "condition": about,
        "inspections": seen.inspections if seen else (),
    }


def grounds_of(grounds: list[GroundIn]) -> list[GivenGround]:
    return [GivenGround(**{**one.dict(), "exhibits": tuple(one.exhibits)}) for one in grounds]


class ChoiceOut(Schema):
    code: str
    title: str


class OfferedOut(Schema):
    """What grounds can rest on, and what can be weighed. `withheld` is in the file and may not be shown to the subject."""

    standards: list[ChoiceOut]
    conditions: list[ChoiceOut]
    exhibits: list[ChoiceOut]
    withheld: list[str]
    aggravating: list[ChoiceOut]
    mitigating: list[ChoiceOut]


def offered_out(subject: Application | Licence) -> OfferedOut:
    offered = grounds_queries.offered_for(subject, today=timezone.localdate())
    weighed = {
        kind: _choices((one.code, said(one.title, get_language())) for one in offered.factors if one.kind == kind)
        for kind in ("aggravating", "mitigating")
    }
    return OfferedOut(
        standards=_choices(offered.standards),
        conditions=_choices(offered.conditions),
        exhibits=_choices(offered.exhibits),
        withheld=list(offered.withheld),
        **weighed,
    )


def _choices(pairs: Any) -> list[ChoiceOut]:
    return [ChoiceOut(code=code, title=str(title)) for code, title in pairs]
