"""Renewing a licence: begun by its holder, who is reminded in time. What is asked, checked and decided is an application's."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from licensing.applications.actions.start import begin
from licensing.applications.models import Application
from licensing.holding import letters
from licensing.holding.models import Reminder
from licensing.holding.queries import renewals as queries
from licensing.holding.rules import renewals as rules
from registry import permissions, schemes
from registry.accounts.models import User
from registry.errors import refuse_for
from registry.licences.models import Licence
from registry.memberships.states import Act
from registry.organisations.models import Organisation
from registry.trail.actions import events as trail


@transaction.atomic
def start(licence: Licence, *, by: User, at: datetime) -> Application:
    """Start an application to renew the licence, filled in with what was answered last. The public sees nothing of it.

    Raises `Refused` before renewal opens, after the last day, and while another application is open (BRIEF70).
    """
    permissions.require(by, "licensing.apply")
    organisation = trail.locked(Organisation.objects.acted_for_by(by).get(licences=licence.pk))
    licence = trail.locked(organisation.licences.get(pk=licence.pk))
    today = timezone.localdate(at)
    scheme = schemes.in_force(licence.scheme, today)
    refuse_for(permissions.act_blockers(by, organisation, Act.FILL_IN, on=today))
    refuse_for(rules.start_blockers(licence, organisation.applications.all(), scheme=scheme, today=today))
    known = queries.carried_over(licence, scheme)
    return begin(organisation, known, scheme=licence.scheme, renews=licence, by=by, at=at)


@transaction.atomic
def remind(licence: Licence, *, weeks: int, by: None, at: datetime) -> bool:
    """Remind the holder, and everyone who acts for it, that the licence ends: once for each time the scheme names. Says whether it did."""
    licence = trail.locked(licence)
    if any(rules.keep_blockers(licence, today=timezone.localdate(at))):
        return False
    _reminder, is_first = Reminder.objects.get_or_create(
        licence=licence, valid_until=licence.valid_until, weeks=weeks, defaults={"at": at}
    )
    if is_first:
        letters.reminded(licence, at=at)
    return is_first
