"""A proof of insurance: sent by the holder, accepted or refused by an officer; or none is asked for, for a reason."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from licensing.insurances import letters, queries, rules
from licensing.insurances.models import InsuranceProof
from licensing.insurances.states import HANDLES
from registry import permissions
from registry.accounts.models import User
from registry.codes import new_reference
from registry.documents import actions as documents
from registry.errors import refuse_for
from registry.licences.models import Licence
from registry.memberships.states import Act
from registry.organisations.models import Organisation
from registry.trail.actions import events as trail
from registry.uploads import Upload


@transaction.atomic
def send(
    licence: Licence, *, code: str, ends_on: date | None, uploads: Sequence[Upload] = (), by: User, at: datetime
) -> InsuranceProof:
    """Say until when the next insurance lasts, with its certificate; it counts until an officer refuses it.

    Raises `Refused` (not_active, not_asked, over_already, no_document, and the reasons of `registry.documents`).
    """
    permissions.require(by, "licensing.apply")
    organisation = trail.locked(Organisation.objects.acted_for_by(by).get(licences=licence.pk))
    licence = trail.locked(licence)
    today = timezone.localdate(at)
    refuse_for(permissions.act_blockers(by, organisation, Act.NOTIFY, on=today))
    codes = [term.code for term in queries.terms_of(licence, today)]
    refuse_for(
        rules.send_blockers(licence, codes=codes, code=code, ends_on=ends_on, has_document=bool(uploads), today=today)
    )
    proof = InsuranceProof.objects.create(
        reference=new_reference("Y"), licence=licence, code=code, ends_on=ends_on, sent_by=by, sent_at=at
    )
    for upload in uploads:
        documents.receive(organisation, upload=upload, about=proof.reference, by=by, at=at)
    trail.record(proof, "send", by=by, at=at, after=proof.status, licence=licence, insurance=code, ends_on=ends_on)
    return proof


@transaction.atomic
def accept_proof(proof: InsuranceProof, *, by: User, at: datetime) -> InsuranceProof:
    """The certificate shows it. Raises `Refused` (wrong_state, conflicted)."""
    proof = _answered(proof, by)
    return trail.move(proof, "accept_proof", by=by, at=at, answered_by=by, answered_at=at)


@transaction.atomic
def refuse_proof(proof: InsuranceProof, *, because: str, by: User, at: datetime) -> InsuranceProof:
    """The certificate does not show it: the day before counts again, and a letter tells the holder why. Raises `Refused` (wrong_state, no_reason …)."""
    proof = _answered(proof, by)
    refuse_for(rules.refuse_blockers(proof, because=because))
    proof.because = because.strip()
    proof.save(update_fields=["because"])
    trail.move(proof, "refuse_proof", by=by, at=at, because=proof.because, answered_by=by, answered_at=at)
    letters.proof_refused(proof, at=at)
    return proof


@transaction.atomic
def excuse(licence: Licence, *, code: str, because: str, by: User, at: datetime) -> InsuranceProof:
    """Say why the holder needs no such insurance; nothing is asked any more until it sends one.

    Raises `Refused` (not_active, not_asked, no_reason, conflicted).
    """
    permissions.require(by, HANDLES)
    licence = trail.locked(licence)
    refuse_for(permissions.conflict_blockers(by, licence.organisation))
    codes = [term.code for term in queries.terms_of(licence, timezone.localdate(at))]
    refuse_for(rules.excuse_blockers(licence, codes=codes, code=code, because=because))
    proof = InsuranceProof.objects.create(
        reference=new_reference("Y"), licence=licence, code=code, because=because.strip(), sent_by=by, sent_at=at
    )
    return trail.move(proof, "excuse", by=by, at=at, because=proof.because, answered_by=by, answered_at=at)


def _answered(proof: InsuranceProof, by: User) -> InsuranceProof:
    permissions.require(by, HANDLES)
    proof = trail.locked(proof, among=InsuranceProof.objects.visible_to(by))
    refuse_for(permissions.conflict_blockers(by, proof.licence.organisation))
    return proof
