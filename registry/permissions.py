"""Who may do what. Roles are data; `manage.py sync_roles` makes the groups match. So is what each kind of person may do for
an organisation."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, QuerySet
from django.utils.translation import gettext_lazy as _

from registry.accounts.models import User
from registry.conflicts.models import Conflict
from registry.errors import Reason
from registry.memberships.models import Consent, Membership
from registry.memberships.states import Act
from registry.organisations.models import Organisation
from registry.roles import STAFF_ROLES


def require(by: User | None, codename: str) -> None:
    """Go on only if this person holds the permission now; else `PermissionDenied`. `None` is the public, who hold none."""
    if by is None or not by.is_active or not by.has_perm(codename):
        raise PermissionDenied(codename)


def require_one(by: User, *codenames: str) -> None:
    """Go on only if this person holds at least one of the permissions now; else `PermissionDenied`."""
    if not by.is_active or not any(by.has_perm(codename) for codename in codenames):
        raise PermissionDenied(codenames[0])


def is_staff(user: User) -> bool:
    """Works for the authority: signs in with a second factor, and sees the staff pages."""
    return bool(user.roles & STAFF_ROLES)


CONFLICTED = Reason(
    "conflicted", _("You have a declared conflict of interest with this organisation. Someone else must do this.")
)


def conflict_blockers(officer: User, *organisations: Organisation) -> Iterator[Reason]:
    """Why this officer takes no part in anything about the organisation, or about several. Each action on one asks, and so does the database."""
    if Conflict.objects.in_force().filter(officer=officer, organisation__in=organisations).exists():
        yield CONFLICTED


# --- for an organisation ---

#: Why a person may not do an act today or on any other day: waiting does not help, so no button says "not yet".
NOT_THEIRS = frozenset({"acts_no_more", "not_for_agents", "not_covered"})

# What each kind of person may do for the organisation that they act for. An agent does so only as far as a consent of the
# organisation covers it: the principal authority answers for the licence (2006 Rules, r.3(2)), and may delegate (BRIEF76).
MAY: dict[str, frozenset[str]] = {
    Membership.Kind.PRINCIPAL_AUTHORITY: frozenset(Act.values),
    Membership.Kind.REPRESENTATIVE: frozenset(Act.values),
    Membership.Kind.AGENT: frozenset({Act.FILL_IN, Act.ANSWER, Act.REPLY}),
}


CAN_BE_COVERED = tuple(act for act in Act if act in MAY[Membership.Kind.AGENT])


@dataclass(frozen=True, slots=True)
class Acting:
    """As what somebody acts for an organisation on a day, and by which consent, if it takes one."""

    membership: Membership
    consent: Consent | None

    @property
    def organisation(self) -> Organisation:
        return self.membership.organisation

    @property
    def is_agent(self) -> bool:
        return self.membership.kind == Membership.Kind.AGENT

    def may(self, act: str) -> bool:
        covered = self.consent.covers if self.consent else ()
        return act in MAY[self.membership.kind] and (not self.is_agent or act in covered)


def acts_open_to(by: User, organisation: Organisation, *, on: date) -> dict[str, bool]:
    """Of every act, whether this user may do it for the organisation on that day: pages link to nothing else."""
    found = acts_for(by, organisation, on=on)
    return {act.value: found is not None and found.may(act) for act in Act}


def acting(by: User, *, on: date) -> list[Acting]:
    """Every organisation that this user acts for on that day, by name."""
    return _acting(Membership.objects.filter(user=by).acting(on), on=on)


def acts_for(by: User, organisation: Organisation, *, on: date) -> Acting | None:
    """As what this user acts for the organisation on that day, if at all."""
    membership = organisation.memberships.filter(user=by, until=None).first()
    if membership is None or membership.kind != Membership.Kind.AGENT:
        return Acting(membership, None) if membership else None
    consent = membership.consents.holding(on).first()
    return Acting(membership, consent) if consent else None


def acting_to_say(by: User, organisation: Organisation, *, on: date) -> Acting | None:
    """As what this user acts for the organisation, where a page says so: to an agent, and to a person who acts for others too.

    An agent may act for hundreds: whether there are others is asked with the same statement, and they are not read.
    """
    others = Membership.objects.filter(user=by).acting(on).exclude(organisation=organisation)
    own = organisation.memberships.filter(user=by, until=None).annotate(acts_for_others=Exists(others))
    membership = own.first()
    if membership is None:
        return None
    if membership.kind != Membership.Kind.AGENT:
        return Acting(membership, None) if vars(membership)["acts_for_others"] else None
    consent = membership.consents.holding(on).first()
    return Acting(membership, consent) if consent else None


def _acting(found: QuerySet[Membership], *, on: date) -> list[Acting]:
    memberships = list(found.select_related("organisation").order_by("organisation__legal_name", "pk"))
    agents = [one.pk for one in memberships if one.kind == Membership.Kind.AGENT]
    consents = Consent.objects.filter(membership__in=agents).holding(on) if agents else ()
    by_membership = {one.membership_id: one for one in consents}
    return [Acting(one, by_membership.get(one.pk)) for one in memberships]


def act_blockers(by: User, organisation: Organisation, act: str, *, on: date) -> Iterator[Reason]:
    """Why this user may not do this for the organisation. Asked by the button and by the action."""
    found = acts_for(by, organisation, on=on)
    if found is None:
        yield Reason("acts_no_more", _("You do not act for this organisation any more."))
    elif act not in MAY[found.membership.kind]:
        yield Reason(
            "not_for_agents",
            _("You are an agent. The principal authority or a representative of the organisation must do this."),
        )
    elif not found.may(act):
        yield Reason(
            "not_covered",
            _("The consent of the organisation does not cover this. Ask its principal authority or a representative."),
        )
