"""How far a case has come, what is known of it, what a score proposes."""

from django.utils import timezone

from licensing.applications.models import Application
from licensing.applications.queries.applications import connected_to
from licensing.applications.states import ApplicationStatus
from licensing.checks.models import Check, CheckQuerySet
from licensing.checks.rules import own_checks
from licensing.checks.states import CheckResult, OwnCheck
from registry.licences.models import Licence
from registry.organisations.models import Fact

# What the registry finds by itself, for the conditions of a pack, by the check that it comes of.
FACTS = {OwnCheck.COMPANY: "company_gone", OwnCheck.LISTS: "on_a_list"}


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
    checks = subject.checks.of_others()
    replies = set(checks.values_list("result", flat=True))
    return {
        **subject.facts,
        **before,
        **_facts_found(subject),
        "renewal": subject.renews_id is not None,
        "adverse_reply": CheckResult.ADVERSE in replies,
        "unanswered_check": CheckResult.NO_REPLY in replies or overdue_checks(subject).exists(),
    }


def overdue_checks(application: Application) -> CheckQuerySet:
    """What other authorities have not replied to by its day, as it is at this moment."""
    return application.checks.of_others().overdue_on(timezone.localdate())


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
