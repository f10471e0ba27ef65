"""Who signs in by which identity of a provider, and in which sessions."""

from collections.abc import Iterator
from typing import Any

from allauth.socialaccount.models import SocialAccount
from django.contrib.sessions.models import Session

from registry.accounts.models import User
from registry.directory_service import STAFF, IdentityProvider
from registry.roles import STAFF_ROLES

#: Where a session keeps by which identity it was begun, and with what the provider is asked again.
RECORD = "directory"


def person_of(kind: str, sub: str) -> User | None:
    """Who signs in by this identity."""
    link = SocialAccount.objects.filter(provider=kind, uid=sub).select_related("user").first()
    return link.user if link else None


def has_identity(person: User, kind: str) -> bool:
    return bool(SocialAccount.objects.filter(provider=kind, user=person).exists())


def sessions_of_identity(*, sub: str, sid: str) -> list[str]:
    """The sessions that this identity began: one sign-in of it where the provider names one, else all."""
    return [
        session.session_key
        for session, record in _records()
        if (record.get("sid") == sid if sid else record.get("sub") == sub) and sub in ("", record.get("sub"))
    ]


def subject_of_sign_in(sid: str) -> str:
    """Whose sign-in this is, by the name that the provider gave it; empty where no session knows it."""
    return next((str(record["sub"]) for _session, record in _records() if record.get("sid") == sid), "")


def _records() -> Iterator[tuple[Session, dict[str, Any]]]:
    for session in Session.objects.iterator():
        if record := session.get_decoded().get(RECORD):
            yield session, record


def staff_with_access(directory: IdentityProvider) -> dict[str, User]:
    """Everyone of the authority whose access follows the directory, by their identity there, else by email address."""
    people = User.objects.filter(is_active=True, is_system=False, groups__name__in=STAFF_ROLES).distinct()
    linked = User.objects.filter(is_active=True, is_system=False, socialaccount__provider=STAFF)
    names = dict(SocialAccount.objects.filter(provider=STAFF).values_list("user", "uid"))
    everyone = {person.pk: person for person in (*people, *linked) if person.email not in directory.break_glass}
    return {names.get(key) or person.email: person for key, person in everyone.items()}
