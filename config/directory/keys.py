"""A key of a person who signs in by the directory opens what the directory lets this person open now."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase, UpdateError
from django.core.cache import cache
from django.http import HttpRequest

from config.directory import session
from registry.accounts.models import ApiKey, User
from registry.directory import actions, queries, rules
from registry.directory_service import IdentityProvider, staff_directory
from registry.directory_service.provider import NoLongerSignedIn
from registry.directory_service.provider import ProviderSilent as ProviderSilent
from registry.directory_service.tokens import NotBelieved

#: A person who is not signed in anywhere: for how long what the directory said last holds for their keys. The nightly file counts.
CONFIRMED_WITHIN = timedelta(days=1)
#: Seconds for which it is known which sessions are a person's.
KNOWN_FOR = 60


def refuses(request: HttpRequest, *, at: datetime) -> bool:
    """Whether this request comes with a key whose person the directory does not confirm. Roles that are gone are taken away.

    Raises `ProviderSilent` where the directory does not answer.
    """
    directory = staff_directory()
    if directory is None:
        return False
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    key = ApiKey.objects.of_secret(token, at=at) if scheme.lower() == "bearer" else None
    if key is None or not rules.signs_in_by_directory(key.user):
        return False
    return not _confirmed(key.user, directory, at=at)


def _confirmed(person: User, directory: IdentityProvider, *, at: datetime) -> bool:
    """Asked in the name of a session of the person; where there is none, or only a browser can ask, whether it was
    confirmed a short time ago."""
    if directory.is_saml:
        return queries.was_confirmed(person, since=at - CONFIRMED_WITHIN)
    sessions = list(_sessions_of(person, at=at))
    for one in sessions:
        try:
            session.confirm(person, one, directory)
        except (NoLongerSignedIn, NotBelieved):
            continue
        if one.modified:
            with suppress(UpdateError):  # it has ended meanwhile
                one.save()
        return True
    if sessions:
        actions.forget_confirmed(person, by=person, at=at)
        return False
    return queries.was_confirmed(person, since=at - CONFIRMED_WITHIN)


def _sessions_of(person: User, *, at: datetime) -> Iterator[SessionBase]:
    store: Any = import_module(settings.SESSION_ENGINE).SessionStore
    place = f"sessions-of-{person.reference}"
    if (known := cache.get(place)) is None:
        known = queries.sessions_of_person(person, at=at)
        cache.set(place, known, KNOWN_FOR)  # to look through all sessions for each request would take too long
    for key in known:
        found: SessionBase = store(key)
        if found.get(SESSION_KEY) == str(person.pk) and queries.RECORD in found:
            yield found
