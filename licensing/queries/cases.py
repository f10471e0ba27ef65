"""How far a case has come, what is known of it, what a score proposes."""

import functools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from compliance.inspections import rules as compliance_rules
from compliance.inspections.models import OPEN as OPEN_INSPECTIONS
from compliance.inspections.models import Inspection, InspectionKind
from compliance.inspections.queries import findings as compliance_queries
from compliance.inspections.states import InspectionStatus
from licensing.models import Answer, Application, Change, Check, Decision, DeskCheck, Exhibit, LookAlike, Transfer
from licensing.queries.conditions import seen_met
from licensing.queries.holding import altering
from licensing.queries.transfers import unsettled
from licensing.rules import own_checks
from licensing.rules.decisions import Deciding, Readiness
from licensing.rules.transfers import SETTLED
from licensing.sections import PARTICULARS, Filled, Item, is_answered
from licensing.states import ApplicationStatus, CheckResult, DecisionStatus, OwnCheck
from registry import names, schemes
from registry.conflicts.models import Conflict
from registry.documents.models import Document
from registry.holidays import queries as registry_queries
from registry.holidays.models import Calendar
from registry.licences.models import Licence
from registry.licences.states import ConditionStatus, LicenceStatus
from registry.organisations.models import Fact, Organisation, Person, Role
from registry.schemes import Page

OPEN = (DecisionStatus.PROPOSED, DecisionStatus.NOTIFIED)
# What the registry finds by itself, for the conditions of a pack, by the check that it comes of.
FACTS = {OwnCheck.COMPANY: "company_gone", OwnCheck.LISTS: "on_a_list"}


def scheme_of(subject: Application | Licence | Change) -> schemes.Scheme:
    """The version of the scheme that the subject is judged by: pinned when handed in or told, or when granted."""
    assert subject.version is not None
    return schemes.get(subject.scheme, subject.version)


def filled(application: Application, scheme: schemes.Scheme) -> Filled:
    """The scheme's form with what this application has answered."""
    answers = _items(application.answers.order_by("pk"))
    if application.alters is None:
        return Filled.of(scheme, answers, on_paper=application.is_on_paper)
    granted = _items(last_answers(application.alters, until=application.started_at))
    return Filled.of(
        scheme,
        answers,
        asked=scheme.change_kind(application.altering).pages,
        settled=Filled.of(scheme, granted).done(),
        on_paper=application.is_on_paper,
    )


def _items(answers: Iterable[Answer]) -> Iterator[Item]:
    for one in answers:
        yield Item(one.page, one.item, one.data, one.is_complete, one.saved_at, one.version, one.part_id is not None)


def last_answers(licence: Licence, *, until: datetime | None = None) -> QuerySet[Answer]:
    """The answers of the application by which the licence was last granted or renewed, until then if that is given."""
    granting = licence.applications.filter(closed_at__lte=until) if until else licence.applications.all()
    granted = granting.order_by("-closed_at", "-pk").first()
    return Answer.objects.filter(application=granted).order_by("pk") if granted else Answer.objects.none()


def form_of(application: Application, *, today: date) -> Filled:
    """The form as answered: of a draft in the version in force today, of what was handed in in the version it was pinned to."""
    if application.version is not None:
        return filled(application, schemes.get(application.scheme, application.version))
    return filled(application, schemes.in_force(application.scheme, today))


def suggested(organisation: Organisation, page: Page) -> dict[str, Any]:
    """What the organisation's file knows already of what a page asks about it: nothing is asked twice."""
    if page.scope:
        return {}
    known = {q.key: getattr(organisation, PARTICULARS[q.key]) for q in page.questions if q.key in PARTICULARS}
    return {key: value for key, value in known.items() if is_answered(value)}


def schemes_offered(today: date) -> dict[str, schemes.Scheme]:
    """The schemes under which somebody can apply today, by name; first that which is longest in force."""
    since = {name: min(schemes.versions(name)) for name in schemes.names()}
    begun = sorted((first, name) for name, first in since.items() if first <= today)
    return {name: schemes.in_force(name, today) for _first, name in begun}


def paper_drafts() -> QuerySet[Application]:
    """What came on paper and has not been handed in yet, longest here first."""
    drafts = Application.objects.filter(status=ApplicationStatus.DRAFT, paper__isnull=False)
    return drafts.select_related("organisation", "paper__entered_by").order_by("paper__received_on", "pk")


