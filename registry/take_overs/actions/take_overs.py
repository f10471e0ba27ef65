"""Beginning and ending the taking over of a register, and what a person does about its questions."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from registry import permissions
from registry.accounts.models import User
from registry.errors import refuse_for
from registry.imports import actions as imports
from registry.take_overs import rules
from registry.take_overs.models import TakeOver, TakeOverQuestion
from registry.take_overs.queries import take_overs as queries
from registry.take_overs.states import SEES
from registry.trail.actions import events as trail


@transaction.atomic
def begin_take_over(
    *,
    authority: str,
    name: str,
    digest: str,
    files: Sequence[Mapping[str, Any]],
    given: Mapping[str, Any],
    run_by: User,
    by: User,
    at: datetime,
) -> TakeOver:
    """Open the taking over of a set of files, or take up again one of these very files that was cut off.

    `run_by` is the member of staff who answers for it: the questions are theirs first. Raises `Refused`.
    """
    permissions.require(by, "registry.import_lists")
    refuse_for(rules.begin_blockers(run_by))
    under = imports.begin(source=TakeOver.SOURCE, licence=authority, file=name, digest=digest, by=by, at=at)
    told = {"authority": authority, "files": list(files), "given": dict(given), "run_by": run_by}
    return TakeOver.objects.get_or_create(under=under, defaults=told)[0]


@transaction.atomic
def finish_take_over(take_over: TakeOver, *, by: User, at: datetime) -> TakeOver:
    """Close it once all holders were read. Raises `Refused` when someone else is reading."""
    permissions.require(by, "registry.import_lists")
    under = trail.locked(take_over.under)
    take_over.under = imports.finish(under, title=take_over.authority, refused=under.refused, by=by, at=at)
    return take_over


@transaction.atomic
def settle_question(
    question: TakeOverQuestion, *, found: str, and_all: bool = False, by: User, at: datetime
) -> TakeOverQuestion:
    """Write down what was found about a business that was taken over, or `and_all` others that lack the same too. Raises
    `Refused` (wrong_state, nothing_found).
    """
    permissions.require(by, SEES)
    question = trail.locked(question, among=TakeOverQuestion.objects.visible_to(by))
    refuse_for(rules.settle_blockers(question, found))
    # Words about people are no fact of the event: the trail is kept for good.
    for one in [*(queries.lacking_too(question, by=by).order_by("pk") if and_all else ()), question]:
        one.found = found.strip()
        one.save(update_fields=["found"])
        trail.move(one, "settle_question", by=by, at=at, settled_by=by, settled_at=at)
    return question
