"""Why an application is to be inspected before it is granted: the pack's triggers, what set each off, what was set aside."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language

from licensing.models import Application, Waiver
from licensing.queries.cases import connections_of, facts_of, scheme_of
from licensing.states import ApplicationStatus, CheckResult
from registry.models import Licence
from registry.queries.facts import DERIVED_TITLES
from registry.schemes import Scheme, Trigger, holds, said


@dataclass(frozen=True, slots=True)
class Record:
    """What a reason rests on: an application, a licence or a check; of another organisation, with who is in both."""

    kind: str
    reference: str
    title: str
    people: tuple[str, ...] = ()
    on: date | None = None


@dataclass(frozen=True, slots=True)
class TriggerRow:
    """One reason to inspect: what it says, of which facts and records it comes, and who set it aside."""

    code: str
    title: str
    reason: str
    facts: tuple[str, ...]
    records: tuple[Record, ...]
    waiver: Waiver | None


def triggers_of(application: Application, *, facts: Mapping[str, Any] | None = None) -> tuple[TriggerRow, ...]:
    """The reasons that the facts of the case give now, by the pack that it is judged by."""
    if application.alters_id is not None:
        return ()
    scheme, facts = scheme_of(application), facts_of(application) if facts is None else facts
    waived = {one.trigger: one for one in application.waivers.standing().select_related("given_by")}
    return tuple(
        TriggerRow(
            code=one.code,
            title=said(one.title, get_language()),
            reason=said(one.reason, get_language()),
            facts=tuple(_that_hold(one, facts, scheme)),
            records=tuple(_records(application, one, facts, scheme)),
            waiver=waived.get(one.code),
        )
        for one in scheme.triggers_for("application", facts)
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


def _records(application: Application, trigger: Trigger, facts: Mapping[str, Any], scheme: Scheme) -> Iterator[Record]:
    """The rows behind the facts that nobody was asked."""
    for clause in trigger.when.clauses:
        if clause.fact in BEHIND and holds([clause], facts):
            yield from BEHIND[clause.fact](application, scheme)


def _refused(application: Application, _scheme: Scheme) -> Iterator[Record]:
    through = connections_of(application.organisation)
    refused = Application.objects.filter(
        status=ApplicationStatus.REFUSED, organisation__in={application.organisation_id, *through}
    )
    named = refused.select_related("organisation").only("reference", "closed_at", "organisation__legal_name")
    for one in named.exclude(pk=application.pk).order_by("-closed_at"):
        on = timezone.localdate(one.closed_at) if one.closed_at else None
        people = through.get(one.organisation_id, ())
        yield Record("application", one.reference, one.organisation.legal_name, people, on)


def _revoked(application: Application, _scheme: Scheme) -> Iterator[Record]:
    through = connections_of(application.organisation)
    revoked = Licence.objects.filter(organisation__in={application.organisation_id, *through})
    named = revoked.select_related("organisation").only("number", "revoked_from", "organisation__legal_name")
    for one in named.exclude(revoked_from=None).order_by("-revoked_from"):
        people = through.get(one.organisation_id, ())
        yield Record("licence", one.number, one.organisation.legal_name, people, one.revoked_from)


def _adverse(application: Application, scheme: Scheme) -> Iterator[Record]:
    yield from _replied(application, scheme, CheckResult.ADVERSE)


def _unanswered(application: Application, scheme: Scheme) -> Iterator[Record]:
    yield from _replied(application, scheme, CheckResult.NO_REPLY)


def _replied(application: Application, scheme: Scheme, result: CheckResult) -> Iterator[Record]:
    """Which checks: what was replied is read on the page of each, by whoever may."""
    for one in application.checks.of_others().filter(result=result).order_by("pk"):
        title = said(scheme.check(one.code).title, get_language())
        yield Record("check", one.reference, f"{title}: {one.subject}", (), one.replied_on)


BEHIND: Mapping[str, Callable[[Application, Scheme], Iterator[Record]]] = {
    "refused_before": _refused,
    "revoked_before": _revoked,
    "adverse_reply": _adverse,
    "unanswered_check": _unanswered,
}
