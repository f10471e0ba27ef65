"""A sign of forced labour is put before the safeguarding leads. One of them answers it: by a referral, or by saying why there is none."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from compliance.safeguarding.models.concerns import SafeguardingConcern
from compliance.safeguarding.models.referrals import Referral
from compliance.safeguarding.states import PREPARES, READS
from registry import permissions
from registry.accounts.models import User
from registry.codes import new_reference
from registry.errors import refuse_for
from registry.organisations.models import Organisation
from registry.schemes import Scheme
from registry.trail.actions import events as trail


@transaction.atomic
def raise_concern(
    about: str,
    standards: Iterable[str],
    scheme: Scheme,
    organisation: Organisation,
    *,
    beside: Iterable[str] = (),
    by: User,
    at: datetime,
) -> None:
    """Tell the leads which standards against forced labour something speaks against, but for those that they were told of, by
    this reference or by those `beside` it.
    """
    earlier = SafeguardingConcern.objects.filter(about__in=[about, *beside])
    told = {code for one in earlier for code in one.standards}
    new = [code for code in sorted(set(standards) - told) if scheme.standard(code).forced_labour]
    if not new:
        return
    concern = SafeguardingConcern.objects.create(
        reference=new_reference("WC"),
        about=about,
        organisation=organisation,
        scheme=scheme.name,
        version=scheme.version,
        standards=new,
        raised_at=at,
    )
    trail.record(concern, "raise_concern", by=by, at=at, after=concern.status, about=about, standards=new)


@transaction.atomic
def set_aside(concern: SafeguardingConcern, *, why: str, by: User, at: datetime) -> SafeguardingConcern:
    """Record that nobody is referred, and why. Raises `Refused` (wrong_state, conflicted)."""
    permissions.require(by, READS)
    concern = trail.locked(concern, among=SafeguardingConcern.objects.visible_to(by))
    refuse_for(permissions.conflict_blockers(by, concern.organisation))
    return trail.move(concern, "set_aside", by=by, at=at, why=why, considered_by=by, considered_at=at)


@transaction.atomic
def answer_with_referral(
    concern: SafeguardingConcern, referral: Referral, *, by: User, at: datetime
) -> SafeguardingConcern:
    """Record that a referral was prepared: by who prepares it, with it."""
    permissions.require(by, PREPARES)
    concern = trail.locked(concern)
    return trail.move(concern, "answer_with_referral", by=by, at=at, considered_by=by, considered_at=at)
