"""Giving a licence: because it was decided, or because an appeal against a refusal was allowed."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from licensing.appeals.rules import endings as rules
from licensing.application_form.rules.facts import PARTICULARS
from licensing.applications.models import Application
from licensing.applications.queries import applications as queries
from licensing.holding.rules import renewals as renewal_rules
from licensing.time_limits.rules import licensing as clocks
from registry import permissions
from registry.accounts.models import User
from registry.errors import refuse_for
from registry.licences.actions import licences
from registry.licences.models import Licence
from registry.organisations import actions as facts
from registry.register.actions import listings
from registry.trail.actions import events as trail


@transaction.atomic
def issue(application: Application, *, starts: date, on_appeal: bool = False, by: User, at: datetime) -> Licence:
    """Give the licence that was applied for, renew it, or alter it: as whoever is `by` has decided, or a tribunal has.

    The register says so in the same transaction. Refused where nothing was decided by which it could be given.
    """
    permissions.require(by, "licensing.decide")
    refuse_for(rules.issue_blockers(application, on_appeal=on_appeal, by=by))
    licence = application.alters or _term(application, starts=starts, by=by, at=at)
    if application.alters is not None:
        _alter(application, application.alters, by=by, at=at)
    trail.move(application, "grant_on_appeal" if on_appeal else "grant", by=by, at=at, closed_at=at, licence=licence)
    return licence


@transaction.atomic
def reopen(application: Application, *, because: str, by: User, at: datetime) -> Application:
    """Assess an application again of which a tribunal has sent the refusal back. The register shows it as applied for."""
    permissions.require(by, "licensing.decide")
    application = trail.locked(application)
    trail.move(application, "reopen", by=by, at=at, because=because, closed_at=None)
    show(application, by=by, at=at)
    return application


@transaction.atomic
def show(application: Application, *, by: User, at: datetime) -> None:
    """Show on the register that this was applied for, where the pack shows applicants."""
    scheme = queries.scheme_of(application)
    if not scheme.public.show_applicants or application.alters_id is not None or application.submitted_at is None:
        return
    listings.show_applicant(
        application.organisation,
        scheme=application.scheme,
        sectors=application.facts.get("sectors", []),
        supplies_to=application.facts.get("countries_supplied", []),
        applied_on=timezone.localdate(application.submitted_at),
        by=by,
        at=at,
    )


def _term(application: Application, *, starts: date, by: User, at: datetime) -> Licence:
    """A first licence, one after another that ran out before its renewal was decided, or the same for a further term."""
    scheme = queries.scheme_of(application)
    term: dict[str, Any] = {
        "scheme": scheme,
        "sectors": application.facts.get("sectors", []),
        "countries_supplied": application.facts.get("countries_supplied", []),
        "until": clocks.LICENCE_ENDS.due_on(starts, scheme=scheme),
        "by": by,
        "at": at,
    }
    if application.renews and renewal_rules.next_first_day(application, today=timezone.localdate(at)):
        return licences.renew(application.renews, **term)
    return licences.issue(application.organisation, starts=starts, **term)


def _alter(application: Application, licence: Licence, *, by: User, at: datetime) -> None:
    """The licence goes on; who has the place that was applied for, and what it covers, is from today as was applied."""
    scheme, organisation = queries.scheme_of(application), application.organisation
    kind, today = scheme.change_kind(application.altering), timezone.localdate(at)
    filled = queries.form_of(application, today=today)
    asked = [
        q.key for slug in kind.pages for page in [scheme.form.page(slug)] if not page.scope for q in page.questions
    ]
    known = {key: application.facts[key] for key in asked if key in application.facts and key not in PARTICULARS}
    facts.write_down(organisation, facts=known, source=f"application {application.reference}", at=at)
    if kind.role:
        particulars = filled.person(kind.role)
        title = str(particulars.get("job_title", ""))
        taken = facts.name(
            organisation, kind=kind.role, particulars=particulars, title=title, since=today, by=by, at=at
        )
        for former in organisation.roles.filter(kind=kind.role, until=None).exclude(pk=taken.pk).order_by("pk"):
            facts.stand_down(former, until=today, by=by, at=at)
    licences.modify(
        licence,
        sectors=known.get("sectors", licence.sectors),
        countries_supplied=known.get("countries_supplied", licence.countries_supplied),
        by=by,
        at=at,
    )
