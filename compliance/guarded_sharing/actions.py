"""The one way by which anything reaches a guarded authority: it was approved by a second person, and it is counted."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from compliance.guarded_sharing import queries, rules
from compliance.guarded_sharing.models import GuardedSharing
from registry.accounts.models import User
from registry.agencies import queries as agencies
from registry.agencies.models import Agency
from registry.errors import refuse_for
from registry.trail.actions import events as trail


@transaction.atomic
def share(
    about: Model,
    agency: Agency,
    *,
    way: str,
    texts: Sequence[str] = (),
    checked: Sequence[str] = (),
    by: User,
    at: datetime,
) -> GuardedSharing | None:
    """The guard: every action by which something reaches an authority calls it, whatever authority it is.

    For a guarded one it uses up what was approved of this, by this way, in these `texts`; `checked` are further words that the
    authority reads. None where the authority is not guarded. Raises `Refused` (not_approved, other_text, name_of_source,
    number_of_source, who_reported).
    """
    if not agency.guarded_as and agencies.guarded_kind(agency, timezone.localdate(at)) is None:
        return None
    approved = queries.approved(agency, way, about)
    found = next((one for one in approved if rules.says(one, texts)), next(iter(approved), None))
    sharing = trail.locked(found) if found else None
    refuse_for(
        [
            *rules.share_blockers(agency, sharing, texts=texts),
            *queries.who_told_in(about, [*texts, *checked], by=by),
        ]
    )
    assert sharing is not None
    return trail.move(sharing, "share", by=by, at=at, shared_by=by, shared_at=at)
