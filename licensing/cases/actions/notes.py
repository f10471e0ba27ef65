"""Notes on a case. The trail keeps who wrote when, and the digest of what was written, not the words."""

from datetime import datetime

from django.db import transaction

from licensing.applications.models import Application
from licensing.cases import rules
from licensing.cases.models import Note
from licensing.checks.queries import checks
from licensing.checks.rules.handling import Reader
from registry import permissions, signing
from registry.accounts.models import User
from registry.errors import refuse_for
from registry.trail.actions import events as trail


@transaction.atomic
def write(application: Application, *, text: str, by: User, at: datetime) -> Note:
    """Write a note on a case for all of the authority who read it, at any time, also when the case is over.

    Raises `Refused` for nothing, for what repeats a reply that not all of them may read (2004 Act, s.19(3)), and to whoever
    has a conflict of interest.
    """
    permissions.require(by, "licensing.write_note")
    application = trail.locked(application)
    refuse_for(permissions.conflict_blockers(by, application.organisation))
    text = text.strip()
    refuse_for(
        [
            *rules.note_blockers(text),
            *checks.repeats(application.organisation, {"text": text}, reader=Reader.OTHERS),
        ]
    )
    note = Note.objects.create(application=application, author=by, text=text, at=at)
    trail.record(application, "write_note", by=by, at=at, digest=signing.digest(text))
    return note
