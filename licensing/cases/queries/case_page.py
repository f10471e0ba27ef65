"""What the page of one application, decision or licence shows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from compliance.inspections.models import Inspection
from compliance.reports.queries import reports as compliance_queries
from licensing.application_form.rules.filled import ApplicationForm
from licensing.applications.models import Application
from licensing.applications.queries.applications import form_of, scheme_of
from licensing.applications.queries.companies import CompanyMatch, company_match
from licensing.applications.queries.documents import DocumentGroup, evidence_of
from licensing.applications.rules import applications as application_rules
from licensing.applications.states import IN_HAND, ApplicationStatus
from licensing.cases.models import Note
from licensing.cases.queries.answered import AnsweredPage, pages_of
from licensing.cases.queries.case_history import history_of_case
from licensing.cases.queries.sources import SourcedFact, known_of
from licensing.checks.queries.checks import CheckWithReply, checks_of
from licensing.checks.queries.facts import facts_of
from licensing.correspondence.queries import EntryWithFiles, entries_on
from licensing.decisions.models.decisions import Decision
from licensing.decisions.queries.readiness import readiness
from licensing.decisions.queries.standards import InspectionSummary, seen_of
from licensing.decisions.queries.to_propose import moves_to_propose
from licensing.decisions.rules import proposals as decision_rules
from licensing.decisions.rules.proposals import Readiness
from licensing.decisions.states.kinds import DecisionKind
from licensing.decisions.states.rows import ON_APPLICATIONS
from licensing.inspections import rules as inspection_rules
from licensing.inspections.queries import TriggerRow, inspections_of, triggers_of
from licensing.letters.queries import letters_of
from licensing.payments.models import Demand, Payment
from licensing.payments.rules import payments as payment_rules
from licensing.people_named.models import Part
from licensing.requests import rules as request_rules
from licensing.requests.queries import RequestWithItems, requests_of
from registry.accounts.models import User
from registry.errors import Reason
from registry.letters.models import Letter
from registry.organisations.models import Role
from registry.schemes import said
from registry.schemes.answers import place_in_words
from registry.steps import Button
from registry.trail.queries.history import TimelineEvent


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place of supply as the application names it; `href` leads to what the registry knows of it, where it is listed."""

    name: str
    about: str
    labour_user: str
    href: str


@dataclass(frozen=True, slots=True)
class CaseFile:
    """All that the page of one application shows."""

    application: Application
    scheme_title: str
    moves: tuple[Button, ...]
    waiting: tuple[Reason, ...]
    triggers: tuple[TriggerRow, ...]
    checks: tuple[CheckWithReply, ...]
    company: CompanyMatch | None
    payments: tuple[Payment, ...]
    demands: tuple[Demand, ...]
    requests: tuple[RequestWithItems, ...]
    evidence: tuple[DocumentGroup, ...]
    people: tuple[Role, ...]
    parts: tuple[Part, ...]
    pages: tuple[AnsweredPage, ...]
    places: tuple[PlaceRow, ...]
    known: tuple[SourcedFact, ...]
    inspections: tuple[Inspection, ...]
    objected: compliance_queries.ObjectionCount | None
    seen: InspectionSummary | None
    decisions: tuple[Decision, ...]
    letters: tuple[Letter, ...]
    notes: tuple[Note, ...]
    entries: tuple[EntryWithFiles, ...]
    events: tuple[TimelineEvent, ...]

    @property
    def has_open_checks(self) -> bool:
        """Whether another authority, or an officer, has not answered something."""
        return any(one.check.is_waited_for and not one.check.is_own for one in self.checks)


def case_file(application: Application, *, by: User, on: date) -> CaseFile:
    scheme = scheme_of(application)
    answered = form_of(application, today=on)
    facts = facts_of(application)
    ready = readiness(application, facts=facts)
    decisions = tuple(application.decisions.select_related("proposed_by", "decided_by").order_by("-proposed_at"))
    requests = tuple(requests_of(application))
    inspections = tuple(inspections_of(application))
    checks = checks_of(application, by=by, on=on)
    demands = tuple(application.demands.select_related("made_by").order_by("-made_at", "-pk"))
    company = company_match(answered, today=on)
    entries = entries_on(application, by=by)
    return CaseFile(
        application=application,
        scheme_title=said(scheme.title, get_language()),
        moves=tuple(_moves_of_application(application, ready, by=by, on=on)),
        waiting=tuple(_waiting(application, ready)),
        triggers=triggers_of(application, facts=facts),
        checks=checks,
        demands=demands,
        company=company,
        payments=tuple(application.payments.select_related("recorded_by").order_by("-received_on", "-pk")),
        requests=requests,
        evidence=evidence_of(application, answered, [one.filed_as for one in requests]),
        people=tuple(application.organisation.roles.select_related("person").order_by("kind", "pk")),
        parts=tuple(application.parts.standing().order_by("pk")),
        pages=pages_of(application, answered),
        places=tuple(_places(answered)),
        known=tuple(known_of(application, answered, facts, company=company, checks=checks, demands=demands)),
        inspections=inspections,
        objected=compliance_queries.objections_to(application.organisation, application.scheme),
        seen=seen_of(application),
        decisions=decisions,
        letters=tuple(letters_of(application)),
        entries=entries,
        notes=tuple(application.notes.select_related("author").order_by("-at", "-pk")),
        events=history_of_case(
            application,
            ("letter", application.reference),
            *(("check", one.check.reference) for one in checks),
            *(("replyoverride", override.reference) for one in checks for override in one.check.overrides.all()),
            *(("decision", decision.reference) for decision in decisions),
            *(("inspection", inspection.reference) for inspection in inspections),
            *(("informationrequest", one.request.reference) for one in requests),
            *(("fileentry", one.entry.reference) for one in entries),
        ),
    )


