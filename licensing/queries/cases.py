"""How far a case has come, what is known of it, what a score proposes."""

from collections.abc import Iterable
from datetime import date

from compliance import queries as compliance_queries
from compliance import rules as compliance_rules
from compliance.models import Inspection
from licensing.models import Application, Decision
from licensing.rules.decisions import Deciding, Readiness, nation
from licensing.sections import Filled, Item
from licensing.states import DecisionStatus
from registry import queries as registry_queries
from registry import schemes
from registry.models import Fact, Licence, Organisation

OPEN = (DecisionStatus.PROPOSED, DecisionStatus.NOTIFIED)


def scheme_of(subject: Application | Licence) -> schemes.Scheme:
    """The version of the scheme that the subject is judged by: pinned when handed in, or when granted."""
    assert subject.version is not None
    return schemes.get(subject.scheme, subject.version)


def filled(application: Application, scheme: schemes.Scheme) -> Filled:
    """The scheme's form with what this application has answered."""
    answers = application.answers.order_by("pk")
    return Filled.of(
        scheme,
        (Item(one.page, one.item, one.data, one.is_complete, one.saved_at) for one in answers),
    )


def form_of(application: Application, *, today: date) -> Filled:
    """The form as answered: of a draft in the version in force today, of what was handed in in the version it was pinned to."""
    if application.version is not None:
        return filled(application, schemes.get(application.scheme, application.version))
    return filled(application, schemes.in_force(application.scheme, today))


def schemes_offered(today: date) -> dict[str, schemes.Scheme]:
    """The schemes under which somebody can apply today, by name."""
    return {name: schemes.in_force(name, today) for name in schemes.names() if min(schemes.versions(name)) <= today}


def holidays_of(organisation: Organisation) -> frozenset[date]:
    """The bank holidays of the nation where the organisation is."""
    return registry_queries.holidays(nation(organisation.address))


def facts_of(subject: Application | Licence) -> dict[str, object]:
    """What the conditions of a pack may be asked about: what was answered, and what is known besides."""
    if isinstance(subject, Licence):
        return Fact.objects.latest_of(subject.organisation)
    replies = set(subject.checks.values_list("result", flat=True))
    return {
        **subject.facts,
        "adverse_reply": "adverse" in replies,
        "unanswered_check": "no_reply" in replies,
        "refused_before": _refused_before(subject),
        "revoked_before": subject.organisation.licences.filter(revoked_from__isnull=False).exists(),
    }


def inspections_of(subject: Application | Licence) -> list[Inspection]:
    """The inspections that inform this subject, newest first."""
    if isinstance(subject, Application):
        return list(Inspection.objects.filter(case=subject.reference).order_by("-commissioned_at"))
    return list(Inspection.objects.filter(licence_number=subject.number).order_by("-commissioned_at"))


def readiness(subject: Application | Licence) -> Readiness:
    """How far the case has come."""
    inspections = inspections_of(subject)
    facts: dict[str, int | bool] = {
        "inspections_open": sum(one.status in {"commissioned", "reported"} for one in inspections),
        "inspections_confirmed": sum(one.status == "confirmed" for one in inspections),
        "open_decision": subject.decisions.filter(status__in=OPEN).exists(),
    }
    if isinstance(subject, Application):
        facts |= {
            "unanswered_checks": subject.checks.filter(result="").count(),
            "open_requests": subject.requests.filter(answered_at=None).count(),
            "inspection_wanted": bool(scheme_of(subject).triggers_for("application", facts_of(subject))),
        }
    return Readiness(**facts)  # type: ignore[arg-type]


def score_of(scheme: schemes.Scheme, inspections: Iterable[Inspection]) -> tuple[int | None, str]:
    """The points of the confirmed inspections relied on, and what they propose; nothing without an inspection."""
    confirmed = [one for one in inspections if one.status == "confirmed"]
    if not confirmed:
        return None, ""
    score = compliance_rules.score(scheme, compliance_queries.unmet(confirmed))
    return score.points, compliance_rules.proposes(score)


def deciding(decision: Decision, *, from_day: date | None, today: date) -> Deciding:
    """What surrounds a decision on the day it is taken."""
    subject = decision.subject
    inspections = {*inspections_of(subject), *decision.inspections.all()}
    return Deciding(
        scheme=scheme_of(subject),
        ready=readiness(subject),
        inspected_by=frozenset(one.inspector_id for one in inspections),
        holidays=holidays_of(decision.organisation),
        today=today,
        from_day=from_day or decision.starts or decision.takes_effect,
    )


def _refused_before(application: Application) -> bool:
    former = application.organisation.applications.exclude(pk=application.pk)
    return former.filter(status="refused").exists()
