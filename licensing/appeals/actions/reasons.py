"""Published reasons by the day: of decisions once an appeal can change nothing, withdrawn where it has; of licences that ran out."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from licensing.appeals.queries import reasons as queries
from registry.licences.actions import licences
from registry.licences.queries import run_out_unexplained
from registry.register.actions import reasons
from registry.trail.actions import events as trail

#: A round takes seconds: what is more is explained in the next one.
EXPLAINED_AT_ONCE = 50


@transaction.atomic
def publish_due(*, by: None, at: datetime) -> int:
    """Show the reasons whose day has come, withdraw those that an appeal has undone, and explain what ran out; says how many."""
    gone = queries.reasons_to_withdraw()
    for reason in gone:
        reasons.withdraw_reason(trail.locked(reason), because="", by=by, at=at)
    due = queries.reasons_to_show(timezone.localdate(at))
    for listing in dict.fromkeys(reason.listing for reason in due):
        of_it = [trail.locked(reason) for reason in due if reason.listing == listing]
        reasons.show_reasons(listing, of_it, by=by, at=at)
    ran_out = list(run_out_unexplained(timezone.localdate(at)).order_by("pk")[:EXPLAINED_AT_ONCE])
    for licence in ran_out:
        licences.explain_run_out(licence, by=by, at=at)
    return len(gone) + len(due) + len(ran_out)
