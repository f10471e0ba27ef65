"""One case for programs, and what is done with it: each endpoint is one action of the pages, with its refusals."""

from datetime import datetime
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, File, Form, Schema
from ninja.files import UploadedFile
from pydantic import create_model

from licensing.applications.api import CASE, LONGEST, TextIn, case_of
from licensing.applications.models import Application
from licensing.applications.queries import offices
from licensing.cases.actions import assignment as applications
from licensing.cases.actions import notes
from licensing.cases.lists import APPLICATIONS
from licensing.cases.queries import case_page
from licensing.checks.actions import checks
from licensing.checks.api import CheckOut, check_out
from licensing.checks.queries import checks as checks_queries
from licensing.decisions.actions import proposals
from licensing.decisions.api.proposals import OfferedOut, ProposeIn, offered_out, proposed
from licensing.decisions.api.rows import DecisionRowOut, decision_out
from licensing.inspections import actions as visits
from licensing.inspections.api import CommissionIn, TriggerOut, commissioned, trigger_out
from licensing.messages import actions as messages
from licensing.requests.api import RequestOut, request_out
from registry import permissions
from registry.accounts.models import Scope
from registry.api import ByKey, MoveOut, ReasonOut, StaffRouter, moves_out, reasons_out
from registry.api.days import Day
from registry.api.files import uploads_of
from registry.api.lists import many, row_of, row_out

ApplicationOut = row_of(APPLICATIONS, "ApplicationOut")
router = StaffRouter(tags=["cases"])


class NoteOut(Schema):
    author: str
    text: str
    at: datetime

    @staticmethod
    def resolve_author(one: Any) -> str:
        return str(one.author)


WHAT_MAY_BE_DONE = "What you may do; `reasons` say why not now, and are empty when it is possible"
CaseOut: Any = create_model(
    "CaseOut",
    __base__=ApplicationOut,
    moves=(list[MoveOut], Field(description=WHAT_MAY_BE_DONE)),
    missing=(list[ReasonOut], Field(description="What is missing before the next step")),
    checks=(many(CheckOut), ...),
    triggers=(list[TriggerOut], ...),
    requests=(many(RequestOut), ...),
    notes=(list[NoteOut], ...),
    decisions=(many(DecisionRowOut), ...),
)


@router.reads(CASE, "application", CaseOut)
def application(request: ByKey, reference: str) -> Any:
    """One case: where it stands, what is missing, its checks, what was asked and noted, and what was decided."""
    row, on = case_of(request.user, reference), timezone.localdate()
    file = case_page.case_file(row, by=request.user, on=on)
    return {
        **row_out(APPLICATIONS, row, by=request.user, on=on),
        "moves": moves_out(file.moves),
        "missing": reasons_out(file.waiting),
        "checks": [check_out(one.check, by=request.user) for one in file.checks],
        "triggers": [trigger_out(one) for one in file.triggers],
        "requests": [request_out(one, by=request.user) for one in file.requests],
        "notes": file.notes,
        "decisions": [decision_out(one, by=request.user) for one in file.decisions],
    }


@router.reads(f"{CASE}/evidence", "evidence_of_application", OfferedOut)
def evidence(request: ByKey, reference: str) -> OfferedOut:
    """What a proposal about this case can be made of: standards, evidence in the file, what can be weighed."""
    permissions.require(request.user, "licensing.propose_decision")
    return offered_out(case_of(request.user, reference))


class AssignIn(Schema):
    case_officer: str = Field(description="The reference of the officer", examples=["U-7KQ2-M9XD"])


@router.does(f"{CASE}/assign", "assign", Scope.ASSIGN)
def assign(request: ByKey, reference: str, body: AssignIn) -> Application:
    """Give the case to an officer."""
    case = case_of(request.user, reference)
    officer = get_object_or_404(offices.case_officers(), reference=body.case_officer)
    return applications.assign(case, case_officer=officer, by=request.user, at=timezone.now())


class AssignManyIn(AssignIn):
    applications: list[str] = Field(min_length=1, max_length=100)


class Left(Schema):
    reference: str
    reasons: list[ReasonOut]


class AssignedOut(Schema):
    given: list[str]
    left: list[Left] = Field(description="What was left where it is, and why")


