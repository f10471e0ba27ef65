"""What the page of one application, decision or licence shows."""

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from compliance.inspection_reports.queries import Heard, heard_of
from compliance.inspections import rules as compliance_rules
from compliance.inspections.models import OPEN as OPEN_INSPECTIONS
from compliance.inspections.models import Inspection
from compliance.inspections.queries import findings
from compliance.inspections.states import Finding
from compliance.reports.queries import reports as compliance_queries
from licensing.models import (
    Application,
    Decision,
    Demand,
    InformationRequest,
    Note,
    Part,
    Payment,
    ProposedCondition,
    Transfer,
)
from licensing.queries.case_history import EVENTS_ON_A_PAGE, history_of_case
from licensing.queries.cases import facts_of, form_of, inspections_of, readiness, scheme_of
from licensing.queries.checks import CheckRow, checks_of
from licensing.queries.companies import CompanyMatch, company_match
from licensing.queries.conditions import to_come
from licensing.queries.documents import Evidence, ShownCondition, conditions_shown, evidence_of
from licensing.queries.happened import WORDS
from licensing.queries.renewals import changed_since
from licensing.queries.sources import Known, known_of
from licensing.queries.triggers import TriggerRow, triggers_of
from licensing.rules import applications as application_rules
from licensing.rules import cases as case_rules
from licensing.rules import conditions as condition_rules
from licensing.rules import decisions as decision_rules
from licensing.rules import payments as payment_rules
from licensing.rules.decisions import Readiness
from licensing.sections import Filled, place_in_words
from licensing.states import IN_HAND, ApplicationStatus, DecisionKind
from registry.accounts.models import User
from registry.errors import Reason
from registry.letters.models import Letter
from registry.licences.models import Condition, Licence
from registry.licences.states import ConditionStatus, LicenceStatus
from registry.organisations.models import Role
from registry.register.models import Entry
from registry.register.states import Standing as RegisterStanding
from registry.schemes import Scheme, Standard, said
from registry.trail.queries import history as registry_queries
from registry.trail.queries.history import Happening, Row


@dataclass(frozen=True, slots=True)
class PossibleMove:
    """Something that this person may do, on which page, and why not now."""

    name: str
    title: str | Promise
    href: str
    style: str
    blockers: tuple[Reason, ...]

    @property
    def why(self) -> tuple[Reason, ...]:
        """The reasons that help: that it does not fit the state of the thing is said only where nothing else is."""
        return tuple(reason for reason in self.blockers if reason.code != "wrong_state") or self.blockers


@dataclass(frozen=True, slots=True)
class AnsweredPage:
    """What was answered on one page; `is_changed` when a renewal says otherwise than the application before it."""

    title: str
    rows: tuple[Row, ...]
    is_changed: bool


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place of supply as the application names it; `href` leads to what the registry knows of it, where it is listed."""

    name: str
    about: str
    labour_user: str
    href: str


@dataclass(frozen=True, slots=True)
class Unmet:
    """A standard that a confirmed inspection found not to be met, ready to become a ground."""

    standard: str
    title: str
    points: int
    critical: bool
    inspection: str
    evidence: str
    business_comment: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What the confirmed inspections of a case add up to."""

    inspections: tuple[Inspection, ...]
    unmet: tuple[Unmet, ...]
    points: int
    fail_at: int
    proposes: str
    heard: tuple[Heard, ...]

    @property
    def proposes_in_words(self) -> str | Promise:
        return PROPOSES.get(self.proposes, "")


PROPOSES: dict[str, str | Promise] = {
    "grant": _("to grant"),
    "grant_with_conditions": _("to grant with conditions"),
    "refuse": _("to refuse, or to take the licence away"),
}


@dataclass(frozen=True, slots=True)
class CaseFile:
    """All that the page of one application shows."""

    application: Application
    scheme_title: str
    moves: tuple[PossibleMove, ...]
    waiting: tuple[Reason, ...]
    triggers: tuple[TriggerRow, ...]
    checks: tuple[CheckRow, ...]
    company: CompanyMatch | None
    payments: tuple[Payment, ...]
    demands: tuple[Demand, ...]
    requests: tuple[InformationRequest, ...]
    evidence: tuple[Evidence, ...]
    people: tuple[Role, ...]
    parts: tuple[Part, ...]
    pages: tuple[AnsweredPage, ...]
    places: tuple[PlaceRow, ...]
    known: tuple[Known, ...]
    inspections: tuple[Inspection, ...]
    objected: compliance_queries.Objected | None
    seen: Seen | None
    decisions: tuple[Decision, ...]
    letters: tuple[Letter, ...]
    notes: tuple[Note, ...]
    events: tuple[Happening, ...]


