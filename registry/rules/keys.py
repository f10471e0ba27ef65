"""What must be true before a program gets a key, and before it decides."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from registry.errors import Reason
from registry.models import ApiKey, Scope, User
from registry.rules.reasons import reason_blockers

MOST_KEYS = 10
LONGEST_KEY = 366


def make_key_blockers(by: User, *, name: str, scopes: Iterable[str], days: int, at: datetime) -> Iterator[Reason]:
    if not name.strip():
        yield Reason("no_name", _("Enter what the key is for."), "name")
    if not scopes:
        yield Reason("no_scopes", _("Choose at least one thing that the key may be used for."), "scopes")
    if not set(scopes) <= set(Scope.values):
        yield Reason("unknown_scope", _("There is no such thing that a key can be used for."), "scopes")
    if not 0 < days <= LONGEST_KEY:
        yield Reason("too_long", _("A key lasts for a year at most."), "days")
    if by.api_keys.filter(revoked_at=None, expires_at__gt=at).count() >= MOST_KEYS:
        text = _("You have {most} keys already. Revoke one first.")
        yield Reason("too_many_keys", format_lazy(text, most=MOST_KEYS))


def key_in_force_blockers(key: ApiKey, *, at: datetime) -> Iterator[Reason]:
    if not key.is_in_force(at):
        yield Reason("key_over", _("This key is not in force any more."))


def take_key_blockers(key: ApiKey, *, because: str | None = None, by: User, at: datetime) -> Iterator[Reason]:
    if key.user_id == by.pk:
        yield Reason("oneself", _("This is a key of your own: revoke it on the page of your keys."))
    yield from key_in_force_blockers(key, at=at)
    if because is not None:
        yield from reason_blockers(because)


def step_up_key_blockers(key: ApiKey, *, at: datetime) -> Iterator[Reason]:
    yield from key_in_force_blockers(key, at=at)
    if Scope.DECIDE not in key.scopes:
        yield Reason("not_for_deciding", _("This key may not be used to decide."))