def _waiting(application: Application, ready: Readiness) -> Iterator[Reason]:
    """What keeps the case from its next step: the fee until it is taken in hand, then what a grant waits for."""
    if application.status == "submitted":
        yield from application_rules.begin_assessment_blockers(application)
    elif application.status in application_rules.BEING_ASSESSED:
        yield from decision_rules.readiness_blockers(ready, kind=DecisionKind.GRANT)
        if application.awaits_payment:
            still = f"{application.still_to_pay:,.2f}"
            yield Reason("still_to_pay", gettext("£%s is still to be paid. The decision need not wait for it.") % still)


def _moves_of_application(application: Application, ready: Readiness, *, by: User, on: date) -> Iterator[Button]:
    """In the order of the buttons: what this person may do, each with the reasons of its own rule."""
    of = (application.reference,)
    if application.status not in IN_HAND:
        yield from _moves_once_granted(application, by=by)
        return
    begin = tuple(application_rules.begin_assessment_blockers(application))
    asking = tuple(request_rules.begin_blockers(application))
    commission = tuple(inspection_rules.commission_blockers(application, inspections_open=ready.inspections_open))
    rows = [
        ("begin_assessment", "licensing.assess_application", _("Begin the assessment"), of, "", begin),
        *moves_to_propose(ON_APPLICATIONS, application, ready),
        ("ask_applicant", "licensing.ask_applicant", _("Ask the applicant"), of, "secondary", asking),
        (
            "commission_for_application",
            "compliance.commission_inspection",
            _("Commission an inspection"),
            of,
            "secondary",
            commission,
        ),
        ("record_payment", "licensing.record_payment", _("Record a payment"), of, "secondary", ()),
        *_moves_about_money(application),
        ("assign_application", "licensing.assign_application", _("Assign to a case officer"), of, "secondary", ()),
    ]
    began = application.status != "submitted"
    for name, codename, title, arguments, style, blockers in rows:
        # Beginning comes first and once; what follows it is not offered before.
        fits = name in BEFORE_AND_AFTER or (name == "begin_assessment") != began
        if fits and by.has_perm(codename):
            yield Button(name, title, reverse(name, args=arguments), style, blockers)


BEFORE_AND_AFTER = frozenset({"record_payment", "assign_application", "verify_turnover", "charge_inspection"})


def _moves_once_granted(application: Application, *, by: User) -> Iterator[Button]:
    """A licence may have been granted before it turns out that more was due."""
    if application.status == ApplicationStatus.GRANTED:
        for name, codename, title, arguments, style, blockers in _moves_about_money(application):
            if by.has_perm(codename):
                yield Button(name, title, reverse(name, args=arguments), style, blockers)
        if application.awaits_payment and by.has_perm("licensing.record_payment"):
            href = reverse("record_payment", args=[application.reference])
            yield Button("record_payment", _("Record a payment"), href, "secondary", ())


def _moves_about_money(
    application: Application,
) -> Iterator[tuple[str, str, str | Promise, tuple[str], str, tuple[Reason, ...]]]:
    """What the scheme lets be demanded besides the fee; what it does not is not offered."""
    scheme, of = scheme_of(application), (application.reference,)
    if scheme.payments and scheme.payments.shortfall:
        yield "verify_turnover", "licensing.assess_application", _("Record the turnover found"), of, "secondary", ()
    commissioned = bool(inspections_of(application))
    blockers = tuple(payment_rules.charge_inspection_blockers(application, scheme, commissioned=commissioned))
    if not blockers:
        title = _("Demand the charge for the inspection")
        yield "charge_inspection", "licensing.record_payment", title, of, "secondary", ()


def _places(filled: ApplicationForm) -> Iterator[PlaceRow]:
    for page, item, place in filled.places():
        reference = place.get("reference")
        yield PlaceRow(
            name=place["name"],
            about=place_in_words({**place, "name": ""}),
            labour_user=filled.title_of(page, item) if page.list_of else "",
            href=reverse("one_premises", args=[reference]) if reference else "",
        )
