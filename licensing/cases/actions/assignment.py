"""What is done with an application, from its start until a decision."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from licensing.applications import letters as application_letters
from licensing.applications.models import Application
from licensing.applications.rules import applications as rules
from licensing.applications.states import IN_HAND, ApplicationStatus
from registry import permissions
from registry.accounts.models import User
from registry.errors import Reason, Refused, refuse_for
from registry.organisations.models import Organisation
from registry.trail.actions import events as trail


@transaction.atomic
def begin_assessment(application: Application, *, by: User, at: datetime) -> Application:
    """Take the application in hand as its case officer. The fee must have been paid."""
    permissions.require(by, "licensing.assess_application")
    application = trail.locked(application)
    refuse_for(permissions.conflict_blockers(by, application.organisation))
    refuse_for(rules.begin_assessment_blockers(application))
    application = trail.move(application, "begin_assessment", by=by, at=at, case_officer=by)
    application_letters.begun(application, at=at)
    return application


@transaction.atomic
def assign(application: Application, *, case_officer: User, by: User, at: datetime) -> Application:
    """Give the case to an officer."""
    permissions.require(by, "licensing.assign_application")
    return _given(application, case_officer, because="", by=by, at=at)


@transaction.atomic
def assign_from_task(key: int, owner: User | None, *, because: str, by: User, at: datetime) -> bool:
    """Give the case of a task to an officer, who begins it where they took it themselves; or to no one.

    Called by `registry.tasks.actions`: by who takes the task, who assigns tasks, or who lets a person go.
    """
    application = Application.objects.get(pk=key)
    if owner is not None and by == owner and application.status == ApplicationStatus.SUBMITTED:
        begin_assessment(application, by=by, at=at)
    else:
        permissions.require_one(by, "licensing.assess_application", "registry.assign_tasks", "registry.manage_people")
        _given(application, owner, because=because, by=by, at=at)
    return True


@transaction.atomic
def give_back(
    person: User, *, to: User | None, organisation: Organisation | None, because: str, by: User, at: datetime
) -> None:
    """Give every case in hand of an officer to another or to no one; or those of one organisation.

    Called by `registry.tasks.actions`, for one who leaves and for one who has declared a conflict of interest.
    """
    held = Application.objects.filter(case_officer=person, status__in=IN_HAND)
    if organisation is not None:
        held = held.filter(organisation=organisation)
    for application in held.order_by("pk"):
        _given(application, to, because=because, by=by, at=at)


def _given(application: Application, officer: User | None, *, because: str, by: User, at: datetime) -> Application:
    application = trail.locked(application)
    if officer is not None:
        refuse_for(permissions.conflict_blockers(by, application.organisation))
        refuse_for(permissions.conflict_blockers(officer, application.organisation))
        refuse_for(rules.assign_blockers(application, case_officer=officer))
    application.case_officer = officer
    application.save(update_fields=["case_officer"])
    trail.record(application, "assign", by=by, at=at, because=because, case_officer=officer)
    return application


@dataclass(frozen=True, slots=True)
class AssignmentResult:
    """What came of giving several cases to an officer: which were given, and why each of the others could not be."""

    case_officer: User
    given: tuple[Application, ...]
    refused: tuple[tuple[Application, tuple[Reason, ...]], ...]


@transaction.atomic
def assign_many(
    applications: Iterable[Application],
    *,
    case_officer: User,
    held: Mapping[str, str] | None = None,
    by: User,
    at: datetime,
) -> AssignmentResult:
    """Give several cases to an officer in one transaction. One that cannot be given stays where it is and is named, with
    every reason; the others are given all the same.

    `held` says who had each case when it was chosen: from whom has it by now, nobody takes it unseen.
    """
    permissions.require(by, "licensing.assign_application")
    # All are locked before the first is written, and in one order: so no two who assign wait for each other.
    locked = [trail.locked(one) for one in sorted(applications, key=lambda one: one.pk)]
    given, refused = [], []
    for application in locked:
        try:
            refuse_for(rules.still_held_blockers(application, held=held or {}))
            given.append(assign(application, case_officer=case_officer, by=by, at=at))
        except Refused as no:
            refused.append((application, tuple(no.reasons)))
    return AssignmentResult(case_officer, tuple(given), tuple(refused))
