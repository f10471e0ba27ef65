"""What reports, intelligence and visits left is held no longer than the schemes say."""

from datetime import datetime
from typing import Any, TypeVar

from django.db import models, transaction
from django.utils import timezone

from compliance import vault
from compliance.intelligence.models.sources import Source
from compliance.retention import rules
from compliance.retention.queries import contents, due
from compliance.safeguarding.models.codes import WhyErased
from compliance.safeguarding.models.people import PersonErased
from compliance.safeguarding.models.referrals import Referral
from registry.documents import actions as documents
from registry.errors import refuse_for
from registry.retention import actions as erasures
from registry.trail.actions import events as trail

M = TypeVar("M", bound=models.Model)


@transaction.atomic
def erase(thing: M, *, rule: str, by: None, at: datetime) -> M:
    """Erase what of this thing goes under the line of the scheme's table: words, rows, files and what the vault holds.

    That it was there stays, with its dates and its history, and a digest of what was erased. Raises `Refused` (kept) when
    it is not due, or something keeps it now.
    """
    thing = trail.locked(thing)
    for organisation in due.organisations_of(thing):
        # Who places a hold waits for this, or this sees the hold.
        trail.locked(organisation)
    refuse_for(rules.erase_blockers(is_due=due.is_due(thing, rule, timezone.localdate(at))))
    parts = list(contents.of(rule, thing))
    files = list(contents.files_of(rule, thing))
    said: dict[str, Any] = {}
    for part in parts:
        said.setdefault(part.rows.model._meta.label_lower, []).extend(part.content())
    sealed = _sealed(thing)
    things = sum(len(rows) for rows in said.values()) + len(files) + sealed
    content = {**said, "documents": [file.digest for file in files], "sealed": sealed}
    erasures.note(thing, rule=rule, content=content, things=things, by=by, at=at)
    for part in parts:
        if part.is_deleted:
            part.rows.delete()
        else:
            part.rows.update(**part.changes)
    for file in files:
        documents.remove(file, by=by, at=at)
    _open_no_more(thing, at=at)
    thing.refresh_from_db()
    return thing


def _sealed(thing: models.Model) -> int:
    """How many identities the vault holds for it."""
    if isinstance(thing, Referral):
        return int(vault.has_person(thing))
    return int(isinstance(thing, Source))


def _open_no_more(thing: models.Model, *, at: datetime) -> None:
    """Take the sealed identity out of the vault, after its trace."""
    if isinstance(thing, Referral) and vault.has_person(thing):
        PersonErased.objects.get_or_create(referral=thing, defaults={"why": WhyErased.TERM, "by": None, "at": at})
        vault.erase_person(thing)
    if isinstance(thing, Source):
        vault.erase_identity(thing)
