"""Altering a licence that goes on, such as who its principal authority is: begun by its holder, judged like any application."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from licensing.applications.models import Answer, Application
from licensing.holding.queries import holding
from licensing.holding.rules import holding as rules
from registry import permissions, schemes
from registry.accounts.models import User
from registry.codes import new_reference
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
    application = Application.objects.create(
        reference=new_reference("A"),
        organisation=organisation,
        scheme=licence.scheme,
        alters=licence,
        altering=kind,
        started_by=by,
        started_at=at,
    )
    Answer.objects.bulk_create(
        Answer(
            application=application,
            page=one.page,
            item=one.name,
            data=one.data,
            is_complete=one.is_complete,
            saved_by=by,
            saved_at=at,
        )
        for one in holding.begun_with(licence, scheme, offered[kind])
    )
    trail.record(
        application,
        "start",
        by=by,
        at=at,
        after=application.status,
        organisation=organisation,
        scheme=licence.scheme,
        alters=licence,
        altering=kind,
    )
    return application
