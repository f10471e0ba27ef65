"""The one way by which anything reaches a guarded authority: it was approved by a second person, and it is counted."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from compliance.guarded_sharing import queries, rules
from compliance.guarded_sharing.models import GuardedSharing, StatedSharing
from compliance.guarded_sharing.rules import StatedRequest
from registry.accounts.models import User
from registry.agencies import queries as agencies
from registry.agencies.models import Agency
from registry.codes import new_reference
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


@transaction.atomic
def share_as_stated(
    about: Any,
    asked: StatedRequest,
    *,
    agency: Agency | None = None,
    texts: Sequence[str] = (),
    by: User | None,
    at: datetime,
) -> StatedSharing | None:
    """The same guard for checks of applicants and referrals of victims, of which the pack states the basis once.

    `texts` are the words of officers in it, if any. None where no guarded authority is reached. Raises `Refused`
    (no_stated_basis, no_second_person, not_at_once, name_of_source, number_of_source, who_reported).
    """
    today = timezone.localdate(at)
    kind = queries.kind_reached(asked.way, asked.code, agency, on=today)
    told = queries.who_told_in(None, texts, by=by) if kind and texts and by else ()
    refuse_for([*rules.stated_blockers(kind, asked), *told])
    basis = rules.stated_basis(kind, asked) if kind else None
    if kind is None or basis is None:
        return None
    scheme = agencies.scheme_of(kind, today)
    sharing = StatedSharing.objects.create(
        reference=new_reference("Y"),
        kind=kind.code,
        scheme=scheme.name,
        version=scheme.version,
        agency=agency,
        way=asked.way,
        basis=basis.code,
        about=str(about.reference),
        first_by=asked.first_by,
        second_by=asked.second_by,
        shared_by=by,
        shared_at=at,
    )
    facts: dict[str, Any] = {
        "about": sharing.about,
        "agency": agency,
        "guarded": kind.code,
        "way": asked.way,
        "basis": basis.code,
    }
    trail.record(sharing, "share_as_stated", by=by, at=at, **facts)
    return sharing
