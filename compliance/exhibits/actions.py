"""What is done with exhibits: entered into the register of an inspection, put right, struck out, handed on."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from compliance.exhibits import rules
from compliance.exhibits.models import Custody, CustodyAct, EvidenceItem, ForBusiness
from compliance.inspections.models import Inspection
from registry import permissions
from registry.accounts.models import User
from registry.documents import actions as documents
from registry.errors import refuse_for
from registry.trail.actions import events as trail
from registry.uploads import Upload

LOGS = "compliance.log_evidence"


@transaction.atomic
def log(
    inspection: Inspection,
    *,
    kind: str,
    description: str,
    taken_at: datetime,
    taken_by: User | None = None,
    place: str = "",
    upload: Upload | None = None,
    digest: str = "",
    standards: Collection[str] = (),
    for_business: str = ForBusiness.NO.value,
    withheld_because: str = "",
    uuid: str = "",
    by: User,
    at: datetime,
) -> EvidenceItem:
    """Enter an exhibit into the register under the next number, and begin its chain of custody.

    `upload` is what `registry.uploads.document` has made of the bytes; `digest` the SHA-256 that a device made of the
    original. Under a `uuid` that is there already nothing is entered again: the exhibit of that number is returned.
    Raises `Refused` (register_closed, not_the_inspector, digest_differs, another_of_this_number …).
    """
    permissions.require(by, LOGS)
    inspection = trail.locked(inspection)
    refuse_for(permissions.conflict_blockers(by, inspection.organisation))
    there = inspection.exhibits.filter(uuid=uuid).first() if uuid else None
    if there is not None:
        refuse_for(rules.again_blockers(there, digest=digest or (upload.original_digest if upload else "")))
        return there
    refuse_for(
        rules.log_blockers(
            inspection=inspection,
            kind=kind,
            description=description,
            taken_at=taken_at,
            standards=standards,
            upload=upload,
            digest=digest,
            by=by,
            at=at,
        )
    )
    refuse_for(rules.release_blockers(for_business, withheld_because))
    document = documents.receive_exhibit(upload=upload, about=inspection.reference, by=by, at=at) if upload else None
    item = EvidenceItem.objects.create(
        inspection=inspection,
        number=inspection.exhibits.count() + 1,
        uuid=uuid,
        kind=kind,
        description=description,
        taken_at=taken_at,
        taken_by=taken_by or by,
        place=place,
        digest=upload.original_digest if upload else digest,
        document=document,
        standards=sorted(standards),
        for_business=for_business,
        withheld_because=withheld_because,
        logged_at=at,
    )
    Custody.objects.create(
        item=item,
        number=1,
        act=CustodyAct.TAKEN,
        holder=str(item.taken_by),
        place=place,
        happened_at=taken_at,
        recorded_by=by,
        recorded_at=at,
    )
    # The description may name people and stays off the trail; the digest says which exhibit it was.
    trail.record(item, "log", by=by, at=at, exhibit=kind, digest=item.digest, standards=item.standards)
    return item


@transaction.atomic
def amend(
    item: EvidenceItem,
    *,
    description: str,
    place: str = "",
    standards: Collection[str] = (),
    for_business: str = ForBusiness.NO.value,
    withheld_because: str = "",
    by: User,
    at: datetime,
) -> EvidenceItem:
    """Put right what the register says of an exhibit; what it is, and its digest, stay."""
    permissions.require(by, LOGS)
    item = _locked(item)
    refuse_for(permissions.conflict_blockers(by, item.inspection.organisation))
    refuse_for(rules.amend_blockers(item, description=description, standards=standards, by=by))
    refuse_for(rules.release_blockers(for_business, withheld_because))
    given = {
        "description": description,
        "place": place,
        "standards": sorted(standards),
        "for_business": for_business,
        "withheld_because": withheld_because,
    }
    changed = sorted(field for field, value in given.items() if getattr(item, field) != value)
    for field in changed:
        setattr(item, field, given[field])
    if changed:
        item.save(update_fields=changed)
        trail.record(item, "amend", by=by, at=at, changed=changed)
    return item


@transaction.atomic
def strike_out(item: EvidenceItem, *, because: str, by: User, at: datetime) -> EvidenceItem:
    """Take an exhibit that was entered by mistake out of what is relied on. It stays in the register, with the reason."""
    permissions.require(by, LOGS)
    item = _locked(item)
    refuse_for(permissions.conflict_blockers(by, item.inspection.organisation))
    refuse_for(rules.strike_out_blockers(item, because=because, by=by))
    item.struck_out_because = because
    item.save(update_fields=["struck_out_because"])
    trail.record(item, "strike_out", by=by, at=at, because=because)
    return item


@transaction.atomic
def hand_on(
    item: EvidenceItem,
    *,
    act: str,
    holder: str,
    happened_at: datetime,
    place: str = "",
    seal_number: str = "",
    because: str = "",
    by: User,
    at: datetime,
) -> Custody:
    """Write down the next step of an exhibit's way: handed over, stored, sent away, given back or destroyed.

    This goes on after the report has been confirmed: the thing outlives it. Raises `Refused` (nobody_holds_it …).
    """
    permissions.require(by, "compliance.hand_on_evidence")
    item = _locked(item)
    refuse_for(permissions.conflict_blockers(by, item.inspection.organisation))
    last = item.custody.order_by("number").last()
    refuse_for(rules.hand_on_blockers(item, last, by=by))
    refuse_for(rules.step_blockers(last, act=act, holder=holder, because=because, happened_at=happened_at, at=at))
    assert last is not None
    step = Custody.objects.create(
        item=item,
        number=last.number + 1,
        act=act,
        holder=holder,
        place=place,
        seal_number=seal_number,
        because=because,
        happened_at=happened_at,
        recorded_by=by,
        recorded_at=at,
    )
    done = {"act": act, "seal_number": seal_number, "number": step.number}
    trail.record(item, "hand_on", by=by, at=at, because=because, step=done)
    return step


def _locked(item: EvidenceItem) -> EvidenceItem:
    """The inspection is locked before its exhibit: in the order in which a report is handed in."""
    trail.locked(item.inspection)
    return trail.locked(item, among=EvidenceItem.objects.select_related("inspection__organisation"))