@router.does("/assign", "assign_many", Scope.ASSIGN, AssignedOut)
def assign_many(request: ByKey, body: AssignManyIn) -> AssignedOut:
    """Give many cases to an officer: those that cannot be given are named, with the reasons; the others are given."""
    permissions.require(request.user, "licensing.assign_application")
    officer = get_object_or_404(offices.case_officers(), reference=body.case_officer)
    cases = Application.objects.handed_in_to(request.user).filter(reference__in=body.applications)
    done = applications.assign_many(cases, case_officer=officer, by=request.user, at=timezone.now())
    left = [Left(reference=one.reference, reasons=reasons_out(reasons)) for one, reasons in done.refused]
    known = {*(one.reference for one in done.given), *(one.reference for one in left)}
    unknown = [Left(reference=one, reasons=[]) for one in body.applications if one not in known]
    return AssignedOut(given=[one.reference for one in done.given], left=[*left, *unknown])


@router.does(f"{CASE}/begin-assessment", "begin_assessment", Scope.ASSESS)
def begin_assessment(request: ByKey, reference: str) -> Application:
    """Take the case in hand as its case officer; the applicant is told."""
    case = case_of(request.user, reference)
    return applications.begin_assessment(case, by=request.user, at=timezone.now())


@router.does(f"{CASE}/notes", "write_note", Scope.ASSESS, NoteOut, url_name="staff_api_note")
def write_note(request: ByKey, reference: str, body: TextIn) -> Any:
    """Write a note for all of the authority who read the case. It cannot be changed."""
    return notes.write(case_of(request.user, reference), text=body.text, by=request.user, at=timezone.now())


class MessageIn(TextIn):
    extends: str = Field("", max_length=20, description="The reference of an open request of which the day moves")
    until: Day | None = Field(None, description="To which day it moves")


@router.does(f"{CASE}/messages", "write_to_applicant", Scope.ASK, url_name="staff_api_message")
def write_to_applicant(request: ByKey, reference: str, body: MessageIn) -> Any:
    """Write to the applicant, who is told by mail that there is a message. What they wrote counts as read only on the page."""
    case = case_of(request.user, reference)
    messages.reply(case, **body.dict(), by=request.user, at=timezone.now())
    return case


@router.does(f"{CASE}/commission-inspection", "commission_for_application", Scope.INSPECT)
def commission(request: ByKey, reference: str, body: CommissionIn) -> Any:
    """Have the applicant inspected."""
    case = case_of(request.user, reference)
    return visits.commission(case, **commissioned(body), by=request.user, at=timezone.now())


class ReplyIn(Schema):
    result: str
    evidence: str = Field("", max_length=LONGEST)
    replied_on: Day
    answered_by: str = Field("", max_length=200)


@router.does("/checks/{reference}/record", "record_reply", Scope.RECORD, CheckOut, url_name="staff_api_record")
def record(request: ByKey, reference: str, body: ReplyIn) -> Any:
    """Write down what an authority replied. It bears the restriction of the scheme; a tighter one is said on the page."""
    permissions.require(request.user, "licensing.record_check")
    check = get_object_or_404(checks_queries.all_checks().open_to(request.user), reference=reference)
    recorded = checks.record_result(check, by=request.user, at=timezone.now(), **body.dict())
    return check_out(recorded, by=request.user)


@router.does(
    "/checks/{reference}/record-with-documents",
    "record_reply_with_documents",
    Scope.RECORD,
    CheckOut,
    url_name="staff_api_record_with_documents",
)
def record_with_documents(
    request: ByKey, reference: str, body: Form[ReplyIn], documents: File[list[UploadedFile]]
) -> Any:
    """The same as multipart/form-data, with up to 5 documents of the authority: PDFs or photos smaller than 10 MB."""
    permissions.require(request.user, "licensing.record_check")
    check = get_object_or_404(checks_queries.all_checks().open_to(request.user), reference=reference)
    uploads = uploads_of(documents, where="documents")
    recorded = checks.record_result(check, uploads=uploads, by=request.user, at=timezone.now(), **body.dict())
    return check_out(recorded, by=request.user)


class NilIn(Schema):
    checks: list[str] = Field(min_length=1, max_length=100, description="The references of open checks of the case")
    because: str = Field(max_length=LONGEST)
    replied_on: Day


@router.does(f"{CASE}/checks/nil", "record_nil", Scope.RECORD)
def record_nil(request: ByKey, reference: str, body: NilIn) -> Any:
    """Record for several open checks of a case that nothing is known, for one reason on one day: all of them or none."""
    case = case_of(request.user, reference)
    checks.record_nil(case, **body.dict(), by=request.user, at=timezone.now())
    return case


@router.does(f"{CASE}/propose", "propose", Scope.PROPOSE, DecisionRowOut)
def propose(request: ByKey, reference: str, body: ProposeIn) -> Any:
    """Propose to grant or to refuse; somebody else decides."""
    case = case_of(request.user, reference)
    given = proposed(body, subject=case)
    decision = proposals.propose(case, **given, by=request.user, at=timezone.now())
    return decision_out(decision, by=request.user)
