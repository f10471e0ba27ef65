"""Count what followed after preventive measures, and record what was changed because of it."""

from dataclasses import asdict
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compliance.prevention.models import PreventionChange
from compliance.prevention.queries import results
from compliance.statistics.actions import keep
from compliance.statistics.models import StatisticsSubject
from registry import permissions, schemes
from registry.accounts.models import User
from registry.codes import new_reference
from registry.errors import Reason, refuse_for
from registry.trail.actions import events as trail

SEES = "compliance.view_scores"
RECORDS = "compliance.record_prevention_change"


NO_RESULT_YET = Reason("no_result_yet", _("There is no result with an interval yet."))


@transaction.atomic
def count_prevention(*, by: User | None, at: datetime) -> int:
    """Count it for each scheme; says for how many. By no one: the clock."""
    if by is not None:
        permissions.require(by, SEES)
    today = timezone.localdate(at)
    counted = {one.name: results.prevention_to_keep(one.name, today) for one in schemes.all_in_force(today)}
    return keep(StatisticsSubject.PREVENTION, counted, at=at)


@transaction.atomic
def record_change(scheme: str, *, result: str, text: str, holds_from: date, by: User, at: datetime) -> PreventionChange:
    """Record what was changed, with the result as it is now. Raises `Refused` (no_result, no_text)."""
    permissions.require(by, RECORDS)
    known = results.results_by_key(scheme)
    refuse_for(_change_blockers(result in known, text))
    measure, outcome, months = result.split("-")
    change = PreventionChange.objects.create(
        reference=new_reference("PC"),
        scheme=scheme,
        measure=measure,
        outcome=outcome,
        months=int(months),
        result=asdict(known[result][1]),
        text=text.strip(),
        holds_from=holds_from,
        by=by,
        at=at,
    )
    trail.record(change, "record_prevention_change", by=by, at=at, measure=measure, outcome=outcome, months=int(months))
    return change


def _change_blockers(is_known: bool, text: str) -> list[Reason]:
    found = []
    if not is_known:
        found.append(Reason("no_result", _("Choose a result that has an interval."), "result"))
    if not text.strip():
        found.append(Reason("no_text", _("Enter what was changed."), "text"))
    return found
