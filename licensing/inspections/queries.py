"""How far a case has come, what is known of it, what a score proposes.

Why an application is to be inspected before it is granted: the pack's triggers, what set each off, what was set aside."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from compliance.inspections.models import Inspection, InspectionKind
from licensing.applications.models import Application
from licensing.applications.queries.applications import altering, connections_of, scheme_of
from licensing.applications.states import ApplicationStatus
from licensing.checks.models import Check
from licensing.checks.queries.facts import facts_of, overdue_checks
from licensing.checks.states import CheckResult
from licensing.inspections.models import Waiver
from registry.licences.models import Licence
from registry.organisations.queries import DERIVED_TITLES
from registry.schemes import Scheme, Trigger, holds, said


def inspections_of(subject: Application | Licence) -> list[Inspection]:
    """The inspections that inform this subject, newest first."""
    if isinstance(subject, Application):
        return list(Inspection.objects.filter(case=subject.reference).order_by("-commissioned_at"))
    return list(Inspection.objects.filter(licence_number=subject.number).order_by("-commissioned_at"))


def is_inspection_wanted(application: Application, facts: Mapping[str, object]) -> bool:
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


Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class ReasonRecord:
    """What a reason rests on: an application, a licence or a check; of another organisation, with who is in both."""

    kind: str
    reference: str
    title: str
    people: tuple[str, ...] = ()
    on: date | None = None


#: How many records of one kind a reason names, the newest first; of the others it says how many there are.
NAMED = 20


@dataclass(frozen=True, slots=True)
class ReasonRecords:
    """The records behind a fact, as far as they are named, and how many there are."""

    named: tuple[ReasonRecord, ...]
    how_many: int


@dataclass(frozen=True, slots=True)
class TriggerRow:
    """One reason to inspect: what it says, of which facts and records it comes, and who set it aside.

    `more` is how many records there are beside those that are named.
    """

    code: str
    title: str
    reason: str
    facts: tuple[str, ...]
    records: tuple[ReasonRecord, ...]
    more: int
    waiver: Waiver | None


def triggers_of(application: Application, *, facts: Mapping[str, Any] | None = None) -> tuple[TriggerRow, ...]:
    """The reasons that the facts of the case give now, by the pack that it is judged by."""
    if application.alters_id is not None:
        return ()
    scheme, facts = scheme_of(application), facts_of(application) if facts is None else facts
    waived = {one.trigger: one for one in application.waivers.standing().select_related("given_by")}
    return tuple(_row(application, one, facts, scheme, waived) for one in scheme.triggers_for("application", facts))


def _row(
    application: Application, one: Trigger, facts: Mapping[str, Any], scheme: Scheme, waived: Mapping[str, Waiver]
) -> TriggerRow:
    behind = list(_behind(application, one, facts, scheme))
    named = tuple(record for some in behind for record in some.named)
    return TriggerRow(
        code=one.code,
        title=said(one.title, get_language()),
        reason=said(one.reason, get_language()),
        facts=tuple(_that_hold(one, facts, scheme)),
        records=named,
        more=sum(some.how_many for some in behind) - len(named),
        waiver=waived.get(one.code),
    )


def trigger_row(application: Application, code: str) -> TriggerRow | None:
    return next((row for row in triggers_of(application) if row.code == code), None)


def _that_hold(trigger: Trigger, facts: Mapping[str, Any], scheme: Scheme) -> Iterator[str]:
    """The facts of a trigger that are so, as people read them; what has rows behind it is said by those."""
    asked = {question.key: question for page in scheme.form.pages if not page.scope for question in page.questions}
    for clause in trigger.when.clauses:
        if clause.fact not in BEHIND and holds([clause], facts):
            question = asked.get(clause.fact)
            if question:
                yield said(question.label, get_language())
            else:
                yield str(DERIVED_TITLES.get(clause.fact, clause.fact))


def _behind(
    application: Application, trigger: Trigger, facts: Mapping[str, Any], scheme: Scheme
) -> Iterator[ReasonRecords]:
    """The rows behind the facts that nobody was asked."""
    for clause in trigger.when.clauses:
        if clause.fact in BEHIND and holds([clause], facts):
            yield BEHIND[clause.fact](application, scheme)


def _refused(application: Application, _scheme: Scheme) -> ReasonRecords:
    through = connections_of(application.organisation)
    refused = Application.objects.filter(
        status=ApplicationStatus.REFUSED, organisation__in={application.organisation_id, *through}
    ).exclude(pk=application.pk)
    named = refused.select_related("organisation").only("reference", "closed_at", "organisation__legal_name")
    return _named(
        named.order_by("-closed_at"),
        lambda one: ReasonRecord(
            "application",
            one.reference,
            one.organisation.legal_name,
            through.get(one.organisation_id, ()),
            timezone.localdate(one.closed_at) if one.closed_at else None,
        ),
    )


def _revoked(application: Application, _scheme: Scheme) -> ReasonRecords:
    through = connections_of(application.organisation)
    revoked = Licence.objects.filter(
        organisation__in={application.organisation_id, *through}, revoked_from__isnull=False
    )
    named = revoked.select_related("organisation").only("number", "revoked_from", "organisation__legal_name")
    return _named(
        named.order_by("-revoked_from"),
        lambda one: ReasonRecord(
            "licence",
            one.number,
            one.organisation.legal_name,
            through.get(one.organisation_id, ()),
            one.revoked_from,
        ),
    )


def _adverse(application: Application, scheme: Scheme) -> ReasonRecords:
    return _replied(application, scheme, Q(result=CheckResult.ADVERSE))


def _unanswered(application: Application, scheme: Scheme) -> ReasonRecords:
    late = Q(pk__in=overdue_checks(application).values("pk"))
    return _replied(application, scheme, Q(result=CheckResult.NO_REPLY) | late)


def _replied(application: Application, scheme: Scheme, result: Q) -> ReasonRecords:
    """Which checks: what was replied is read on the page of each, by whoever may."""

    def record(one: Check) -> ReasonRecord:
        title = said(scheme.check(one.code).title, get_language())
        return ReasonRecord("check", one.reference, f"{title}: {one.subject}", (), one.replied_on)

    return _named(application.checks.of_others().filter(result).order_by("pk"), record)


def _named(rows: "QuerySet[Row]", record: Callable[[Row], ReasonRecord]) -> ReasonRecords:
    """The first of the rows; counted only where there are more."""
    first = list(rows[: NAMED + 1])
    how_many = len(first) if len(first) <= NAMED else rows.count()
    return ReasonRecords(tuple(map(record, first[:NAMED])), how_many)


BEHIND: Mapping[str, Callable[[Application, Scheme], ReasonRecords]] = {
    "refused_before": _refused,
    "revoked_before": _revoked,
    "adverse_reply": _adverse,
    "unanswered_check": _unanswered,
}
