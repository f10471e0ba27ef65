"""Keys by which a program acts as a person: on cases for the authority, or on the boards of a labour user."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry import permissions
from registry.accounts import rules
from registry.accounts.models import ApiKey, User, digest_of
from registry.errors import refuse_for
from registry.letters.letters import sending
from registry.trail.actions import events as trail

NOTED_AGAIN = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class NewKey:
    """A new key, and the secret, which is told once and kept nowhere."""

    key: ApiKey
    secret: str


@transaction.atomic
def make(*, name: str, scopes: Iterable[str], days: int, by: User, at: datetime) -> NewKey:
    """Make a key that acts as `by` for so many days, for these things only. The trail never has the secret.

    Raises `Refused` (no_name, no_scopes, unknown_scope, too_long, too_many_keys).
    """
    permissions.require_one(by, *rules.MAKES_KEYS)
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # so that nobody makes one too many at the same moment
    scopes = sorted(set(scopes))
    refuse_for(rules.make_key_blockers(by, name=name, scopes=scopes, days=days, at=at))
    secret = f"lk_{secrets.token_urlsafe(32)}"
    key = ApiKey.objects.create(
        user=by,
        name=name.strip(),
        digest=digest_of(secret),
        scopes=scopes,
        made_at=at,
        expires_at=at + timedelta(days=days),
    )
    trail.record(key, "make_key", by=by, at=at, scopes=scopes, expires_at=key.expires_at)
    return NewKey(key, secret)


@transaction.atomic
def revoke(key: ApiKey, *, by: User, at: datetime) -> ApiKey:
    """End a key of one's own, from the next request on."""
    key = _own(key, by=by)
    refuse_for(rules.key_in_force_blockers(key, at=at))
    key.revoked_at = at
    key.save(update_fields=["revoked_at"])
    trail.record(key, "revoke_key", by=by, at=at)
    return key


@transaction.atomic
def take_away(key: ApiKey, *, because: str, by: User, at: datetime) -> ApiKey:
    """End somebody else's key, as an administrator of people, from the next request on; its person is told by mail.

    Raises `Refused` for one's own, for one that is over, and without a reason.
    """
    permissions.require(by, "registry.manage_people")
    key = trail.locked(key)
    refuse_for(rules.take_key_blockers(key, because=because, by=by, at=at))
    key.revoked_at = at
    key.save(update_fields=["revoked_at"])
    trail.record(key, "take_key_away", by=by, at=at, because=because, person=key.user)
    sending.queue(
        "registry/letters/key_taken.html",
        to=key.user,
        subject=_("A key of yours has been revoked"),
        facts={"key": key.name},
        about=key.reference,
        at=at,
    )
    return key


@transaction.atomic
def step_up(key: ApiKey, *, by: User, at: datetime) -> ApiKey:
    """Let a key of one's own decide for ten minutes: whoever calls this has seen the second factor of its person."""
    key = _own(key, by=by)
    refuse_for(rules.step_up_key_blockers(key, at=at))
    key.stepped_up_at = at
    key.save(update_fields=["stepped_up_at"])
    trail.record(key, "step_up_key", by=by, at=at)
    return key


@transaction.atomic
def use(key: ApiKey, *, by: User, at: datetime) -> None:
    """Note when a key was last used, once a minute at most. What is done with it is on the trail as done by its person."""
    if by.pk != key.user_id:
        raise PermissionDenied("own key")
    earlier = Q(last_used_at=None) | Q(last_used_at__lt=at - NOTED_AGAIN)
    ApiKey.objects.filter(earlier, pk=key.pk).update(last_used_at=at)


def _own(key: ApiKey, *, by: User) -> ApiKey:
    if by.pk != key.user_id:
        raise PermissionDenied("own key")
    return trail.locked(key)
