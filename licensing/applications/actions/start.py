"""What is done with an application, from its start until a decision."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from licensing.applications.models import Answer, Application
from licensing.applications.queries import applications, eligibility
from licensing.applications.rules import applications as rules
from registry import permissions, schemes
from registry.accounts.models import User
from registry.codes import new_reference
from registry.errors import refuse_for
from registry.memberships.states import Act
from registry.organisations import actions as organisations
from registry.organisations.models import Organisation
from registry.trail.actions import events as trail


@transaction.atomic
def start(
    organisation: Organisation | None,
    *,
    legal_name: str = "",
    scheme: str,
    is_another: bool = False,
    known: Mapping[str, Any] | None = None,
    by: User,
    at: datetime,
) -> Application:
    """Start an application for an organisation that this user acts for, or for a new one. The public sees nothing of a draft.

    `known` is what was answered before, by key: pages that ask the same begin with it, and wait to be saved.
    `is_another`: a licensed business of this name is not the one that applies.
    """
    permissions.require(by, "licensing.apply")
    today = timezone.localdate(at)
    if organisation is not None:
        organisation = trail.locked(organisation, among=Organisation.objects.acted_for_by(by))
        refuse_for(permissions.act_blockers(by, organisation, Act.FILL_IN, on=today))
    refuse_for(
        rules.start_blockers(
            organisation.applications.all() if organisation else (),
            legal_name=organisation.legal_name if organisation else legal_name,
            scheme=scheme,
            offered=scheme in applications.schemes_offered(today),
            held=applications.held_under(organisation, scheme, today=today),
            namesake=None if organisation or is_another else applications.licensed_namesake(legal_name, today=today),
        )
    )
    organisation = organisation or organisations.open_file(legal_name=legal_name, by=by, at=at)
    application = Application.objects.create(
        reference=new_reference("A"), organisation=organisation, scheme=scheme, started_by=by, started_at=at
    )
    begun = eligibility.begun_with(organisation, schemes.in_force(scheme, today), known or {})
    Answer.objects.bulk_create(
        Answer(application=application, page=one.page, data=one.data, saved_by=by, saved_at=at) for one in begun
    )
    trail.record(application, "start", by=by, at=at, after=application.status, organisation=organisation, scheme=scheme)
    return application