def case_file(application: Application, *, by: User, on: date) -> CaseFile:
    scheme = scheme_of(application)
    answered = form_of(application, today=on)
    facts = facts_of(application)
    ready = readiness(application, facts=facts)
    decisions = tuple(application.decisions.select_related("proposed_by", "decided_by").order_by("-proposed_at"))
    requests = tuple(application.requests.select_related("asked_by", "answered_by").order_by("-asked_at"))
    inspections = tuple(inspections_of(application))
    checks = checks_of(application, by=by, on=on)
    demands = tuple(application.demands.select_related("made_by").order_by("-made_at", "-pk"))
    company = company_match(answered, today=on)
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
        evidence=evidence_of(application, answered, requests),
        people=tuple(application.organisation.roles.select_related("person").order_by("kind", "pk")),
        parts=tuple(application.parts.standing().order_by("pk")),
        pages=tuple(_pages(answered, changed_since(application))),
        places=tuple(_places(answered)),
        known=tuple(known_of(application, answered, facts, company=company, checks=checks, demands=demands)),
        inspections=inspections,
        objected=compliance_queries.objections_to(application.organisation, application.scheme),
        seen=seen_of(application),
        decisions=decisions,
        letters=tuple(letters_of(application)),
        notes=tuple(application.notes.select_related("author").order_by("-at", "-pk")),
        events=history_of_case(
            application,
            ("letter", application.reference),
            *(("decision", decision.reference) for decision in decisions),
            *(("inspection", inspection.reference) for inspection in inspections),
        ),
    )


def seen_of(subject: Application | Licence) -> Seen | None:
    """What the confirmed inspections add up to; nothing when there is none."""
    confirmed = tuple(one for one in inspections_of(subject) if one.status == "confirmed")
    if not confirmed:
        return None
    scheme = scheme_of(subject)
    score = compliance_rules.score(scheme, findings.unmet(confirmed))
    return Seen(
        inspections=confirmed,
        unmet=tuple(_unmet(scheme, confirmed)),
        points=score.points,
        fail_at=scheme.fail_at,
        proposes=compliance_rules.proposes(score),
        heard=heard_of(confirmed),
    )


def _unmet(scheme: Scheme, inspections: Iterable[Inspection]) -> Iterator[Unmet]:
    for inspection in inspections:
        for result in inspection.results.filter(finding=Finding.NOT_MET).order_by("standard"):
            standard = scheme.standard(result.standard)
            yield Unmet(
                standard.code,
                said(standard.title, get_language()),
                standard.points,
                standard.critical,
                inspection.reference,
                result.evidence,
                result.business_comment,
            )


def standards_of(scheme: Scheme) -> list[tuple[str, str]]:
    """The standards as choices, in the reader's language."""
    return [(one.code, standard_in_words(one)) for one in scheme.standards]


def standard_in_words(standard: Standard) -> str:
    return f"{standard.code} {said(standard.title, get_language())}"


def _waiting(application: Application, ready: Readiness) -> Iterator[Reason]:
    """What keeps the case from its next step: the fee until it is taken in hand, then what a grant waits for."""
    if application.status == "submitted":
        yield from application_rules.begin_assessment_blockers(application)
    elif application.status in case_rules.BEING_ASSESSED:
        yield from decision_rules.readiness_blockers(ready, kind=DecisionKind.GRANT)
        if application.awaits_payment:
            still = f"{application.still_to_pay:,.2f}"
            yield Reason("still_to_pay", gettext("£%s is still to be paid. The decision need not wait for it.") % still)