def held_under(organisation: Organisation | None, scheme: str, *, today: date) -> Licence | None:
    """The licence under the scheme that the organisation holds today, suspended or not; one that is revoked is going."""
    if organisation is None:
        return None
    held = organisation.licences.filter(scheme=scheme, status=LicenceStatus.ACTIVE, valid_until__gte=today)
    return held.order_by("-valid_until").first()


def holidays_of(organisation: Organisation) -> frozenset[date]:
    """The bank holidays of the nation where the organisation is."""
    return registry_queries.holidays(Calendar.of(organisation.address))


def facts_of(subject: Application | Licence) -> dict[str, object]:
    """What the conditions of a pack may be asked about: what was answered, and what is known besides."""
    organisation = subject.organisation
    connected = connected_to(organisation)
    refused = Application.objects.filter(status=ApplicationStatus.REFUSED, organisation__in=connected)
    revoked = Licence.objects.filter(organisation__in=connected).exclude(revoked_from=None)
    before: dict[str, object] = {
        "refused_before": refused.exclude(reference=subject.reference).exists(),
        "revoked_before": revoked.exclude(number=subject.reference).exists(),
    }
    if isinstance(subject, Licence):
        at_grant = subject.conditions.filter(imposed_on__lte=subject.valid_from)
        return {**Fact.objects.latest_of(organisation), **before, "conditions_at_grant": at_grant.exists()}
    replies = set(subject.checks.of_others().values_list("result", flat=True))
    return {
        **subject.facts,
        **before,
        **_facts_found(subject),
        "renewal": subject.renews_id is not None,
        "adverse_reply": CheckResult.ADVERSE in replies,
        "unanswered_check": CheckResult.NO_REPLY in replies,
    }


def _facts_found(application: Application) -> dict[str, object]:
    """Until an officer has looked at what was found, and found nothing in it."""
    own = application.checks.filter(code__in=[*FACTS]).prefetch_related("replies")
    return {FACTS[OwnCheck(check.code)]: _holds(check) for check in own}


def _holds(check: Check) -> bool:
    if check.result == CheckResult.ADVERSE:
        return True
    standing = next((reply for reply in check.replies.all() if reply.replaced_at is None), None)
    if check.result or standing is None or standing.result != CheckResult.LOOK:
        return False
    codes = {item.get("code") for item in standing.items}
    return check.code != OwnCheck.COMPANY or bool(codes & own_checks.GONE)


def facts_for_inspector(subject: Application | Licence) -> dict[str, object]:
    """What goes along with a brief: what was answered, and not what other authorities replied in confidence."""
    return dict(subject.facts) if isinstance(subject, Application) else facts_of(subject)


def inspections_of(subject: Application | Licence) -> list[Inspection]:
    """The inspections that inform this subject, newest first."""
    if isinstance(subject, Application):
        return list(Inspection.objects.filter(case=subject.reference).order_by("-commissioned_at"))
    return list(Inspection.objects.filter(licence_number=subject.number).order_by("-commissioned_at"))


def readiness(
    subject: Application | Licence,
    *,
    transfer: Transfer | None = None,
    facts: Mapping[str, object] | None = None,
) -> Readiness:
    """How far the case has come; of a licence also this transfer of it, or the one that its holder asks for.

    `facts` are those of `facts_of`, where whoever asks has them already.
    """
    inspections = inspections_of(subject)
    waited_for = [one for one in inspections if one.kind != InspectionKind.VERIFICATION]
    came = Readiness(
        inspections_open=sum(one.status in OPEN_INSPECTIONS for one in waited_for),
        confirmed=frozenset(one.pk for one in inspections if one.status == InspectionStatus.CONFIRMED),
        open_decision=subject.decisions.filter(status__in=OPEN, condition=None).exists(),
    )
    if isinstance(subject, Licence):
        of_conditions = subject.decisions.filter(status__in=OPEN, condition__isnull=False)
        transfer = transfer or subject.transfers.open().select_related("application__organisation").first()
        return replace(
            came,
            transfer=transfer,
            other=readiness(transfer.application) if transfer and transfer.application else None,
            unsettled=unsettled(subject) if transfer else SETTLED,
            conditions_open=frozenset(of_conditions.values_list("condition", flat=True)),
            conditions_met=seen_met(subject.conditions.filter(status=ConditionStatus.OPEN).select_related("licence")),
        )
    known = facts_of(subject) if facts is None else facts
    rejected, unchecked = _documents_not_accepted(subject, known)
    return replace(
        came,
        documents_rejected=rejected,
        documents_unchecked=unchecked,
        unanswered_checks=subject.checks.filter(result="").count(),
        open_requests=subject.requests.filter(answered_at=None).count(),
        inspection_wanted=_inspection_wanted(subject, known),
        look_alikes_open=LookAlike.objects.open().filter(organisation=subject.organisation, is_strong=True).count(),
    )


