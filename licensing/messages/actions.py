"""What applicant and authority write to each other about an application. A message moves nothing and asks for nothing.

The trail keeps who wrote when, and the digest of what was written, not the words.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from licensing.applications.models import Application
from licensing.checks.queries import checks
from licensing.messages import letters, queries, rules
from licensing.messages.models import Message
from licensing.requests.actions import asking
from registry import permissions, signing
from registry.accounts.models import User
from registry.errors import refuse_for
from registry.memberships.states import Act
from registry.trail.actions import events as trail


@transaction.atomic
def write(application: Application, *, text: str, seen: int = 0, by: User, at: datetime) -> Message:
    """Write to the case officer, for an organisation that this user acts for.

    `seen` is how many messages of the thread were on the page: those of the authority among them count as read. Raises
    `Refused` before the application is handed in, and after it is closed unless an appeal can still arrive.
    """
    application = _own(application, by)
    today = timezone.localdate(at)
    refuse_for(permissions.act_blockers(by, application.organisation, Act.ANSWER, on=today))
    refuse_for(rules.write_blockers(application, text=text, today=today))
    _read(application, seen=seen, from_authority=True, by=by, at=at)
    return _written(application, "write_message", text=text, from_authority=False, by=by, at=at)


@transaction.atomic
def reply(
    application: Application,
    *,
    text: str,
    seen: int = 0,
    extends: str = "",
    until: date | None = None,
    by: User,
    at: datetime,
) -> Message:
    """Write to the applicant, who is told by mail that there is a message, and not what it says.

    A message that promises more time moves the day of the request that it `extends`, by its reference, `until` that day.
    `seen` and what is refused are as for `write`.
    """
    permissions.require(by, "licensing.ask_applicant")
    application = trail.locked(application)
    refuse_for(permissions.conflict_blockers(by, application.organisation))
    blockers = [
        *rules.write_blockers(application, text=text, today=timezone.localdate(at)),
        *rules.promise_blockers(application, extends=extends, until=until, today=timezone.localdate(at)),
    ]
    refuse_for([*blockers, *checks.repeats(application.organisation, {"text": text})])
    if extends and until:
        asking.extend(application.requests.get(reference=extends), due_on=until, by=by, at=at)
    _read(application, seen=seen, from_authority=False, by=by, at=at)
    message = _written(application, "reply_by_message", text=text, from_authority=True, by=by, at=at)
    letters.message_waits(application, at=at)
    return message


@transaction.atomic
def read(application: Application, *, seen: int, by: User, at: datetime) -> int:
    """Note that the applicant has read the authority's messages among the first `seen` of the thread; says how many were new."""
    application = _own(application, by)
    return _read(application, seen=seen, from_authority=True, by=by, at=at)


@transaction.atomic
def take_note(application: Application, *, seen: int, by: User, at: datetime) -> int:
    """Note that the authority has read the applicant's messages among the first `seen`; says how many were new."""
    permissions.require(by, "licensing.ask_applicant")
    application = trail.locked(application)
    refuse_for(permissions.conflict_blockers(by, application.organisation))
    return _read(application, seen=seen, from_authority=False, by=by, at=at)


def _own(application: Application, by: User) -> Application:
    permissions.require(by, "licensing.apply")
    return trail.locked(application, among=Application.objects.acted_for_by(by))


def _written(
    application: Application, verb: str, *, text: str, from_authority: bool, by: User, at: datetime
) -> Message:
    message = Message.objects.create(
        application=application, author=by, from_authority=from_authority, text=text.strip(), at=at
    )
    trail.record(application, verb, by=by, at=at, digest=signing.digest(message.text))
    return message


def _read(application: Application, *, seen: int, from_authority: bool, by: User, at: datetime) -> int:
    """Only what was on the page: what arrived meanwhile still waits."""
    shown = [message.pk for message in queries.thread_of(application)[:seen]]
    unread = Message.objects.filter(pk__in=shown, from_authority=from_authority, read_at=None)
    count = unread.update(read_at=at, read_by=by)
    if count:
        trail.record(application, "read_messages", by=by, at=at, messages=count)
    return count
