"""Letters about who acts for an organisation."""

from datetime import datetime
from typing import Any

from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry.accounts.models import User
from registry.letters.letters import sending
from registry.memberships.models import Consent, Invitation, Membership
from registry.organisations.models import Organisation


def responsible_users(organisation: Organisation) -> list[User]:
    found = organisation.memberships.answering().filter(user__is_active=True)
    return [one.user for one in found.select_related("user").order_by("pk")]


# --- telling ---

SUBJECTS: dict[str, str | Promise] = {
    "invited": _("You are asked to act for an organisation"),
    "withdrawn": _("An invitation to you has been taken back"),
    "declined": _("An invitation was declined"),
    "joined": _("A new person acts for your organisation"),
    "changed": _("Who acts for an organisation has changed"),
    "removed": _("A person no longer acts for an organisation"),
    "left": _("A person no longer acts for an organisation"),
    "consented": _("Consent for an agent has been recorded"),
    "consent_withdrawn": _("The consent for an agent has been withdrawn"),
}


def tell_everyone(membership: Membership, what: str, *, given: Consent | None = None, by: User, at: datetime) -> None:
    """Write to the person and to everybody who decides for the organisation, also to who did it: it may not have been them."""
    people = dict.fromkeys([membership.user, *responsible_users(membership.organisation), by])
    for person in people:
        queue_letter(
            person, what, membership.organisation, who=membership.user, kind=membership.kind, given=given, by=by, at=at
        )


def write_to(invitation: Invitation, what: str, *, by: User, at: datetime) -> None:
    known = User.objects.filter(email=invitation.email, is_active=True).first()
    to = known or invitation.email
    until = timezone.localdate(invitation.expires_at)
    queue_letter(
        to, what, invitation.organisation, who=invitation.email, kind=invitation.kind, until=until, by=by, at=at
    )


def queue_letter(
    to: User | str,
    what: str,
    organisation: Organisation,
    *,
    who: object,
    kind: str,
    by: User,
    at: datetime,
    **facts: Any,
) -> None:
    given = facts.pop("given", None)
    language = to.language if isinstance(to, User) else organisation.language
    with translation.override(language):
        said = {
            "what": what,
            "organisation": organisation.legal_name,
            "who": str(who),
            "kind": str(Membership.Kind(kind).label),
            "is_agent": kind == Membership.Kind.AGENT,
            "by": str(by),
            **({"covers": given.titles, "starts": given.starts, "until": given.until} if given else facts),
        }
        sending.queue(
            "registry/letters/acting.html",
            to=to,
            subject=SUBJECTS[what],
            facts=said,
            about=organisation.reference,
            at=at,
        )
