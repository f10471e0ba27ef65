"""What an appellant says that it has sent to the tribunal for the hearing, with copies for us."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from licensing.appeals.models import Appeal, AppealSubmission
from licensing.appeals.rules import appeals as rules
from licensing.appeals.states import SubmissionKind
from registry import permissions
from registry.accounts.models import User
from registry.documents import actions as documents
from registry.errors import refuse_for
from registry.memberships.states import Act
from registry.organisations.models import Organisation
from registry.trail.actions import events as trail
from registry.uploads import Upload


@transaction.atomic
def submit(
    appeal: Appeal, *, kind: str, sent_on: date, uploads: Sequence[Upload] = (), by: User, at: datetime
) -> AppealSubmission:
    """Say that statements or representations have gone to the tribunal, and give us copies. The day is what is said.

    Raises `Refused` (not_listed, in_the_future, and the reasons of `registry.documents.actions.receive`).
    """
    permissions.require(by, "licensing.apply")
    appeal = trail.locked(appeal, among=Appeal.objects.of(Organisation.objects.acted_for_by(by)))
    today = timezone.localdate(at)
    refuse_for(permissions.act_blockers(by, appeal.organisation, Act.REPLY, on=today))
    refuse_for(rules.submit_blockers(appeal, sent_on=sent_on, today=today))
    submission = AppealSubmission.objects.create(
        appeal=appeal, kind=SubmissionKind(kind), sent_on=sent_on, told_by=by, told_at=at
    )
    trail.record(appeal, "submit_to_tribunal", by=by, at=at, after=appeal.status, submission=kind, sent_on=sent_on)
    for upload in uploads:
        documents.receive(
            appeal.organisation, upload=upload, about=appeal.reference, requirement=str(kind), by=by, at=at
        )
    return submission
