"""Who acts for an organisation, and for whom somebody acts."""

from dataclasses import dataclass
from datetime import date, datetime

from allauth.account.models import EmailAddress
from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.utils import timezone

from registry import permissions
from registry.accounts.models import User
from registry.errors import Reason
from registry.memberships.models import Consent, Invitation, Membership
from registry.memberships.states import Act
from registry.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who acts for an organisation: an agent by a consent, which may not hold yet or any more."""

    membership: Membership
    consent: Consent | None
    today: date

    @property
    def is_agent(self) -> bool:
        return self.membership.kind == Membership.Kind.AGENT

    @property
    def acts_today(self) -> bool:
        return not self.is_agent or self.consent_holds

    @property
    def consent_holds(self) -> bool:
        one = self.consent
        return one is not None and one.starts <= self.today and (one.until is None or one.until >= self.today)


@dataclass(frozen=True, slots=True)
class OrganisationPeople:
    """Who acts for an organisation, whom it has asked, and why this reader may not change it."""

    members: list[Member]
    invitations: list[Invitation]
    blockers: list[Reason]
    at: datetime


def lacks_consent(membership: Membership, on: date) -> bool:
    """Whether it is an agent's, and the organisation has not said what the agent may do from now or a later day."""
    if membership.until is not None or membership.kind != Membership.Kind.AGENT:
        return False
    return not membership.consents.filter(ended_at=None).exclude(until__lt=on).exists()


def organisation_people(organisation: Organisation, *, by: User, at: datetime) -> OrganisationPeople:
    today = timezone.localdate(at)
    blockers = list(permissions.act_blockers(by, organisation, Act.MANAGE, on=today))
    return OrganisationPeople(
        members=_members(organisation.memberships.all(), today=today),
        invitations=[]
        if blockers
        else list(organisation.invitations.unanswered().select_related("invited_by").order_by("invited_at", "pk")),
        blockers=blockers,
        at=at,
    )


def memberships_of(user: User, *, today: date) -> list[Member]:
    """For whom this user acts, by name; with those for whom an agent waits to act."""
    return _members(Membership.objects.filter(user=user), today=today)


def invitations_for(user: User, *, at: datetime) -> QuerySet[Invitation]:
    """The invitations to the addresses that this user has proved to be theirs."""
    proved = EmailAddress.objects.filter(user=user, verified=True).values(lower=Lower("email"))
    waiting = Invitation.objects.waiting(at).filter(email__in=proved)
    return waiting.select_related("organisation", "invited_by").order_by("invited_at", "pk")


def _members(memberships: QuerySet[Membership], *, today: date) -> list[Member]:
    found = memberships.filter(until=None).select_related("user", "organisation")
    by_membership = {one.membership_id: one for one in Consent.objects.filter(membership__in=found, ended_at=None)}
    ordered = found.order_by("organisation__legal_name", "since", "pk")
    return [Member(one, by_membership.get(one.pk), today) for one in ordered]
