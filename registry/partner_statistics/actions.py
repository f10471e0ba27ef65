"""Agree that another authority reads the signed tables before the public does, and end it."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from registry import permissions, schemes
from registry.accounts.models import User
from registry.agencies.models import Agency
from registry.agencies.queries import guarded_kind
from registry.codes import new_reference
from registry.editions.models import PartnerAgreement
from registry.editions.states import SHARES
from registry.errors import refuse_for
from registry.partner_statistics import rules
from registry.trail.actions import events as trail


@transaction.atomic
def give_tables(
    *, agency: Agency | None, scheme: str, post: str, because: str, basis: str, by: User, at: datetime
) -> PartnerAgreement:
    """Let an authority read the tables of its scheme, or all, from their second signature on.

    Raises `Refused` (no_agency, guarded, has_one, no_scheme, no_post, no_basis, no_reason).
    """
    permissions.require(by, SHARES)
    # With the row of the authority, so that two agreements are not made at once.
    agency = trail.locked(agency) if agency is not None else None
    refuse_for(
        rules.give_blockers(
            agency,
            scheme=scheme,
            schemes=schemes.names(),
            post=post,
            because=because,
            basis=basis,
            is_guarded=agency is not None and guarded_kind(agency, timezone.localdate(at)) is not None,
            has_one=agency is not None and agency.statistics_agreements.filter(ended_at=None).exists(),
        )
    )
    assert agency is not None
    agreement = PartnerAgreement.objects.create(
        reference=new_reference("G"),
        agency=agency,
        scheme=scheme,
        post=post.strip(),
        because=because.strip(),
        basis=basis.strip(),
        given_by=by,
        given_at=at,
    )
    trail.record(agreement, "give_tables", by=by, at=at, because=because, agency=agency, scheme=scheme)
    return agreement


@transaction.atomic
def end_tables(agreement: PartnerAgreement, *, because: str, by: User, at: datetime) -> PartnerAgreement:
    """From now on the authority reads what the public reads. Raises `Refused` (ended, no_reason)."""
    permissions.require(by, SHARES)
    agreement = trail.locked(agreement)
    refuse_for(rules.end_blockers(agreement, because))
    agreement.ended_by, agreement.ended_at = by, at
    agreement.save(update_fields=["ended_by", "ended_at"])
    trail.record(agreement, "end_tables", by=by, at=at, because=because)
    return agreement
