"""Sources: kept under a pseudonym, opened by their handler alone. The trail keeps that someone looked and why; never who it is."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from compliance import vault
from compliance.intelligence import rules
from compliance.intelligence.models.sources import Source
from registry import permissions
from registry.accounts.models import User
from registry.codes import new_reference
from registry.errors import Refused, refuse_for
from registry.trail.actions import events as trail


@transaction.atomic
def keep(*, identity: Mapping[str, str], about: str = "", by: User, at: datetime) -> Source:
    """Give somebody who tells a pseudonym, and seal who it is. The person who keeps a source is its handler.

    `identity`: `name`, `telephone`, `email`, `notes`. Raises `Refused` (no_name).
    """
    permissions.require(by, "compliance.handle_sources")
    refuse_for(rules.keep_blockers(identity))
    source = Source.objects.create(reference=new_reference("S"), handler=by, about=about, opened_at=at)
    vault.keep_identity(source, identity, at=at)
    trail.record(source, "keep", by=by, at=at)
    return source


@transaction.atomic
def look(source: Source, *, because: str, by: User, at: datetime) -> dict[str, str]:
    """Open who a source is. Raises `Refused` (not_their_handler, no_reason, not_opened)."""
    permissions.require(by, "compliance.handle_sources")
    source = trail.locked(source)
    refuse_for(rules.look_blockers(source, by=by, because=because))
    trail.record(source, "look", by=by, at=at, because=because)
    try:
        return vault.open_identity(source, because=because, reader=by.reference, at=at)
    except vault.NotOpened as shut:
        raise Refused([rules.SHUT]) from shut


@transaction.atomic
def hand_over(source: Source, *, to: User | None, because: str, by: User, at: datetime) -> Source:
    """Give a source to another handler: from now on only they can open it. Raises `Refused` (not_their_handler, no_handler, no_reason)."""
    permissions.require(by, "compliance.handle_sources")
    source = trail.locked(source)
    refuse_for(rules.hand_over_blockers(source, to=to, by=by, because=because))
    assert to is not None
    source.handler = to
    source.save(update_fields=["handler"])
    trail.record(source, "hand_over", by=by, at=at, because=because, to=to)
    return source
