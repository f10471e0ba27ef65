"""Altering a licence that goes on, such as who its principal authority is: begun by its holder, judged like any application."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from licensing.application_form.rules.facts import PageAnswers
from licensing.applications.actions.applications import withdraw
from licensing.applications.actions.start import begin
from licensing.applications.models import Application
from licensing.applications.queries import applications
from licensing.applications.queries.eligibility import RenewalAnswers
from licensing.holding.actions import changes
from licensing.holding.models import Change
from licensing.holding.queries import holding
from licensing.holding.rules import holding as rules
from licensing.people_named.rules import answers_of
from registry import permissions, schemes
from registry.accounts.models import User
from registry.errors import refuse_for
from registry.licences.models import Licence
from registry.memberships.states import Act
from registry.organisations.models import Organisation
from registry.trail.actions import events as trail


@transaction.atomic
def start(licence: Licence, *, kind: str, by: User, at: datetime) -> Application:
    """Start an application to alter the licence (BRIEF76), filled in with what is known. The public sees nothing of it.

    `kind` is a code of the pack, which names the pages to be answered. Raises `Refused` where the kind is not for this
    holder, and while another of its kind is open.
    """
    permissions.require(by, "licensing.apply")
    organisation = trail.locked(Organisation.objects.acted_for_by(by).get(licences=licence.pk))
    licence = trail.locked(licence)
    today = timezone.localdate(at)
    refuse_for(permissions.act_blockers(by, organisation, Act.FILL_IN, on=today))
    scheme = schemes.in_force(licence.scheme, today)
    offered = {one.code: one for one in holding.kinds_for(licence, scheme)}
    about = offered.get(kind)
    refuse_for(rules.alter_blockers(licence, about, others=licence.alterations.filter(altering=kind), today=today))
    return _begun(licence, kind, holding.begun_with(licence, scheme, offered[kind]), by=by, at=at)


@transaction.atomic
def ask_newcomer(licence: Licence, *, kind: str, by: User, at: datetime) -> Application:
    """Prepare to report that a person joins, who answers for themselves by a link: a draft that asks only about them.

    Nothing is told before they have signed (`report_newcomer`). Raises `Refused`.
    """
    permissions.require(by, "licensing.apply")
    organisation = trail.locked(Organisation.objects.acted_for_by(by).get(licences=licence.pk))
    licence = trail.locked(licence)
    today = timezone.localdate(at)
    refuse_for(permissions.act_blockers(by, organisation, Act.NOTIFY, on=today))
    scheme = schemes.in_force(licence.scheme, today)
    refuse_for(rules.link_blockers(licence, others=licence.alterations.filter(altering=kind), today=today))
    page = holding.list_of_newcomer(scheme, kind)
    known = (one for one in holding.answers_now(licence, scheme) if page and one.page != page.slug)
    return _begun(licence, kind, known, by=by, at=at)


@transaction.atomic
def report_newcomer(application: Application, *, happened_on: date, by: User, at: datetime) -> Change:
    """Report that the person joins who has signed by the link. The holder does not read what they answered; the draft is closed."""
    licence = application.alters
    part = application.parts.standing().first()
    refuse_for(rules.report_blockers(is_signed=part is not None and part.signed_at is not None))
    assert licence is not None and part is not None
    filled = applications.form_of(application, today=timezone.localdate(at))
    data = {**answers_of(part, filled), holding.BY_LINK: part.reference}
    change = changes.tell(licence, kind=application.altering, data=data, happened_on=happened_on, by=by, at=at)
    withdraw(application, because=gettext("Reported as change %s") % change.reference, by=by, at=at)
    return change


def _begun(licence: Licence, kind: str, known: Iterable[PageAnswers], *, by: User, at: datetime) -> Application:
    answers = (RenewalAnswers(one.page, one.name, dict(one.data), one.is_complete) for one in known)
    return begin(licence.organisation, answers, scheme=licence.scheme, alters=licence, altering=kind, by=by, at=at)
