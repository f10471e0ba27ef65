"""Sample people who act for others' firms: an agent of two, a representative, and an invitation that waits for the agent."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.utils import timezone

from config.demo.people import DOMAIN, person
from registry.accounts.models import User
from registry.memberships import actions as memberships
from registry.memberships.models import Membership
from registry.memberships.states import Act
from registry.organisations.models import Organisation

# Not to sign in as: the sample person of the firm shows what it is to have one.
REPRESENTATIVE = (f"aled.prosser@office.{DOMAIN}", "Aled Prosser")


def act(at: datetime) -> Iterator[object]:
    """By the real actions. The agent fills in for one firm and only answers for the other, until a day."""
    agent, today = person("agent"), timezone.localdate(at)
    own = _firms_of("applicant")
    yield join(own[0], _representative(at), "representative", at=at)
    for firm, covers, until in (
        (own[0], [Act.FILL_IN, Act.ANSWER, Act.REPLY], None),
        (_firms_of("other-employer")[0], [Act.ANSWER], today + timedelta(days=90)),
    ):
        membership = join(firm, agent, "agent", at=at)
        yield memberships.consent(membership, covers=covers, starts=today, until=until, by=_answers(firm), at=at)
    yield memberships.invite(own[1], email=agent.email, kind="agent", by=_answers(own[1]), at=at)


def _firms_of(local_part: str) -> list[Organisation]:
    """The firms of a sample employer: first what there is to fill in for."""
    own = Organisation.objects.filter(memberships__user__email=f"{local_part}@{DOMAIN}")
    drafts = own.filter(applications__status="draft").distinct()
    return [*drafts.order_by("pk"), *own.exclude(pk__in=drafts).order_by("pk")]


def _representative(at: datetime) -> User:
    email, name = REPRESENTATIVE
    user = User.objects.create_user(email, name=name, joined_at=at)
    user.groups.add(Group.objects.get(name="applicant"))
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def join(firm: Organisation, user: User, kind: str, *, at: datetime) -> Membership:
    invitation = memberships.invite(firm, email=user.email, kind=kind, by=_answers(firm), at=at)
    return memberships.accept_invitation(invitation, by=user, at=at)


def _answers(firm: Organisation) -> User:
    return firm.memberships.answering().order_by("pk")[0].user
