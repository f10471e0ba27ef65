"""Sending an inspector to an applicant or holder."""

from datetime import date, datetime

from django.db import transaction

from compliance.inspections import actions as inspections
from compliance.inspections.models import Inspection
from licensing import queries
from licensing.models import Application
from licensing.rules import cases as rules
from licensing.rules.handling import Reader
from registry import permissions
from registry.accounts.models import User
from registry.errors import refuse_for
from registry.licences.models import Licence
from registry.trail.actions import events as trail


@transaction.atomic
def commission(
    subject: Application | Licence, *, brief: str, inspector: User, due_on: date, by: User, at: datetime
) -> Inspection:
    """Commission an inspection of whom the case is about. The brief may not repeat what may not be passed on.

    Raises `Refused` with every reason.
    """
    permissions.require(by, "compliance.commission_inspection")
    subject = trail.locked(subject)
    refuse_for(permissions.conflict_blockers(by, subject.organisation))
    inspections_open = queries.readiness(subject).inspections_open
    refuse_for(
        [
            *rules.commission_blockers(subject, inspections_open=inspections_open),
            *queries.repeats(subject.organisation, {"brief": brief}, reader=Reader.OTHERS),
        ]
    )
    return inspections.commission(
        subject.organisation,
        kind=queries.visit_kind(subject) if isinstance(subject, Licence) else queries.inspection_kind(subject),
        scheme=queries.scheme_of(subject),
        facts=queries.facts_for_inspector(subject),
        **_of(subject),
        brief=brief,
        inspector=inspector,
        due_on=due_on,
        by=by,
        at=at,
    )


def _of(subject: Application | Licence) -> dict[str, str]:
    """By what the inspection is found again."""
    return {"licence_number": subject.number} if isinstance(subject, Licence) else {"case": subject.reference}
