"""Who may act for an organisation, and on whose consent."""

from collections.abc import Iterable, Iterator, Set
from datetime import date, datetime, timedelta

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from registry.accounts.models import User
from registry.errors import Reason
from registry.memberships.models import Invitation, Membership

# An invitation that nobody took up for a fortnight was meant for somebody else, or is forgotten.
INVITATION_DAYS = 14
# Nobody floods a stranger's mailbox through us.
INVITATIONS_A_DAY = 20
RESENT_AFTER = timedelta(hours=1)


def invite_to_act_blockers(
    acting: Iterable[Membership], waiting: Iterable[Invitation], *, sent_today: int, email: str, kind: str
) -> Iterator[Reason]:
    """`acting` are those who act for the organisation now, agents without a consent too; `waiting` whom it has asked."""
    acting = list(acting)
    if sent_today >= INVITATIONS_A_DAY:
        yield Reason("too_many_today", _("You have invited many people today. Invite more of them tomorrow."))
    if any(one.user.email == email.lower() for one in acting):
        yield Reason("acts_already", _("This person acts for the organisation already. Change what they are."), "email")
    if any(one.email == email.lower() for one in waiting):
        yield Reason("invited_already", _("This person has been invited already. Send the letter again."), "email")
    yield from _second_principal(acting, kind=kind)


def ask_client_blockers(email: str, *, own: Set[str], asked_today: int) -> Iterator[Reason]:
    if email.lower() in own:
        yield Reason("own_address", _("This is your own address. Enter the address of your client."), "client_email")
    if asked_today >= INVITATIONS_A_DAY:
        yield Reason("too_many_today", _("You have invited many people today. Invite more of them tomorrow."))


def accept_blockers(
    invitation: Invitation, acting: Iterable[Membership], *, by: User, verified: Set[str], is_staff: bool, at: datetime
) -> Iterator[Reason]:
    """`verified` are the addresses that this person has proved to be theirs: the letter holds no key (docs/rules.md T17)."""
    acting = list(acting)
    yield from _another_address(invitation, verified)
    yield from unanswered_blockers(invitation)
    if invitation.expires_at <= at:
        yield Reason("too_late", _("The time to accept this invitation is over. Ask them to send it again."))
    if is_staff:
        text = _("You work for the authority, so you cannot act for a business that it licenses.")
        yield Reason("works_for_authority", text)
    if any(one.user_id == by.pk for one in acting):
        yield Reason("acts_already", _("You act for this organisation already."))
    yield from _second_principal(acting, kind=invitation.kind)


def decline_blockers(invitation: Invitation, *, verified: Set[str]) -> Iterator[Reason]:
    yield from _another_address(invitation, verified)
    yield from unanswered_blockers(invitation)


def unanswered_blockers(invitation: Invitation) -> Iterator[Reason]:
    if invitation.accepted_at or invitation.ended_at:
        yield Reason("answered", _("This invitation has been answered, or taken back."))


def resend_blockers(invitation: Invitation, *, at: datetime) -> Iterator[Reason]:
    yield from unanswered_blockers(invitation)
    sent_at = invitation.expires_at - timedelta(days=INVITATION_DAYS)
    if at - sent_at < RESENT_AFTER:
        yield Reason("sent_just_now", _("The letter was sent less than an hour ago. Give it time to arrive."))


def _another_address(invitation: Invitation, verified: Set[str]) -> Iterator[Reason]:
    if invitation.email not in verified:
        text = _("The invitation was sent to another email address than yours. Ask them to invite the address you use.")
        yield Reason("another_address", text)


def current_blockers(membership: Membership) -> Iterator[Reason]:
    if membership.until is not None:
        yield Reason("acts_no_more", _("This person acts for the organisation no longer."))


def change_kind_blockers(membership: Membership, acting: Iterable[Membership], *, kind: str) -> Iterator[Reason]:
    acting = list(acting)
    if kind == membership.kind:
        yield Reason("no_change", _("This is what the person is now."), "kind")
    else:
        yield from _second_principal(acting, kind=kind)
    if kind == Membership.Kind.AGENT:
        yield from leave_blockers(membership, acting)


def leave_blockers(membership: Membership, acting: Iterable[Membership]) -> Iterator[Reason]:
    """Somebody must always be left who answers for the organisation: 2006 Rules, r.4."""
    others = [one for one in acting if one.pk != membership.pk and one.kind != Membership.Kind.AGENT]
    if membership.kind != Membership.Kind.AGENT and not others:
        text = _("No other representative answers for the organisation. Ask another person to become one first.")
        yield Reason("last_one", text)


def consent_blockers(
    membership: Membership, *, covers: Iterable[str], starts: date, until: date | None, today: date
) -> Iterator[Reason]:
    if membership.kind != Membership.Kind.AGENT:
        yield Reason("no_agent", _("Only an agent needs the consent of the organisation."))
    if not list(covers):
        yield Reason("covers_nothing", _("Say what the agent may do."), "covers")
    if until is not None and until < starts:
        yield Reason("ends_before_it_starts", _("The consent would end before it starts."), "until")
    elif until is not None and until < today:
        yield Reason("over_already", _("The last day of the consent must be today or later."), "until")


def withdraw_consent_blockers(*, there_is_one: bool) -> Iterator[Reason]:
    if not there_is_one:
        yield Reason("no_consent", _("There is no consent to withdraw."))


def _second_principal(acting: Iterable[Membership], *, kind: str) -> Iterator[Reason]:
    """There is one principal authority. Who becomes it in place of another does so when the other is it no more."""
    principal = Membership.Kind.PRINCIPAL_AUTHORITY
    for one in acting:
        if kind == principal and one.kind == principal:
            text = _("{person} is the principal authority. Make them a representative first.")
            yield Reason("second_principal", format_lazy(text, person=str(one.user)), "kind")
