"""Reading a published list: begun here, whatever the list is of. What its rows do is said beside what they are of."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from registry import permissions
from registry.accounts.models import User
from registry.errors import refuse_for
from registry.imports import queries, rules
from registry.imports.models import Import
from registry.trail.actions import events as trail


@transaction.atomic
def begin(
    *, source: str, licence: str, file: str, digest: str, edition_on: date | None = None, by: User, at: datetime
) -> Import:
    """Open the reading of an edition of a list; or take up again the reading of this very file that was cut off.

    Another file's reading that was cut off is given up. `digest` is the SHA-256 of the file; `edition_on` the day as of
    which the list is true, where it says one. Raises `Refused` for an edition older than the one in use.
    """
    permissions.require(by, "registry.import_lists")
    refuse_for(rules.begin_import_blockers(queries.newest_edition(source), edition_on=edition_on))
    for unfinished in Import.objects.unfinished().select_for_update(no_key=True).filter(source=source):
        if unfinished.digest == digest:
            return unfinished
        unfinished.given_up_at = at
        unfinished.save(update_fields=["given_up_at"])
        trail.record(unfinished, "give_up_import", by=by, at=at, read=unfinished.read)
    begun = Import.objects.create(
        source=source,
        licence=licence[:300],
        file=file[:200],
        digest=digest,
        edition_on=edition_on,
        by=by,
        started_at=at,
    )
    trail.record(begun, "begin_import", by=by, at=at, source=source, file=begun.file, digest=digest)
    return begun


@transaction.atomic
def finish(under: Import, *, title: str = "", by: User, at: datetime, **counts: Any) -> Import:
    """From now on this edition is the one that is asked, all of it at once; `title` names the list."""
    permissions.require(by, "registry.import_lists")
    under = trail.locked(under)
    refuse_for(rules.import_blockers(under, after=under.read))
    under.finished_at, under.title = at, title
    under.save(update_fields=["finished_at", "title"])
    trail.record(under, "finish_import", by=by, at=at, read=under.read, **counts)
    return under
