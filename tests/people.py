"""People for tests: one call each, with the permissions that the role really has."""

import time
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from django.contrib.auth.models import Group
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.http import HttpRequest
from django.test import Client

from registry import web
from registry.accounts.models import User
from tests.remembered import number_of_person


def person(role: str, *more_roles: str, **fields: Any) -> User:
    """Somebody who holds the role (and any more): `person("case_officer", name="Mair")`."""
    number = number_of_person()
    fields.setdefault("email", f"{role.replace('_', '-')}-{number}@people.example")
    fields.setdefault("name", f"{role.replace('_', ' ').capitalize()} {number}")
    groups = list(Group.objects.filter(name__in=[role, *more_roles]))
    assert len(groups) == 1 + len(more_roles), f"no such role: {role} {more_roles}"
    with transaction.atomic():
        user = User.objects.create_user(**fields)
        user.groups.add(*groups)
    return user


def has_shown(session: SessionBase, user: User, method: str, **facts: Any) -> None:
    """Write into the session by what this person has shown who they are, now."""
    request = HttpRequest()
    request.session = session
    record_authentication(request, user, method, **facts)


def signed_in(user: User, *, second_factor: bool = True) -> Client:
    """A browser in which this person has signed in, with the second factor shown unless the test says otherwise."""
    client = Client()
    client.force_login(user)
    session = client.session
    session[web.SEEN] = time.time()
    if second_factor:
        has_shown(session, user, "mfa", type="totp")
    session.save()
    return client
