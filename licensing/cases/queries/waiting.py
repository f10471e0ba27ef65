"""What an application waits for now, asked of the database once: for its tasks (`licensing.applications.states`)."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import Exists, OuterRef

from compliance.inspections.models import Inspection, InspectionKind
from licensing.appeals.models import Appeal
from licensing.appeals.queries.waiting import remitted_with
from licensing.applications.models import Application
from licensing.applications.states import NOT_OVER, ApplicationStatus, WaitingFor
from licensing.cases.filters import asked, turns
from licensing.checks.models import Check
from licensing.decisions.models.decisions import Decision
from licensing.decisions.states.decisions import OPEN_DECISIONS
from licensing.holding.models import Change
from licensing.messages.models import Message
from licensing.overrides.models import ReplyOverride
from licensing.people_named.models import Part
from licensing.requests.models import InformationRequest
from licensing.requests.states import RequestStatus
from registry.licences.models import Condition
from registry.licences.states import ConditionStatus
from registry.tasks.models import Task, kind_of
from registry.waits import waits_of


def is_unpaid(application: Application, on: date) -> bool:
    """Whether something of what it costs has not arrived."""
    return _says(_now(application, on), "is_unpaid")


def is_fee_unpaid(application: Application, on: date) -> bool:
    """Whether the fee as declared has not arrived, and nothing was asked for since."""
    return is_unpaid(application, on) and not _is_demanded(application, on)


def is_demand_unpaid(application: Application, on: date) -> bool:
    """Whether something is owed that we asked for by a day."""
    return is_unpaid(application, on) and _is_demanded(application, on)


def has_message_for_applicant(application: Application, on: date) -> bool:
    """Whether we wrote to the applicant, and no one there has read it."""
    return _says(_now(application, on), "is_unread_by_applicant")


def is_to_be_taken_on(application: Application, on: date) -> bool:
    """Whether a case officer can begin: the fee has arrived."""
    return not is_unpaid(application, on)


def is_to_be_assessed(application: Application, on: date) -> bool:
    """Whether the case officer must go on: no one else is waited for, and nothing is proposed yet."""
    now = _now(application, on)
    others = _says(now, "is_reported") or _says(now, "is_proposed")
    return WaitingFor.AUTHORITY in turns(now) and not others


def has_unread_message(application: Application, on: date) -> bool:
    """Whether the applicant wrote, and no one has read it."""
    return _says(_now(application, on), "is_unread")


def of_inspection(inspection: Inspection) -> Iterator[Application | Condition]:
    """The application and the conditions of which the tasks depend on a visit."""
    if inspection.case:
        yield from Application.objects.filter(reference=inspection.case)
    if inspection.kind == InspectionKind.VERIFICATION and inspection.licence_number:
        yield from Condition.objects.filter(
            licence__number=inspection.licence_number, standard__in=inspection.standards, status=ConditionStatus.OPEN
        )


def of_application(application: Application) -> Iterator[Check | InformationRequest | Part | ReplyOverride]:
    """Once it is sent or withdrawn, the links to people; once it is over, the requests that were not answered in time and the
    checks that no one has answered, and the overrides of replies that no one has agreed.
    """
    if application.status in (ApplicationStatus.SUBMITTED, ApplicationStatus.WITHDRAWN):
        yield from application.parts.filter(signed_at=None)
    if application.status not in NOT_OVER and _has_open_tasks(application):
        yield from application.requests.filter(status=RequestStatus.LAPSED)
        yield from _checks(application)
        yield from ReplyOverride.objects.open().filter(asked__application=application)


def _has_open_tasks(application: Application) -> bool:
    """Whether there are tasks about requests and checks of its organisation: a case that is over ends those of its own."""
    kinds = [kind_of(model, wait) for model in (Check, InformationRequest, ReplyOverride) for wait in waits_of(model)]
    return Task.objects.open().filter(organisation=application.organisation_id, kind__in=kinds).exists()


def of_decision(decision: Decision) -> Iterator[InformationRequest | Appeal]:
    """The requests that were not answered in time, and the appeals that were sent back: what is proposed may follow from them."""
    if decision.application:
        yield from decision.application.requests.filter(status=RequestStatus.LAPSED)
    yield from remitted_with(decision)


def of_change(change: Change) -> Iterable[Check | ReplyOverride]:
    """The checks of what a holder has reported, and the overrides of replies that no one has agreed."""
    return [*_checks(change), *ReplyOverride.objects.open().filter(asked__change=change)]


def _checks(case: Application | Change) -> Iterable[Check]:
    """Those that no one has answered."""
    return case.checks.of_others().filter(result="").select_related("agency")


def _now(application: Application, on: date) -> Application:
    """The application with what its waits follow from. Kept on the object, which is read afresh for each event."""
    found: Application | None = application.__dict__.get("waits_now")
    if found is None or found.status != application.status:
        statement, given = _asking(on, application.status == ApplicationStatus.ASSESSING)
        (found,) = Application.objects.raw(statement, [*given, application.pk])
        application.__dict__["waits_now"] = found
    return found


@lru_cache(maxsize=4)
def _asking(on: date, is_being_assessed: bool) -> tuple[str, tuple[Any, ...]]:
    """The statement that reads an application with what its waits follow from on that day, and all that is given to it but the key.

    To put it together takes ten times as long as to ask it, and it is asked after nearly every event.
    """
    of_case = Message.objects.filter(application=OuterRef("pk"))
    proposed = Decision.objects.filter(application=OuterRef("pk"), status__in=OPEN_DECISIONS)
    turns_follow_from = asked(on)
    facts = {
        "is_unpaid": turns_follow_from["is_unpaid"],
        "is_unread": Exists(of_case.unread_by_authority()),
        "is_unread_by_applicant": Exists(of_case.unread_by_applicants()),
    }
    if is_being_assessed:
        facts |= turns_follow_from | {"is_proposed": Exists(proposed)}
    rows = Application.objects.only("status", "is_over").annotate(**facts).filter(pk=0)
    statement, given = rows.query.sql_with_params()
    return statement, given[:-1]


def _is_demanded(application: Application, on: date) -> bool:
    """Whether we have asked for something by a day. Read once, too."""
    now = _now(application, on)
    kept = now.__dict__
    if "waits_demanded" not in kept:
        kept["waits_demanded"] = now.demanded_by is not None
    return bool(kept["waits_demanded"])


def _says(row: Application, name: str) -> bool:
    """One of the columns that were added to the row."""
    return bool(row.__dict__[name])
