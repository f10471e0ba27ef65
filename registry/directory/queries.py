"""Who signs in by which identity of a provider, and in which sessions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.socialaccount.models import SocialAccount
from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from registry.accounts.models import User
from registry.directory_service import STAFF, IdentityProvider
from registry.roles import STAFF_ROLES
from registry.trail.models.events import Event

#: Where a session keeps by which identity it was begun, and with what the provider is asked again.
RECORD = "directory"
FILE_VERBS = ("read_directory_file", "refuse_directory_file")


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


def _records(sessions: QuerySet[Session] | None = None) -> Iterator[tuple[Session, dict[str, Any]]]:
    for session in (Session.objects.all() if sessions is None else sessions).iterator():
        if record := session.get_decoded().get(RECORD):
            yield session, record


def sessions_of_person(person: User, *, at: datetime) -> list[str]:
    """The sessions of this person that the directory began and that have not ended."""
    subject = SocialAccount.objects.filter(provider=STAFF, user=person).values_list("uid", flat=True).first()
    records = _records(Session.objects.filter(expire_date__gt=at))
    return [one.session_key for one, record in records if record.get("sub") == subject] if subject else []


def was_confirmed(person: User, *, since: datetime) -> bool:
    """Whether the directory has confirmed this person since: allauth's `last_login` is kept at that time."""
    return bool(SocialAccount.objects.filter(provider=STAFF, user=person, last_login__gte=since).exists())


def staff_with_access(directory: IdentityProvider) -> dict[str, User]:
    """Everyone of the authority whose access follows the directory, by their identity there, else by email address."""
    people = User.objects.filter(is_active=True, is_system=False, groups__name__in=STAFF_ROLES).distinct()
    linked = User.objects.filter(is_active=True, is_system=False, socialaccount__provider=STAFF)
    names = dict(SocialAccount.objects.filter(provider=STAFF).values_list("user", "uid"))
    everyone = {person.pk: person for person in (*people, *linked) if person.email not in directory.break_glass}
    return {names.get(key) or person.email: person for key, person in everyone.items()}


@dataclass(frozen=True, slots=True)
class DirectoryFile:
    """What the last file of the directory changed, for administrators of people."""

    read_at: datetime
    people: int
    #: Why it was refused; empty where it was read.
    refused: str
    off_boarded: list[User]
    #: People for each of which something could not be done, and why.
    not_done: list[tuple[User, str]]


def last_file() -> DirectoryFile | None:
    event = Event.objects.filter(verb__in=FILE_VERBS).order_by("-number").first()
    if event is None:
        return None
    facts = event.facts
    named = {*facts["off_boarded"], *facts["not_done"]}
    people = {person.reference: person for person in User.objects.filter(reference__in=named)}
    return DirectoryFile(
        event.at,
        facts["people"],
        event.because,
        [people[one] for one in facts["off_boarded"] if one in people],
        [(people[one], words) for one, words in facts["not_done"].items() if one in people],
    )
