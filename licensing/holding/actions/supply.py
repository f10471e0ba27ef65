"""That a holder has begun to supply workers."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from licensing.applications.queries import applications
from licensing.holding.models import StartOfSupply
from licensing.holding.rules import holding as rules
from registry import permissions, schemes, workdays
from registry.accounts.models import User
from registry.errors import refuse_for
from registry.licences.models import Licence
from registry.memberships.states import Act
from registry.organisations import actions as facts
from registry.organisations.models import Organisation
from registry.trail.actions import events as trail


@transaction.atomic
def tell(licence: Licence, *, began_on: date, by: User, at: datetime) -> StartOfSupply:
    """Tell the authority that supply under the licence has begun, once; how late that was becomes a fact (Rules, sch para 5)."""
    permissions.require(by, "licensing.apply")
    organisation = trail.locked(Organisation.objects.acted_for_by(by).get(licences=licence.pk))
    licence = trail.locked(licence)
    told = StartOfSupply.objects.filter(licence=licence).exists()
    today = timezone.localdate(at)
    refuse_for(permissions.act_blockers(by, organisation, Act.NOTIFY, on=today))
    refuse_for(rules.start_blockers(licence, told=told, began_on=began_on, today=today))
    holidays = applications.holidays_of(organisation)
    scheme = schemes.in_force(licence.scheme, today)
    due_on = rules.start_due_on(licence, scheme, began_on=began_on, holidays=holidays)
    days_late = workdays.working_days_late(today, due=due_on, holidays=holidays)
    start = StartOfSupply.objects.create(
        licence=licence, began_on=began_on, due_on=due_on, days_late=days_late, told_by=by, told_at=at
    )
    trail.record(licence, "start_of_supply", by=by, at=at, began_on=began_on, due_on=due_on, days_late=days_late)
    known: dict[str, object] = {"supply_began_on": began_on}
    if days_late:
        known["told_late"] = {"change": "start_of_supply", "working_days": days_late, "due_on": due_on}
    facts.write_down(organisation, facts=known, source=f"licence {licence.number}", at=at)
    return start
