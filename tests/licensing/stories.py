"""Cases on their way to a decision, and licences that came of one: reached by the real actions."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from compliance.inspections.models import Inspection, InspectionKind
from config.demo import papers
from config.demo.answers import still_to_answer
from licensing.application_form.rules.facts import PageAnswers
from licensing.applications.actions import applications
from licensing.applications.models import Application
from licensing.applications.queries import applications as applications_queries
from licensing.checks.actions import checks
from licensing.checks.models import Check
from licensing.decisions.actions import decisions, hearings, proposals
from licensing.decisions.models.decisions import Decision
from licensing.decisions.rules.grounds import GivenConclusion, GivenGround
from licensing.decisions.rules.proposals import GivenCondition
from licensing.holding.actions import renewals
from licensing.phoenix_matches import actions as radar
from licensing.phoenix_matches.models import LookAlike
from licensing.phoenix_matches.states import LookAlikeStatus
from licensing.progress.models import Milestone, Pace
from licensing.requests.actions import answering, asking
from licensing.requests.models import InformationRequest
from licensing.requests.rules import GivenItem
from registry.accounts.models import User
from registry.documents import actions as documents
from registry.documents.models import Document
from registry.licences.models import Condition, Licence
from registry.organisations.models import Organisation
from registry.uploads import ScanVerdict
from tests import stories
from tests.compliance.stories import an_inspection_confirmed
from tests.conftest import NOW
from tests.people import person
from tests.remembered import remembered

TODAY = timezone.localdate(NOW)
GROUND = GivenGround("3.1", "Workers are housed eight to a room.", "The photographs of 2 October show it.")


AT_ONCE = "Workers would go unpaid for weeks."


def day(offset: int) -> date:
    return TODAY + timedelta(days=offset)


def later(days: int) -> datetime:
    return NOW + timedelta(days=days)


@remembered
def a_check_answered(
    check: Check, result: str = "nil", *, evidence: str = "", by: User | None = None, at: datetime = NOW
) -> Check:
    return checks.record_result(
        check,
        result=result,
        evidence=evidence or ("Two returns are missing." if result == "adverse" else ""),
        replied_on=timezone.localdate(at),
        by=by or person("case_officer"),
        at=at,
    )


@remembered
def dismissed(one: LookAlike, *, because: str = "Cousins.", by: User | None = None, at: datetime = NOW) -> LookAlike:
    """Dismissed: by two where the evidence is strong; `by` is the second."""
    one.refresh_from_db()
    if one.is_strong and one.dismissal_by is None:
        one = radar.dismiss(one, because=because, by=person("case_officer"), at=at)
    return radar.dismiss(one, because=because, by=by or person("case_officer"), at=at)


@remembered
def an_application_checked(
    application: Application | None = None, *, at: datetime = NOW, judged: bool = True, **story: Any
) -> Application:
    """Being assessed, and nobody has anything against the applicant; whoever it resembles is somebody else, if `judged`."""
    application = application or stories.an_application_being_assessed(at=at, **story)
    for check in application.checks.unanswered().order_by("pk"):
        a_check_answered(check, at=at)
    if judged:
        for one in LookAlike.objects.filter(organisation=application.organisation, status=LookAlikeStatus.OPEN):
            dismissed(one, because="Other people.", at=at)
    return application


QUESTION = "Send us your agreement with the farms."


@remembered
def a_request(
    application: Application | None = None,
    *items: GivenItem,
    due_on: date | None = None,
    by: User | None = None,
    at: datetime = NOW,
) -> InformationRequest:
    """Asked of the applicant by a day, a fortnight later if not said: this one question, or these items."""
    return asking.ask(
        application or stories.an_application_being_assessed(),
        items=items or [GivenItem(text=QUESTION)],
        due_on=due_on or timezone.localdate(at) + timedelta(days=14),
        by=by or person("case_officer"),
        at=at,
    )


@remembered
def answered(
    request: InformationRequest, *answers: str, by: User | None = None, at: datetime = NOW
) -> InformationRequest:
    """Each item answered in words, by whoever answers for the applicant."""
    by = by or stories.holder_of(request.application.organisation)
    numbers = range(1, request.items.count() + 1)
    said = answers or ["Here it is."] * len(numbers)
    return answering.answer(request, answers=dict(zip(numbers, said, strict=True)), by=by, at=at)


@remembered
def a_request_lapsed(application: Application | None = None) -> InformationRequest:
    """Not answered: the night after its day has ended it."""
    request = a_request(application, due_on=day(1))
    asking.lapse(request, by=None, at=later(2))
    request.refresh_from_db()
    return request


@remembered
def an_inspection_of(subject: Application | Licence, *unmet: str, inspector: User | None = None) -> Inspection:
    """Carried out and confirmed; these standards were found not to be met."""
    about: dict[str, Any] = (
        {"case": subject.reference}
        if isinstance(subject, Application)
        else {"case": "", "licence_number": subject.number, "kind": InspectionKind.COMPLIANCE}
    )
    return an_inspection_confirmed(*unmet, organisation=subject.organisation, inspector=inspector, **about)


#: Critical standards that fail an inspection.
FAILING = ("2.1", "2.2")


@remembered
def a_grant_proposed(
    application: Application | None = None,
    *,
    starts: date | None = None,
    conditions: Sequence[GivenCondition] = (),
    inspections: Sequence[Inspection] = (),
    by: User | None = None,
    at: datetime = NOW,
    **story: Any,
) -> Decision:
    return proposals.propose(
        application or an_application_checked(at=at, **story),
        kind="grant",
        because="The standards are met.",
        starts=starts or timezone.localdate(at),
        conditions=conditions,
        inspections=inspections,
        by=by or person("case_officer"),
        at=at,
    )


@remembered
def a_refusal_proposed(application: Application | None = None, *, by: User | None = None) -> Decision:
    return proposals.propose(
        application or an_application_checked(),
        kind="refuse",
        because="A critical standard is not met.",
        grounds=[GROUND],
        by=by or person("case_officer"),
        at=NOW,
    )


@remembered
def a_licence(
    organisation: Organisation | None = None, *, decider: User | None = None, at: datetime = NOW, **story: Any
) -> Licence:
    """Granted by one person on the proposal of another."""
    application = stories.an_application_submitted(organisation, at=at, **story)
    application = stories.an_application_being_assessed(stories.an_application_paid(application, at=at), at=at)
    proposal = a_grant_proposed(an_application_checked(application, at=at), at=at)
    granted = decided(proposal, by=decider, at=at)
    assert granted.application and granted.application.licence
    return granted.application.licence


@remembered
def a_revocation_proposed(
    licence: Licence | None = None,
    *,
    immediate: bool = True,
    takes_effect: date | None = None,
    by: User | None = None,
) -> Decision:
    return proposals.propose(
        licence or a_licence(),
        kind="revoke",
        because="Workers were not paid.",
        takes_effect=takes_effect or day(2 if immediate else 60),
        immediate=immediate,
        immediate_because=AT_ONCE if immediate else "",
        grounds=[GROUND],
        by=by or person("case_officer"),
        at=NOW,
    )


@remembered
def a_suspension_proposed(licence: Licence | None = None, *, by: User | None = None) -> Decision:
    return proposals.propose(
        licence or a_licence(),
        kind="suspend",
        because="Vehicles are unsafe.",
        takes_effect=day(1),
        until=day(60),
        immediate=True,
        immediate_because=AT_ONCE,
        grounds=[GROUND],
        by=by or person("case_officer"),
        at=NOW,
    )


@remembered
def notified(decision: Decision, *, at: datetime = NOW) -> Decision:
    return hearings.notify(decision, by=person("case_officer"), at=at)


def upheld(decision: Decision) -> list[GivenConclusion]:
    """Every ground, upheld."""
    return [GivenConclusion(one.number, True, "It holds.") for one in decision.grounds.order_by("number")]


def concluded(decision: Decision) -> dict[str, Any]:
    """What whoever decides writes."""
    return {
        "because": "For the reasons given.",
        "conclusions": upheld(decision),
        "despite": "What is open changes nothing.",
    }


@remembered
def decided(decision: Decision, *, by: User | None = None, at: datetime = NOW, **given: Any) -> Decision:
    """Taken by somebody else, for these reasons; every ground is upheld unless the test says otherwise."""
    return decisions.decide(decision, by=by or person("decision_maker"), at=at, **{**concluded(decision), **given})


# --- renewals ---


def on(day: date) -> datetime:
    """Noon of that day."""
    return NOW + timedelta(days=(day - timezone.localdate(NOW)).days)


def weeks_before_the_end(licence: Licence, weeks: int) -> datetime:
    return on(licence.valid_until - timedelta(weeks=weeks))


@remembered
def a_renewal_begun(licence: Licence | None = None, *, weeks: int = 6) -> Application:
    licence = licence or a_licence()
    return renewals.start(licence, by=stories.holder_of(licence.organisation), at=weeks_before_the_end(licence, weeks))


@remembered
def a_renewal_handed_in(licence: Licence | None = None, *, weeks: int = 6, **changes: Any) -> Application:
    """Everything that waits is answered, and by the way whatever `changes` say of the organisation."""
    application = a_renewal_begun(licence, weeks=weeks)
    at = application.started_at
    left = list(waiting(application, at=at, **changes))
    for minute, one in enumerate(left):  # the signature comes last, as its page does
        saved_at = at + timedelta(minutes=minute)
        by = application.started_by
        applications.save_page(
            application, page=one.page, item=one.name, data=one.data, is_complete=True, by=by, at=saved_at
        )
    return applications.submit(application, by=application.started_by, at=at + timedelta(minutes=len(left)))


def waiting(application: Application, *, at: datetime, **changes: Any) -> Iterator[PageAnswers]:
    """The answers that are to change, and those that are still to be given."""
    filled = applications_queries.form_of(application, today=timezone.localdate(at))
    for item in filled.items:
        if changed := {key: changes[key] for key in changes if key in item.data}:
            yield PageAnswers(item.page, item.name, {**item.data, **changed}, True)
    yield from still_to_answer(filled, stories.a_profile(legal_name=application.organisation.legal_name))


@remembered
def a_renewal_checked(application: Application | None = None) -> Application:
    """Paid for and being assessed; nobody has anything against the holder."""
    application = application or a_renewal_handed_in()
    assert application.submitted_at
    at = application.submitted_at
    return an_application_checked(
        stories.an_application_being_assessed(stories.an_application_paid(application, at=at), at=at), at=at
    )


@remembered
def a_renewal_proposed(application: Application | None = None) -> Decision:
    application = a_renewal_checked(application)
    assert application.renews and application.submitted_at
    starts = application.renews.valid_until + timedelta(days=1)
    return a_grant_proposed(application, starts=starts, at=application.submitted_at)


# --- how long cases took ---


def paced(*days: int, milestone: Milestone = Milestone.HANDED_IN, kind: str = "application") -> None:
    """As if so many cases of the last year had taken these numbers of working days."""
    counted = {str(took): cases for took, cases in Counter(days).items()}
    Pace.objects.update_or_create(
        scheme=stories.SCHEME, kind=kind, milestone=milestone, defaults={"worked_out_on": TODAY, "days": counted}
    )


# --- evidence ---


def a_document(
    application: Application, requirement: str = "agreement", *, verdict: ScanVerdict = ScanVerdict.CLEAN
) -> Document:
    """A page of paper that was handed in with the application, and what the scanner said of it."""
    return _received(application.organisation, application.reference, requirement, verdict)


def a_document_about(condition: Condition, *, verdict: ScanVerdict = ScanVerdict.CLEAN) -> Document:
    """A page of paper by which the holder shows that it meets the condition."""
    return _received(condition.licence.organisation, condition.reference, "", verdict)


def a_document_to_show(organisation: Organisation, about: str) -> Document:
    """A page of paper that the business hands in about something that is to be put right."""
    return _received(organisation, about, "", ScanVerdict.CLEAN)


def _received(organisation: Organisation, about: str, requirement: str, verdict: ScanVerdict) -> Document:
    return documents.receive(
        organisation,
        upload=replace(papers.paper("Agreement"), verdict=verdict),
        about=about,
        requirement=requirement,
        by=stories.holder_of(organisation),
        at=NOW,
    )
