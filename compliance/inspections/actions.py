"""What is done to an inspection: commissioned, carried out, reported, and confirmed or returned by a second person."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from compliance.inspection_reports import queries as visit_reports
from compliance.inspection_reports.models import ReportVersion
from compliance.inspections import rules
from compliance.inspections.models import Inspection, Result
from compliance.inspections.queries import inspections as queries
from compliance.inspections.rules import StandardFinding
from compliance.plans import letters
from compliance.plans.models import VisitPlan
from registry import permissions, signing
from registry.accounts.models import User
from registry.codes import new_reference
from registry.errors import refuse_for
from registry.organisations.models import Organisation
from registry.schemes import Scheme
from registry.trail.actions import events as trail


@transaction.atomic
def commission(
    organisation: Organisation,
    *,
    kind: str,
    scheme: Scheme,
    facts: Mapping[str, Any],
    brief: str,
    only: Collection[str] = (),
    case: str = "",
    licence_number: str = "",
    inspector: User,
    due_on: date,
    by: User,
    at: datetime,
) -> Inspection:
    """Ask an inspector to visit a business; the facts and the standards that they make relevant are copied as they are now.

    Only what the business does is tested (FWA-DEC): the scheme says which standards that is. `only` are the codes of those of
    them that matter, where a visit looks at one thing.
    """
    permissions.require(by, "compliance.commission_inspection")
    organisation = trail.locked(organisation)
    refuse_for(permissions.conflict_blockers(by, organisation))
    refuse_for(permissions.conflict_blockers(inspector, organisation))
    of: dict[str, Any] = {"organisation": organisation, "kind": kind, "case": case, "licence_number": licence_number}
    standards = tuple(scheme.standard(code) for code in only) or scheme.relevant_standards(facts)
    refuse_for(
        rules.commission_blockers(
            standards=standards,
            brief=brief,
            inspector=inspector,
            due_on=due_on,
            already=Inspection.objects.open().filter(**of),
            on=timezone.localdate(at),
        )
    )
    inspection = Inspection.objects.create(
        reference=new_reference("I"),
        scheme=scheme.name,
        version=scheme.version,
        facts=signing.plain(dict(facts)),
        standards=[standard.code for standard in standards],
        brief=brief,
        inspector=inspector,
        due_on=due_on,
        commissioned_by=by,
        commissioned_at=at,
        **of,
    )
    trail.record(
        inspection, "commission", by=by, at=at, after=inspection.status, inspector=inspector, due_on=due_on, **of
    )
    return inspection


@transaction.atomic
def reassign(inspection: Inspection, *, inspector: User, because: str, by: User, at: datetime) -> Inspection:
    """Give the inspection to another inspector, with whatever has been recorded so far."""
    permissions.require(by, "compliance.commission_inspection")
    return _given(inspection, inspector, because=because, by=by, at=at)


#: On the trail, where the person who took or gave the task said no more.
FROM_TASK = "Assigned from its task."


@transaction.atomic
def assign_from_task(key: int, owner: User | None, *, because: str, by: User, at: datetime) -> bool:
    """Give the inspection of a task to another inspector. An inspection always has one: only its task is given to no one.

    Called by `registry.tasks.actions`: by who takes the task, who assigns tasks, or who lets a person go.
    """
    if owner is None:
        return False
    permissions.require_one(by, "compliance.report_inspection", "registry.assign_tasks", "registry.manage_people")
    _given(Inspection.objects.get(pk=key), owner, because=because or FROM_TASK, by=by, at=at)
    return True


def _given(inspection: Inspection, inspector: User, *, because: str, by: User, at: datetime) -> Inspection:
    inspection = trail.locked(inspection)
    refuse_for(permissions.conflict_blockers(by, inspection.organisation))
    refuse_for(permissions.conflict_blockers(inspector, inspection.organisation))
    refuse_for(rules.reassign_blockers(inspection, inspector=inspector, because=because))
    inspection.inspector = inspector
    inspection.save(update_fields=["inspector"])
    trail.record(inspection, "reassign", by=by, at=at, because=because, inspector=inspector)
    return inspection


@transaction.atomic
def record_findings(
    inspection: Inspection,
    *,
    findings: Sequence[StandardFinding] = (),
    summary: str | None = None,
    business_comments: str | None = None,
    visited_on: date | None = None,
    by: User,
    at: datetime,
) -> Inspection:
    """Keep what the inspector has found so far, finished or not. What is not given stays as it is.

    With each standard goes what the business says to it: it may comment on every issue before the report (FWA-DEC).
    """
    permissions.require(by, "compliance.report_inspection")
    inspection = trail.locked(inspection)
    refuse_for(permissions.conflict_blockers(by, inspection.organisation))
    refuse_for(rules.record_blockers(inspection, findings=findings, by=by))
    given = {"summary": summary, "business_comments": business_comments, "visited_on": visited_on}
    changed = _write(inspection, {field: value for field, value in given.items() if value is not None})
    _keep(inspection, findings, changed, by=by, at=at)
    return inspection


@transaction.atomic
def record_visit(
    inspection: Inspection, *, visited_on: date | None, summary: str, business_comments: str, by: User, at: datetime
) -> Inspection:
    """Keep when the visit was, what it came to and what the business says to it; what is empty here is empty from now on."""
    permissions.require(by, "compliance.report_inspection")
    inspection = trail.locked(inspection)
    refuse_for(permissions.conflict_blockers(by, inspection.organisation))
    refuse_for(rules.record_blockers(inspection, by=by))
    changed = _write(inspection, {"visited_on": visited_on, "summary": summary, "business_comments": business_comments})
    _keep(inspection, (), changed, by=by, at=at)
    return inspection


@transaction.atomic
def report(inspection: Inspection, *, by: User, at: datetime) -> Inspection:
    """Hand the findings in: from now on they cannot be changed, unless a reviewer returns them for correction."""
    permissions.require(by, "compliance.report_inspection")
    inspection = trail.locked(inspection)
    refuse_for(permissions.conflict_blockers(by, inspection.organisation))
    refuse_for(
        [
            *rules.report_blockers(inspection, by=by, on=timezone.localdate(at)),
            *queries.blockers_elsewhere("report", inspection),
        ]
    )
    _keep_version(inspection, by=by, at=at)
    trail.move(inspection, "report", by=by, at=at, reported_at=at)
    _tell_rooms("report", inspection, by=by, at=at)
    return inspection


@transaction.atomic
def return_for_correction(inspection: Inspection, *, because: str, by: User, at: datetime) -> Inspection:
    """Give the report back to the inspector, saying what is to be put right."""
    permissions.require(by, "compliance.confirm_inspection")
    inspection = trail.locked(inspection)
    refuse_for(permissions.conflict_blockers(by, inspection.organisation))
    refuse_for(rules.return_for_correction_blockers(inspection, because=because, by=by))
    inspection.versions.filter(returned_at=None).update(returned_by=by, returned_at=at, returned_because=because)
    return trail.move(
        inspection, "return_for_correction", by=by, at=at, because=because, returned_because=because, reported_at=None
    )


@transaction.atomic
def confirm(inspection: Inspection, *, by: User, at: datetime) -> Inspection:
    """Stand by the report as a second person: those who decide may rely on it, and nobody can change it any more.

    The trail keeps the digest of all that it says, exhibits included: `manage.py verify_reports` compares.
    """
    permissions.require(by, "compliance.confirm_inspection")
    inspection = trail.locked(inspection)
    refuse_for(permissions.conflict_blockers(by, inspection.organisation))
    refuse_for([*rules.confirm_blockers(inspection, by=by), *queries.blockers_elsewhere("confirm", inspection)])
    version = visit_reports.standing_version(inspection) or _keep_version(inspection, by=inspection.inspector, at=at)
    trail.record(inspection, "lock", by=by, at=at, digest=version.digest, version=version.number)
    trail.move(inspection, "confirm", by=by, at=at, confirmed_by=by, confirmed_at=at)
    _tell_rooms("confirm", inspection, by=by, at=at)
    return inspection


@transaction.atomic
def keep_former_version(inspection: Inspection, *, by: None, at: datetime) -> ReportVersion | None:
    """Of a report that was confirmed before versions were kept, keep the one that there is, as its rows say it now.

    They have not changed since it was confirmed: what is reported is locked. The trail says from when on its digest is known;
    nothing is done where there is a version already.
    """
    inspection = trail.locked(inspection)
    if inspection.versions.exists() or inspection.confirmed_at is None:
        return None
    reported_at = inspection.reported_at or inspection.confirmed_at
    version = _keep_version(inspection, by=inspection.inspector, at=reported_at)
    trail.record(inspection, "lock", by=by, at=at, digest=version.digest, version=version.number, afterwards=True)
    return version


@transaction.atomic
def call_off(inspection: Inspection, *, because: str, by: User, at: datetime) -> Inspection:
    """End an inspection that will not be carried out. A business that was told of the visit is told that it is off."""
    permissions.require(by, "compliance.commission_inspection")
    inspection = trail.locked(inspection)
    refuse_for(permissions.conflict_blockers(by, inspection.organisation))
    refuse_for(rules.call_off_blockers(inspection, because=because))
    trail.move(inspection, "call_off", by=by, at=at, because=because)
    if plan := VisitPlan.objects.filter(inspection=inspection, announced=True).first():
        letters.visit_called_off(plan, at=at)
    _tell_rooms("call_off", inspection, by=by, at=at)
    return inspection


def _tell_rooms(move: str, inspection: Inspection, *, by: User, at: datetime) -> None:
    """What follows from it elsewhere, in the same transaction: each app names it in `after_inspection` of its configuration."""
    for config in apps.get_app_configs():
        declared: Mapping[str, Sequence[str]] = getattr(config, "after_inspection", {})
        for path in declared.get(move, ()):
            follow: Callable[..., object] = import_string(path)
            follow(inspection, by=by, at=at)


def _keep_version(inspection: Inspection, *, by: User, at: datetime) -> ReportVersion:
    """What is handed in is kept as it is now, whatever is corrected later."""
    content = visit_reports.content_now(inspection)
    number = inspection.versions.count() + 1
    return ReportVersion.objects.create(
        inspection=inspection,
        number=number,
        content=content,
        digest=signing.digest(content),
        reported_by=by,
        reported_at=at,
    )


def _write(inspection: Inspection, given: Mapping[str, Any]) -> dict[str, Any]:
    """Write what differs, and say what that was."""
    changed = {field: value for field, value in given.items() if getattr(inspection, field) != value}
    for field, value in changed.items():
        setattr(inspection, field, value)
    if changed:
        inspection.save(update_fields=list(changed))
    return changed


FOUND = ("finding", "evidence", "business_comment")


def _keep(
    inspection: Inspection, findings: Sequence[StandardFinding], changed: Mapping[str, Any], *, by: User, at: datetime
) -> None:
    new = [found for found in findings if _result_changes(inspection, found)]
    for found in new:
        Result.objects.update_or_create(
            inspection=inspection,
            standard=found["standard"],
            defaults={field: value for field, value in found.items() if field in FOUND},
        )
    if new or changed:
        # The evidence names people, so the trail keeps its digest: enough to show that it is still what was written.
        kept = {
            found["standard"]: {
                field: value if field == "finding" else signing.digest(value)
                for field, value in found.items()
                if field != "standard"
            }
            for found in new
        }
        trail.record(inspection, "record_findings", by=by, at=at, findings=kept, changed=sorted(changed))


def _result_changes(inspection: Inspection, found: StandardFinding) -> bool:
    result = inspection.results.filter(standard=found["standard"]).first()
    return any(found.get(field, "") != getattr(result, field, "") for field in FOUND if field in found)