def _moves_of_application(application: Application, ready: Readiness, *, by: User, on: date) -> Iterator[PossibleMove]:
    """In the order of the buttons: what this person may do, each with the reasons of its own rule."""
    of = (application.reference,)
    if application.status not in IN_HAND:
        yield from _moves_once_granted(application, by=by)
        return
    propose = "licensing.propose_decision"
    grant, refuse = (
        tuple(decision_rules.begin_blockers(application, kind=kind, ready=ready)) for kind in ("grant", "refuse")
    )
    begin = tuple(application_rules.begin_assessment_blockers(application))
    asking = tuple(case_rules.ask_blockers(application, today=on))
    commission = tuple(case_rules.commission_blockers(application, inspections_open=ready.inspections_open))
    rows = [
        ("begin_assessment", "licensing.assess_application", _("Begin the assessment"), of, "", begin),
        ("propose_grant", propose, _("Propose to grant"), of, "", grant),
        ("propose_refuse", propose, _("Propose to refuse"), of, "secondary", refuse),
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
            yield PossibleMove(name, title, reverse(name, args=arguments), style, blockers)


BEFORE_AND_AFTER = frozenset({"record_payment", "assign_application", "verify_turnover", "charge_inspection"})


def _moves_once_granted(application: Application, *, by: User) -> Iterator[PossibleMove]:
    """A licence may have been granted before it turns out that more was due."""
    if application.status == ApplicationStatus.GRANTED:
        for name, codename, title, arguments, style, blockers in _moves_about_money(application):
            if by.has_perm(codename):
                yield PossibleMove(name, title, reverse(name, args=arguments), style, blockers)
        if application.awaits_payment and by.has_perm("licensing.record_payment"):
            href = reverse("record_payment", args=[application.reference])
            yield PossibleMove("record_payment", _("Record a payment"), href, "secondary", ())


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


def _pages(filled: Filled, changed: Set[tuple[str, str]]) -> Iterator[AnsweredPage]:
    """The answers as they were handed in, page by page; a list has one for each thing in it."""
    for _section, pages in filled.sections():
        for page in pages:
            for item in filled.on(page):
                rows = tuple(
                    Row(said(question.label, get_language()), filled.in_words(question, item.data.get(question.key)))
                    for question in filled.questions(page, item.data)
                )
                yield AnsweredPage(said(page.title, get_language()), rows, (page.slug, item.name) in changed)


def _places(filled: Filled) -> Iterator[PlaceRow]:
    for page, item, place in filled.places():
        reference = place.get("reference")
        yield PlaceRow(
            name=place["name"],
            about=place_in_words({**place, "name": ""}),
            labour_user=filled.title_of(page, item) if page.list_of else "",
            href=reverse("one_premises", args=[reference]) if reference else "",
        )


def letters_of(*subjects: Application | Licence) -> list[Letter]:
    """To the organisation: what went to one of its people besides says the same."""
    wanted = Letter.objects.filter(
        reference__in=[subject.reference for subject in subjects], organisation__isnull=False
    )
    return list(wanted.order_by("-at", "-pk"))


def events_of(itself: tuple[str, str], *besides: tuple[str, str]) -> tuple[Happening, ...]:
    """What was done to the thing that the page is about, and to what belongs to it, newest first."""
    events = registry_queries.history_of(itself, *besides)[:EVENTS_ON_A_PAGE]
    return tuple(registry_queries.in_words(events, about=itself[1], words=WORDS))


# --- licences


@dataclass(frozen=True, slots=True)
class ConditionRow:
    """One condition of a licence, and what this person may do about it."""

    shown: ShownCondition
    moves: tuple[PossibleMove, ...]


@dataclass(frozen=True, slots=True)
class LicenceFile:
    """All that the staff's page of one licence shows."""

    licence: Licence
    scheme_title: str
    entry: Entry | None
    standing: RegisterStanding | None
    sectors: tuple[str, ...]
    countries: tuple[str, ...]
    moves: tuple[PossibleMove, ...]
    conditions: tuple[ConditionRow, ...]
    failed: tuple[Condition, ...]
    to_come: tuple[ProposedCondition, ...]
    inspections: tuple[Inspection, ...]
    seen: Seen | None
    decisions: tuple[Decision, ...]
    transfers: tuple[Transfer, ...]
    applications: tuple[Application, ...]
    letters: tuple[Letter, ...]
    events: tuple[Happening, ...]


def licence_file(licence: Licence, *, by: User, on: date) -> LicenceFile:
    scheme = scheme_of(licence)
    language = get_language()
    about_it = licence.decisions.open_to(by).select_related("proposed_by", "decided_by")
    decisions = tuple(about_it.order_by("-proposed_at"))
    conditions = conditions_shown(licence)
    ready = readiness(licence)
    transfers = tuple(licence.transfers.open_to(by).select_related("application", "became").order_by("-pk"))
    applications = tuple(licence.applications.order_by("-submitted_at"))
    entry = Entry.objects.filter(listing=licence.listing, shown_until=None).standing_on(on).first()
    return LicenceFile(
        licence=licence,
        scheme_title=said(scheme.title, language),
        entry=entry,
        standing=RegisterStanding(entry.standing) if entry else None,
        sectors=tuple(said(scheme.sector(code).title, language) for code in licence.sectors),
        countries=tuple(said(scheme.nation(code).title, language) for code in licence.countries_supplied),
        moves=tuple(_moves_of_licence(licence, ready, transfers, by=by, on=on)),
        conditions=tuple(
            ConditionRow(one, tuple(_moves_of_condition(licence, one, ready, by=by, on=on))) for one in conditions
        ),
        failed=_still_to_follow(licence, [one.condition for one in conditions], decisions),
        to_come=tuple(to_come(licence)),
        inspections=tuple(inspections_of(licence)),
        seen=seen_of(licence),
        decisions=decisions,
        transfers=transfers,
        applications=applications,
        letters=tuple(letters_of(licence, *applications)),
        events=events_of(
            ("licence", licence.number),
            *(("decision", decision.reference) for decision in decisions),
            *(("condition", row.condition.reference) for row in conditions),
            *(("transfer", one.reference) for one in transfers),
        ),
    )


def _moves_of_licence(
    licence: Licence, ready: Readiness, transfers: tuple[Transfer, ...], *, by: User, on: date
) -> Iterator[PossibleMove]:
    """What this person may do about a licence; of one that has run out nothing can be suspended, revoked or visited."""
    propose = "licensing.propose_decision"
    suspend, revoke, lift, impose, allow, refuse = (
        tuple(decision_rules.begin_blockers(licence, kind=kind, ready=ready))
        for kind in ("suspend", "revoke", "lift", "impose", "allow_transfer", "refuse_transfer")
    )
    commission = tuple(case_rules.commission_blockers(licence, inspections_open=ready.inspections_open))
    of = (licence.number,)
    rows = [
        (
            "commission_for_licence",
            "compliance.commission_inspection",
            _("Commission an inspection"),
            of,
            "",
            commission,
        ),
        ("propose_impose", propose, PROPOSING["impose"], of, "secondary", impose),
        ("propose_suspend", propose, _("Propose to suspend"), of, "secondary", suspend),
        ("propose_revoke", propose, _("Propose to revoke"), of, "warning", revoke),
        ("change_numbers", "registry.end_licence", _("Change the holder’s numbers"), of, "secondary", ()),
    ]
    if licence.suspended_until is not None:
        rows.insert(1, ("propose_lift", propose, _("Propose to lift the suspension"), of, "secondary", lift))
    if ready.transfer in transfers:
        rows += [
            ("propose_allow_transfer", propose, PROPOSING["allow_transfer"], of, "", allow),
            ("propose_refuse_transfer", propose, PROPOSING["refuse_transfer"], of, "secondary", refuse),
        ]
    for name, codename, title, arguments, style, blockers in rows:
        can_be_done = licence.status == "active" and (not licence.has_run_out(on) or name in AFTER_ITS_TERM)
        if can_be_done and by.has_perm(codename):
            yield PossibleMove(name, title, reverse(name, args=arguments), style, blockers)


def _moves_of_condition(
    licence: Licence, shown: ShownCondition, ready: Readiness, *, by: User, on: date
) -> Iterator[PossibleMove]:
    """What this person may do about an open condition; what is not possible now says why."""
    condition = shown.condition
    if condition.status != ConditionStatus.OPEN or licence.status != LicenceStatus.ACTIVE or licence.has_run_out(on):
        return
    open_visits = sum(one.status in OPEN_INSPECTIONS for one in shown.visits)
    discharge, extend, vary, fail = (
        tuple(decision_rules.begin_blockers(licence, kind=kind, ready=ready, condition=condition))
        for kind in ("discharge", "extend", "vary", "fail")
    )
    fail = (*fail, *decision_rules.due_blockers(condition, today=on))
    propose = "licensing.propose_decision"
    rows = [
        ("check_condition", "licensing.record_check", _("Check it at the desk"), ()),
        (
            "visit_condition",
            "compliance.commission_inspection",
            _("Have it visited"),
            tuple(condition_rules.visit_blockers(condition, open_visits=open_visits)),
        ),
        ("propose_discharge", propose, PROPOSING["discharge"], discharge),
        ("propose_extend", propose, PROPOSING["extend"], extend),
        ("propose_vary", propose, PROPOSING["vary"], vary),
        ("propose_fail", propose, PROPOSING["fail"], fail),
    ]
    for name, codename, title, blockers in rows:
        if by.has_perm(codename):
            yield PossibleMove(name, title, reverse(name, args=[licence.number, condition.reference]), "", blockers)


#: What is about the holder and not about its licence, so that it can be done when the licence has run out.
AFTER_ITS_TERM = frozenset({"change_numbers"})

PROPOSING: dict[str, str | Promise] = {
    "discharge": _("Propose to discharge the condition"),
    "extend": _("Propose more time for the condition"),
    "fail": _("Propose to find the condition failed"),
    "lift": _("Propose to lift the suspension"),
    "impose": _("Propose to add a condition"),
    "vary": _("Propose to vary the condition"),
    "allow_transfer": _("Propose to consent to the transfer"),
    "refuse_transfer": _("Propose to refuse the transfer"),
}


def _still_to_follow(
    licence: Licence, conditions: Iterable[Condition], decisions: Iterable[Decision]
) -> tuple[Condition, ...]:
    """Conditions that were found failed, and nothing has been proposed about the licence since: the next step is to propose it."""
    if licence.status != LicenceStatus.ACTIVE or licence.revoked_from is not None:
        return ()
    followed = [timezone.localdate(one.proposed_at) for one in decisions if one.kind in {"suspend", "revoke"}]
    last = max(followed, default=None)
    failed = (one for one in conditions if one.status == ConditionStatus.FAILED and one.closed_on)
    return tuple(one for one in failed if last is None or (one.closed_on and last < one.closed_on))
