"""Whether a business has stopped supplying workers once its licence has run out, as an officer found."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from compliance.reports.actions import reports
from compliance.reports.models.reports import Channel, Report
from compliance.reports.states import ConcernKind, ContactChoice, Danger
from licensing.checks.queries import checks
from licensing.checks.rules.handling import Reader
from licensing.holding.queries import after_term as queries
from registry import permissions
from registry.accounts.models import User
from registry.errors import refuse_for
from registry.licences.models import Licence
from registry.trail.actions import events as trail

HANDLES = "licensing.handle_changes"


@transaction.atomic
def find_stopped(licence: Licence, *, because: str, by: User, at: datetime) -> Licence:
    """Say that the business has stopped, and what that rests on. No one is asked about this term again.

    Raises `Refused` (still_runs, not_active, being_renewed, held_anew, seen_already, no_reason, conflicted …).
    """
    permissions.require(by, HANDLES)
    licence = _to_be_seen(licence, because, by=by, at=at)
    trail.record(licence, "find_stopped", by=by, at=at, because=because.strip())
    return licence


@transaction.atomic
def find_supplying(licence: Licence, *, because: str, by: User, at: datetime) -> Report:
    """Say that the business may still supply. It becomes a report, of which an analyst makes a visit or a case. Raises as `find_stopped`."""
    permissions.require(by, HANDLES)
    licence = _to_be_seen(licence, because, by=by, at=at)
    report = reports.receive(
        once=f"{licence.number} after {licence.valid_until.isoformat()}",
        passphrase="",
        text=because.strip(),
        kinds=[ConcernKind.LICENCE],
        danger=Danger.NOT_SURE,
        about_name=licence.organisation.legal_name,
        about_number=licence.number,
        language=by.language,
        contact=ContactChoice.NONE,
        details={},
        channel=Channel.OFFICER,
        by=by,
        at=at,
    )
    trail.record(licence, "find_supplying", by=by, at=at, because=because.strip(), report=report)
    return report


def _to_be_seen(licence: Licence, because: str, *, by: User, at: datetime) -> Licence:
    licence = trail.locked(licence)
    refuse_for(permissions.conflict_blockers(by, licence.organisation))
    refuse_for(
        [
            *queries.blockers(licence, on=timezone.localdate(at), because=because),
            # The trail keeps the reason, and is read by more people than the reply.
            *checks.repeats(licence.organisation, {"because": because}, reader=Reader.OTHERS),
        ]
    )
    return licence
