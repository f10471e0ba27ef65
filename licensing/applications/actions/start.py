"""What is done with an application, from its start until a decision."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from licensing.applications.models import Answer, Application
from licensing.applications.queries import applications, eligibility
from licensing.applications.queries.eligibility import RenewalAnswers
from licensing.applications.rules import applications as rules
from licensing.holding.queries import reuse
from registry import permissions, schemes
from registry.accounts.models import User
from registry.codes import new_reference
from registry.errors import refuse_for
from registry.memberships import actions as memberships
from registry.memberships.models import Membership
from registry.memberships.states import Act
from registry.organisations import actions as organisations
from registry.organisations.models import Organisation
from registry.schemes import Scheme
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

    It begins with what the organisation answered for a licence or in its last application: all of it is read again before
    it is signed. `known` is what was answered before the start, by key: pages that ask the same and are not known yet begin
    with it, and wait to be saved.
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
    answers = _begun_with(organisation, schemes.in_force(scheme, today), known or {}, today=today)
    return begin(organisation, answers, scheme=scheme, by=by, at=at)


@transaction.atomic
def begin(
    organisation: Organisation, known: Iterable[RenewalAnswers], *, scheme: str, by: User, at: datetime, **of: Any
) -> Application:
    """A draft with what is known already, of an act that has asked whether it may begin. `of`: the licence that it renews or alters."""
    application = Application.objects.create(
        reference=new_reference("A"), organisation=organisation, scheme=scheme, started_by=by, started_at=at, **of
    )
    Answer.objects.bulk_create(
        Answer(
            application=application,
            page=one.page,
            item=one.item,
            data=one.data,
            is_complete=one.is_complete,
            saved_by=by,
            saved_at=at,
        )
        for one in known
    )
    facts = {"organisation": organisation, "scheme": scheme, **of}
    trail.record(application, "start", by=by, at=at, after=application.status, **facts)
    return application


@transaction.atomic
def ask_client(
    *, legal_name: str, email: str, scheme: str, is_another: bool = False, by: User, at: datetime
) -> Organisation:
    """Open a file for a client, of which this user is the agent, and ask the person who answers for it to act for it.

    The application is started once they consent. Raises `Refused` (licensed_namesake, no_name, own_address …).
    """
    permissions.require(by, "licensing.apply")
    today = timezone.localdate(at)
    namesake = None if is_another else applications.licensed_namesake(legal_name, today=today)
    offered = scheme in applications.schemes_offered(today)
    refuse_for(rules.start_blockers((), legal_name=legal_name, scheme=scheme, offered=offered, namesake=namesake))
    organisation = organisations.open_file(legal_name=legal_name, kind=Membership.Kind.AGENT, by=by, at=at)
    memberships.ask_client(organisation, email=email, by=by, at=at)
    return organisation


def _begun_with(
    organisation: Organisation, scheme: Scheme, known: Mapping[str, Any], *, today: date
) -> Iterator[RenewalAnswers]:
    held = list(reuse.carried_from(organisation, scheme, today=today))
    yield from held
    pages = {one.page for one in held}
    yield from (one for one in eligibility.begun_with(organisation, scheme, known) if one.page not in pages)