def _documents_not_accepted(application: Application, facts: Mapping[str, object]) -> tuple[int, int]:
    """How many required kinds of document have only rejected files; and how many have none that was accepted so far."""
    uploaded = list(Document.objects.about(application.reference).there().only("requirement", "status"))
    open_kinds = {one.requirement for one in uploaded} - {one.requirement for one in uploaded if one.is_served}
    if open_kinds:
        open_kinds &= {one.code for one in scheme_of(application).documents_for(facts) if one.required}
    unchecked = {one.requirement for one in uploaded if one.is_being_checked} & open_kinds
    return len(open_kinds - unchecked), len(unchecked)


def _inspection_wanted(application: Application, facts: Mapping[str, object]) -> bool:
    """Of an alteration, whether its kind is inspected; else whether a reason to is left that nobody has set aside."""
    scheme = scheme_of(application)
    if kind := altering(application, scheme):
        return kind.inspection is not None
    waived = set(application.waivers.standing().values_list("trigger", flat=True))
    return any(one.code not in waived for one in scheme.triggers_for("application", facts))


def inspection_kind(application: Application) -> str:
    """As what kind of inspection it is visited."""
    kind = altering(application, scheme_of(application))
    return kind.inspection if kind and kind.inspection else str(InspectionKind.APPLICATION)


def score_of(scheme: schemes.Scheme, inspections: Iterable[Inspection]) -> tuple[int | None, str]:
    """The points of the confirmed inspections relied on, and what they propose; nothing without an inspection."""
    confirmed = [one for one in inspections if one.status == InspectionStatus.CONFIRMED]
    if not confirmed:
        return None, ""
    score = compliance_rules.score(scheme, compliance_queries.unmet(confirmed))
    return score.points, compliance_rules.proposes(score)


def deciding(decision: Decision, *, from_day: date | None, today: date) -> Deciding:
    """What surrounds a decision on the day it is taken."""
    subject = decision.subject
    other = decision.transfer.application if decision.transfer else None
    inspections = {*inspections_of(subject), *decision.inspections.all(), *(inspections_of(other) if other else ())}
    conflicts = Conflict.objects.filter(organisation__in=decision.organisations).in_force()
    visited = (one for one in inspections if one.status != InspectionStatus.CALLED_OFF)
    return Deciding(
        scheme=scheme_of(subject),
        ready=readiness(subject, transfer=decision.transfer),
        inspected_by=frozenset(one.inspector_id for one in visited),
        verified_by=_checked_at_desk(decision),
        conflicted=frozenset(conflicts.values_list("officer", flat=True)),
        holidays=holidays_of(decision.organisation),
        today=today,
        from_day=from_day or decision.starts or decision.takes_effect,
    )


def _checked_at_desk(decision: Decision) -> frozenset[int]:
    """Who has looked at their desks at the condition that it is about, or at those that its grounds rest on."""
    rested_on = Exhibit.objects.filter(ground__decision=decision, desk_check__isnull=False)
    own = DeskCheck.objects.filter(condition__in=[decision.condition_id] if decision.condition_id else [])
    looked = rested_on.values_list("desk_check__checked_by", flat=True)
    return frozenset(looked.union(own.values_list("checked_by", flat=True)))


def connected_to(organisation: Organisation) -> set[int]:
    """The organisation, and those in which somebody with a role in it has or had one."""
    return {organisation.pk} | connections_of(organisation).keys()


def connections_of(organisation: Organisation) -> dict[int, tuple[str, ...]]:
    """The other organisations in which somebody with a role in it has or had one, and who: same name, same date of birth."""
    own = Person.objects.filter(roles__organisation=organisation).exclude(date_of_birth=None)
    wanted = {(person.date_of_birth, names.person_key(person.full_name)) for person in own}
    alike = Role.objects.filter(person__date_of_birth__in={born for born, _key in wanted}).values_list(
        "organisation", "person__date_of_birth", "person__full_name"
    )
    # Many may share a day, and some of those a name: each name is folded once.
    key_of = functools.cache(names.person_key)
    found: dict[int, list[str]] = {}
    for where, born, name in alike:
        if where != organisation.pk and (born, key_of(name)) in wanted:
            found.setdefault(where, []).append(name)
    return {where: tuple(sorted(set(called))) for where, called in found.items()}
