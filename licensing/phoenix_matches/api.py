"""One look-alike for programs: all that speaks for it, and the judgement."""

from datetime import date
from typing import Any, Literal

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Schema
from pydantic import create_model

from licensing.applications.api import BecauseIn, said
from licensing.phoenix_matches import actions as radar
from licensing.phoenix_matches.lists import LOOK_ALIKES
from licensing.phoenix_matches.models import LookAlike
from licensing.phoenix_matches.queries import links
from registry import permissions
from registry.accounts.models import Scope
from registry.api import ByKey, MoveOut, StaffRouter, moves_out
from registry.api.lists import row_of, row_out

LookAlikeOut = row_of(LOOK_ALIKES, "LookAlikeOut")


router = StaffRouter(tags=["look-alikes"])


ONE = "/look-alikes/{reference}"


class SignalOut(Schema):
    """One thing that the two have in common; `here` and `there` say whose it is in each."""

    what: str
    how: str
    points: int
    others: int = Field(description="How many besides these two share it: the more, the fewer points")
    here: list[str]
    there: list[str]
    is_new: bool


class RecordOut(Schema):
    what: str
    reference: str
    on: date | None
    is_new: bool


LookAlikeFileOut: Any = create_model(
    "LookAlikeFileOut",
    __base__=LookAlikeOut,
    signals=(list[SignalOut], ...),
    records=(list[RecordOut], Field(description="What speaks against the other")),
    because=(str, Field(description="Why it was confirmed or dismissed")),
    moves=(list[MoveOut], ...),
)


@router.reads(ONE, "look_alike", LookAlikeFileOut)
def look_alike(request: ByKey, reference: str) -> Any:
    """Who may be somebody else come back: each signal with its points, and the records behind it."""
    permissions.require(request.user, "licensing.view_look_alikes")
    found = links.look_alikes({}, by=request.user, on=timezone.localdate())
    row: LookAlike = get_object_or_404(found.queryset, reference=reference)
    found.dress(row)
    (link,) = links.link_of(row, by=request.user).shown
    return {
        **row_out(LOOK_ALIKES, row, by=request.user, on=timezone.localdate()),
        "signals": [
            {**said(one, ("what", "points", "others", "here", "there", "is_new")), "how": str(one.how)}
            for one in link.signals
        ],
        "records": link.records,
        "because": row.because,
        "moves": moves_out(link.moves),
    }


JUDGE = {"confirm": radar.confirm, "dismiss": radar.dismiss}


class JudgeIn(BecauseIn):
    verdict: Literal["confirm", "dismiss"]


@router.does(f"{ONE}/judge", "judge", Scope.JUDGE)
def judge(request: ByKey, reference: str, body: JudgeIn) -> LookAlike:
    """Say that the two are, or are not, the same people."""
    permissions.require(request.user, "licensing.judge_look_alikes")
    one = get_object_or_404(LookAlike.objects.visible_to(request.user), reference=reference)
    return JUDGE[body.verdict](one, because=body.because, by=request.user, at=timezone.now())
