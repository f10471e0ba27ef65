"""Propose that another authority reads the signed tables before the public does; a second person agrees or refuses."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from registry import permissions, schemes
from registry.accounts.models import User
from registry.agencies.models import Agency
from registry.agencies.queries import guarded_kind
from registry.codes import new_reference
from registry.editions.models import PartnerAgreement
from registry.editions.states import SHARES, AgreementStatus
from registry.errors import refuse_for
from registry.partner_statistics import rules
from registry.trail.actions import events as trail


@transaction.atomic
def give_tables(
    *, agency: Agency | None, scheme: str, post: str, because: str, basis: str, by: User, at: datetime
) -> PartnerAgreement:
    """Propose that an authority reads the tables of its scheme, or all, from their second signature on.

    Nothing is read under it until a second person has confirmed it. Raises `Refused` (no_agency, guarded, has_one, no_scheme, no_post, no_basis, no_reason).
    """
    permissions.require(by, SHARES)
    # With the row of the authority, so that two agreements are not made at once.
    agency = trail.locked(agency) if agency is not None else None
    others = PartnerAgreement.objects.filter(agency=agency, ended_at=None).exclude(status=AgreementStatus.REFUSED)
    refuse_for(
        rules.give_blockers(
            agency,
            scheme=scheme,
            schemes=schemes.names(),
            post=post,
            because=because,
            basis=basis,
            is_guarded=agency is not None and guarded_kind(agency, timezone.localdate(at)) is not None,
            has_one=agency is not None and others.exists(),
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
    after = agreement.status
    trail.record(agreement, "give_tables", by=by, at=at, because=because, after=after, agency=agency, scheme=scheme)
    return agreement


@transaction.atomic
def confirm_agreement(agreement: PartnerAgreement, *, by: User, at: datetime) -> PartnerAgreement:
    """Agree as a second person: the authority reads signed tables from now on.

    Raises `Refused` (wrong_state, same_person, no_agency, guarded).
    """
    permissions.require(by, SHARES)
    agreement = trail.locked(agreement)
    on = timezone.localdate(at)
    refuse_for(rules.confirm_blockers(agreement, by=by, is_guarded=guarded_kind(agreement.agency, on) is not None))
    return trail.move(agreement, "confirm_agreement", by=by, at=at, decided_by=by, decided_at=at)


@transaction.atomic
def refuse_agreement(agreement: PartnerAgreement, *, because: str, by: User, at: datetime) -> PartnerAgreement:
    """Refuse as a second person, for a reason. Raises `Refused` (wrong_state, same_person, no_reason)."""
    permissions.require(by, SHARES)
    agreement = trail.locked(agreement)
    refuse_for(rules.refuse_blockers(agreement, because, by=by))
    return trail.move(agreement, "refuse_agreement", by=by, at=at, because=because, decided_by=by, decided_at=at)


@transaction.atomic
def end_tables(agreement: PartnerAgreement, *, because: str, by: User, at: datetime) -> PartnerAgreement:
    """From now on the authority reads what the public reads. Raises `Refused` (wrong_state, no_reason)."""
    permissions.require(by, SHARES)
    agreement = trail.locked(agreement)
    refuse_for(rules.end_blockers(agreement, because))
    return trail.move(agreement, "end_tables", by=by, at=at, because=because, ended_by=by, ended_at=at)
