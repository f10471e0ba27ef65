"""Corrections of versions of schemes that cases are pinned to: one person proposes each, and another accepts it."""

from datetime import datetime

from django.db import transaction

from registry import permissions
from registry.accounts.models import User
from registry.errors import refuse_for
from registry.schemes import Scheme, freezing, rules
from registry.schemes.models import PackEdition
from registry.trail.actions import events as trail


@transaction.atomic
def propose_correction(scheme: Scheme, *, because: str, by: User, at: datetime) -> PackEdition:
    """Say that what this version says now is a correction of what it said when it was frozen. Raises `Refused`."""
    permissions.require(by, "registry.correct_packs")
    said = freezing.said_by(scheme)
    refuse_for(rules.propose_correction_blockers(freezing.edition_of(scheme), digest=said.digest, because=because))
    last = PackEdition.objects.filter(scheme=scheme.name, version=scheme.version).order_by("-edition")[0]
    correction = PackEdition.objects.create(
        scheme=scheme.name,
        version=scheme.version,
        edition=last.edition + 1,
        digest=said.digest,
        said=said.text,
        at=at,
        because=because,
        proposed_by=by,
    )
    trail.record(correction, "propose_correction", by=by, at=at, because=because, edition=correction.edition)
    return correction


@transaction.atomic
def accept_correction(correction: PackEdition, scheme: Scheme, *, by: User, at: datetime) -> PackEdition:
    """From now on the version is frozen as it says it now. Raises `Refused`, also of whoever proposed it."""
    permissions.require(by, "registry.correct_packs")
    correction = trail.locked(correction)
    digest = freezing.said_by(scheme).digest
    refuse_for(rules.accept_correction_blockers(correction, digest=digest, by=by))
    correction.accepted_by, correction.accepted_at = by, at
    correction.save(update_fields=["accepted_by", "accepted_at"])
    trail.record(
        correction,
        "accept_correction",
        by=by,
        at=at,
        because=correction.because,
        edition=correction.edition,
        digest=digest,
    )
    return correction
