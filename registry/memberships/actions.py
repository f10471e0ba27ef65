"""Who acts for an organisation, from the next request on. Each change is in the trail, and everybody concerned is written to.

An invitation holds no key: it waits for whoever proves that its address is theirs (docs/rules.md T17).
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from registry import matching, permissions
from registry.accounts.models import User
from registry.errors import refuse_for
from registry.memberships import rules
from registry.memberships.letters import queue_letter, responsible_users, tell_everyone, write_to
from registry.memberships.models import Consent, Invitation, Membership
from registry.memberships.states import Act
from registry.organisations.models import Organisation
from registry.trail.actions import events as trail

PRINCIPAL = Membership.Kind.PRINCIPAL_AUTHORITY
LASTS = timedelta(days=rules.INVITATION_DAYS)

# --- asking somebody, and the answer ---


@transaction.atomic
def invite(organisation: Organisation, *, email: str, kind: str, by: User, at: datetime) -> Invitation:
    """Ask somebody to act for the organisation, by a letter to this address.

    Raises `Refused` when the person acts for it or has been asked already, and for a second principal authority.
    """
    organisation = _managed(organisation, by=by, at=at)
    before = organisation.invitations.unanswered()
    sent_today = organisation.invitations.filter(invited_at__gt=at - timedelta(days=1)).count()
    acting, waiting = _acting(organisation), before.waiting(at)
    refuse_for(rules.invite_to_act_blockers(acting, waiting, sent_today=sent_today, email=email, kind=kind))
    before.filter(email=email.lower()).update(ended_at=at)
    return _invited(organisation, email=email, kind=kind, by=by, at=at)


@transaction.atomic
def ask_client(organisation: Organisation, *, email: str, by: User, at: datetime) -> Invitation:
    """Ask the person who answers for a client to act for it as its principal authority. The person who asks is its agent, and may do
    nothing for it until it consents. Raises `Refused` (own_address, too_many_today).
    """
    organisation = trail.locked(organisation)
    asked = Invitation.objects.filter(invited_by=by, invited_at__gt=at - timedelta(days=1)).count()
    refuse_for(rules.ask_client_blockers(email, own={by.email.lower(), *_addresses_of(by)}, asked_today=asked))
    return _invited(organisation, email=email, kind=PRINCIPAL, by=by, at=at)


@transaction.atomic
def invite_holder(organisation: Organisation, *, by: User, at: datetime) -> Invitation | None:
    """Ask the holder of a licence that was taken over to act for itself here. None where someone does, or was asked before."""
    permissions.require(by, "registry.import_lists")
    organisation = trail.locked(organisation)
    if not organisation.email or organisation.memberships.exists() or organisation.invitations.exists():
        return None
    return _invited(organisation, email=organisation.email, kind=PRINCIPAL, by=by, at=at)


def _invited(organisation: Organisation, *, email: str, kind: str, by: User, at: datetime) -> Invitation:
    invitation = Invitation.objects.create(
        organisation=organisation,
        email=email.lower(),
        kind=Membership.Kind(kind),
        invited_by=by,
        invited_at=at,
        expires_at=at + LASTS,
    )
    # The trail names the invitation, not the address of somebody who may never take it up.
    trail.record(organisation, "invite", by=by, at=at, invitation=invitation, membership=kind)
    write_to(invitation, "invited", by=by, at=at)
    return invitation


@transaction.atomic
def resend_invitation(invitation: Invitation, *, by: User, at: datetime) -> Invitation:
    """Send the letter of an invitation again. Its time begins anew, also when it was over. Raises `Refused` within an hour."""
    organisation = _managed(invitation.organisation, by=by, at=at)
    invitation = trail.locked(invitation)
    refuse_for(rules.resend_blockers(invitation, at=at))
    invitation.expires_at = at + LASTS
    invitation.save(update_fields=["expires_at"])
    trail.record(organisation, "resend_invitation", by=by, at=at, invitation=invitation)
    write_to(invitation, "invited", by=by, at=at)
    return invitation


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: User, at: datetime) -> Invitation:
    """Take an invitation back: nobody can accept it any more, and who was invited is told."""
    organisation = _managed(invitation.organisation, by=by, at=at)
    invitation = trail.locked(invitation)
    refuse_for(rules.unanswered_blockers(invitation))
    invitation.ended_at = at
    invitation.save(update_fields=["ended_at"])
    trail.record(organisation, "withdraw_invitation", by=by, at=at, invitation=invitation)
    write_to(invitation, "withdrawn", by=by, at=at)
    return invitation


@transaction.atomic
def accept_invitation(invitation: Invitation, *, by: User, at: datetime) -> Membership:
    """Act for the organisation from now on; an agent does once the organisation's consent is recorded.

    Raises `Refused` for anybody but who has proved that the address is theirs, and for who works for the authority.
    """
    organisation = trail.locked(invitation.organisation)
    invitation = trail.locked(invitation)
    invited = trail.locked(User.objects.get(pk=by.pk))  # an administrator may be giving them a role just now
    refuse_for(
        rules.accept_blockers(
            invitation,
            _acting(organisation),
            by=by,
            verified=_addresses_of(by),
            is_staff=permissions.is_staff(invited),
            at=at,
        )
    )
    invitation.accepted_at, invitation.accepted_by = at, by
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    membership = Membership.objects.create(organisation=organisation, user=by, kind=invitation.kind, since=at)
    # Whoever has an account for another purpose now looks after a licence too.
    by.groups.add(Group.objects.get(name="applicant"))
    trail.record(
        organisation,
        "accept_invitation",
        by=by,
        at=at,
        invitation=invitation,
        membership=membership.kind,
        also_about=[membership],
    )
    if membership.kind != Membership.Kind.AGENT:
        matching.note_account(organisation, by)
    tell_everyone(membership, "joined", by=by, at=at)
    return membership


@transaction.atomic
def decline_invitation(invitation: Invitation, *, by: User, at: datetime) -> Invitation:
    """Answer an invitation with no. Those who decide for the organisation are told."""
    organisation = trail.locked(invitation.organisation)
    invitation = trail.locked(invitation)
    refuse_for(rules.decline_blockers(invitation, verified=_addresses_of(by)))
    invitation.ended_at = at
    invitation.save(update_fields=["ended_at"])
    trail.record(organisation, "decline_invitation", by=by, at=at, invitation=invitation)
    for person in responsible_users(organisation):
        queue_letter(person, "declined", organisation, who=by, kind=invitation.kind, by=by, at=at)
    return invitation


# --- those who act for it ---


@transaction.atomic
def change_kind(membership: Membership, *, kind: str, by: User, at: datetime) -> Membership:
    """Make somebody something else to the organisation. Who becomes an agent sees nothing until a consent is recorded."""
    organisation = _managed(membership.organisation, by=by, at=at)
    membership = trail.locked(membership)
    refuse_for(rules.current_blockers(membership))
    refuse_for(rules.change_kind_blockers(membership, _acting(organisation), kind=kind))
    before, membership.kind = membership.kind, Membership.Kind(kind)
    membership.save(update_fields=["kind"])
    membership.consents.filter(ended_at=None).update(ended_at=at)
    trail.record(
        organisation,
        "change_kind",
        by=by,
        at=at,
        person=membership.user,
        membership=kind,
        was=before,
        also_about=[membership],
    )
    tell_everyone(membership, "changed", by=by, at=at)
    return membership


@transaction.atomic
def remove(membership: Membership, *, by: User, at: datetime) -> Membership:
    """Let somebody act for the organisation no longer. The last who answers for it cannot be removed."""
    organisation = _managed(membership.organisation, by=by, at=at)
    membership = trail.locked(membership)
    refuse_for(rules.current_blockers(membership))
    refuse_for(rules.leave_blockers(membership, _acting(organisation)))
    _end(membership, at=at)
    trail.record(
        organisation,
        "remove",
        by=by,
        at=at,
        person=membership.user,
        membership=membership.kind,
        also_about=[membership],
    )
    tell_everyone(membership, "removed", by=by, at=at)
    return membership


@transaction.atomic
def leave(membership: Membership, *, by: User, at: datetime) -> Membership:
    """Stop acting for the organisation oneself. The last who answers for it cannot leave."""
    if membership.user != by:
        raise PermissionDenied("leave")
    organisation = trail.locked(membership.organisation)
    membership = trail.locked(membership)
    refuse_for(rules.current_blockers(membership))
    refuse_for(rules.leave_blockers(membership, _acting(organisation)))
    _end(membership, at=at)
    trail.record(organisation, "leave", by=by, at=at, person=by, membership=membership.kind, also_about=[membership])
    tell_everyone(membership, "left", by=by, at=at)
    return membership


# --- on whose consent an agent acts ---


@transaction.atomic
def consent(
    membership: Membership, *, covers: Sequence[str], starts: date, until: date | None = None, by: User, at: datetime
) -> Consent:
    """Record what the organisation lets its agent do, from a day until a day, in place of what it let it do before.

    `covers` are acts of `permissions.CAN_BE_COVERED`; none `until` is until it is withdrawn.
    """
    organisation = _managed(membership.organisation, by=by, at=at)
    membership = trail.locked(membership)
    refuse_for(rules.current_blockers(membership))
    today = timezone.localdate(at)
    refuse_for(rules.consent_blockers(membership, covers=covers, starts=starts, until=until, today=today))
    membership.consents.filter(ended_at=None).update(ended_at=at)
    given = Consent.objects.create(
        membership=membership, covers=_coverable(covers), starts=starts, until=until, given_by=by, given_at=at
    )
    trail.record(
        organisation,
        "consent",
        by=by,
        at=at,
        also_about=[membership],
        person=membership.user,
        covers=given.covers,
        starts=starts,
        until=until,
    )
    tell_everyone(membership, "consented", given=given, by=by, at=at)
    return given


@transaction.atomic
def withdraw_consent(membership: Membership, *, by: User, at: datetime) -> Membership:
    """Take the consent back: from the next request on the agent sees nothing of the organisation."""
    organisation = _managed(membership.organisation, by=by, at=at)
    membership = trail.locked(membership)
    open_ones = membership.consents.filter(ended_at=None)
    refuse_for(rules.withdraw_consent_blockers(there_is_one=open_ones.exists()))
    open_ones.update(ended_at=at)
    trail.record(organisation, "withdraw_consent", by=by, at=at, person=membership.user, also_about=[membership])
    tell_everyone(membership, "consent_withdrawn", by=by, at=at)
    return membership


def _managed(organisation: Organisation, *, by: User, at: datetime) -> Organisation:
    """The organisation, locked, if this user decides who acts for it. Asked after the lock: of two who remove each other, one stays."""
    organisation = trail.locked(organisation)
    today = timezone.localdate(at)
    if permissions.acts_for(by, organisation, on=today) is None:
        raise PermissionDenied("does not act for the organisation")
    refuse_for(permissions.act_blockers(by, organisation, Act.MANAGE, on=today))
    return organisation


def _acting(organisation: Organisation) -> Iterable[Membership]:
    return organisation.memberships.filter(until=None).select_related("user")


def _addresses_of(person: User) -> frozenset[str]:
    found = EmailAddress.objects.filter(user=person, verified=True).values_list("email", flat=True)
    return frozenset(address.lower() for address in found)


def _coverable(covers: Sequence[str]) -> list[str]:
    if unknown := set(covers) - set(permissions.CAN_BE_COVERED):
        raise ValueError(f"no consent covers: {', '.join(sorted(unknown))}")
    return [str(act) for act in permissions.CAN_BE_COVERED if act in covers]


def _end(membership: Membership, *, at: datetime) -> None:
    membership.until = at
    membership.save(update_fields=["until"])
    membership.consents.filter(ended_at=None).update(ended_at=at)
