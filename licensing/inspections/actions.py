"""Sending an inspector to an applicant or holder.

Setting a reason to inspect aside, and taking that back."""

from datetime import date, datetime

from django.db import transaction

from compliance.inspections import actions as inspections
from compliance.inspections.models import Inspection
from licensing.applications.models import Application
from licensing.applications.queries import applications
from licensing.checks.queries import checks, facts
from licensing.checks.rules.handling import Reader
from licensing.decisions.queries import readiness
from licensing.holding.queries import changes
from licensing.inspections import queries, rules
from licensing.inspections.models import Waiver
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
    inspections_open = readiness.readiness(subject).inspections_open
    refuse_for(
        [
            *rules.commission_blockers(subject, inspections_open=inspections_open),
            *checks.repeats(subject.organisation, {"brief": brief}, reader=Reader.OTHERS),
        ]
    )
    return inspections.commission(
        subject.organisation,
        kind=changes.visit_kind(subject) if isinstance(subject, Licence) else queries.inspection_kind(subject),
        scheme=applications.scheme_of(subject),
        facts=facts.facts_for_inspector(subject),
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


@transaction.atomic
def give(application: Application, *, trigger: str, because: str, by: User, at: datetime) -> Waiver:
    """Set one reason to inspect aside: the application can be granted without a visit on its account.

    Whoever decides reads who did it and why. A reason that arises later is not set aside with it. Raises `Refused`.
    """
    permissions.require(by, "licensing.waive_inspection")
    application = trail.locked(application)
    refuse_for(permissions.conflict_blockers(by, application.organisation))
    row = queries.trigger_row(application, trigger)
    refuse_for(
        [
            *rules.give_blockers(
                application, triggered=row is not None, waived=bool(row and row.waiver), because=because
            ),
            # The trail keeps the reason, and is read by more people than the reply.
            *checks.repeats(application.organisation, {"because": because}, reader=Reader.OTHERS),
        ]
    )
    waiver = Waiver.objects.create(
        application=application, trigger=trigger, because=because.strip(), given_by=by, given_at=at
    )
    trail.record(application, "waive_inspection", by=by, at=at, because=because.strip(), trigger=trigger)
    return waiver


@transaction.atomic
def take_back(waiver: Waiver, *, by: User, at: datetime) -> Waiver:
    """The reason to inspect counts again."""
    permissions.require(by, "licensing.waive_inspection")
    trail.locked(waiver.application)
    waiver = trail.locked(waiver)
    refuse_for(permissions.conflict_blockers(by, waiver.application.organisation))
    refuse_for(rules.take_back_blockers(waiver))
    waiver.ended_by, waiver.ended_at = by, at
    waiver.save(update_fields=["ended_by", "ended_at"])
    trail.record(waiver.application, "take_back_waiver", by=by, at=at, trigger=waiver.trigger)
    return waiver
