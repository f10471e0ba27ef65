"""Taking visits along on a device, and taking over what it sends back: in order, each thing once, nothing silently merged."""

import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from compliance.actions import evidence, inspections, interviews
from compliance.models import (
    FieldCopy,
    FieldDevice,
    FieldItem,
    Inspection,
    InterviewSeed,
    Kept,
    Outcome,
    Part,
)
from compliance.queries import field as standing
from compliance.rules import Found, record_blockers
from compliance.rules import field as rules
from compliance.rules.field import Reading, Sent
from registry import files, permissions, signing, trail
from registry.errors import Reason, Refused, refuse_for
from registry.models import User

#: Of something of which there are two versions: no revision is written so, so what is based on it conflicts too.
TWO_VERSIONS = "two versions"


@transaction.atomic
def take_along(key: uuid.UUID, *, label: str, visits: Iterable[Inspection], by: User, at: datetime) -> FieldDevice:
    """Note that this device has a copy of these visits of the inspector, and make the seed of each visit's lot.

    Raises `Refused` (no_label, not_yours, signed_out, conflicted, not_the_inspector …).
    """
    permissions.require(by, "compliance.report_inspection")
    device = FieldDevice.objects.select_for_update(of=("self",)).filter(key=key).first()
    refuse_for(rules.take_along_blockers(device, label=label, by=by))
    if device is None:
        device = FieldDevice.objects.create(key=key, user=by, label=label, registered_at=at, seen_at=at)
    device.label, device.seen_at = label, at
    device.save(update_fields=["label", "seen_at"])
    for visit in visits:
        _take_along(device, visit, by=by, at=at)
    return device


def _take_along(device: FieldDevice, visit: Inspection, *, by: User, at: datetime) -> None:
    visit = trail.locked(visit)
    refuse_for(permissions.conflict_blockers(by, visit.organisation))
    refuse_for(record_blockers(visit, by=by))
    InterviewSeed.objects.get_or_create(inspection=visit, defaults={"made_at": at})
    FieldCopy.objects.update_or_create(device=device, inspection=visit, defaults={"taken_at": at, "gone_at": None})
    trail.record(visit, "take_along", by=by, at=at, device=str(device.key))


@transaction.atomic
def sign_out(device: FieldDevice, *, by: User, at: datetime) -> FieldDevice:
    """From now on nothing is taken from this device, and it forgets what it has as soon as it hears of us.

    For its owner, and for whoever answers for lost devices. Raises `Refused` (signed_out).
    """
    if device.user_id != by.pk:
        permissions.require(by, "compliance.sign_out_devices")
    device = trail.locked(device)
    refuse_for(rules.sign_out_blockers(device))
    device.signed_out_at, device.signed_out_by = at, by
    device.save(update_fields=["signed_out_at", "signed_out_by"])
    trail.record(device, "sign_out_device", by=by, at=at)
    return device


@transaction.atomic
def finish(device: FieldDevice, *, by: User, at: datetime) -> FieldDevice:
    """Note that the device has sent all that was written on it and has forgotten its copies. Raises `Refused` (not_yours …)."""
    device = _own_device(device, by)
    device.copies.filter(gone_at=None).update(gone_at=at)
    _heard_of(device, at)
    trail.record(device, "forget_copies", by=by, at=at)
    return device


def _own_device(device: FieldDevice, by: User) -> FieldDevice:
    permissions.require(by, "compliance.report_inspection")
    device = trail.locked(device)
    refuse_for(rules.device_blockers(device, by=by))
    return device


def _heard_of(device: FieldDevice, at: datetime) -> None:
    device.seen_at = at
    device.save(update_fields=["seen_at"])


# --- what it sends ---


@transaction.atomic
def take(device: FieldDevice, *, sent: Sent, by: User, at: datetime) -> FieldItem:
    """Take over one thing that a device sends, or keep it as refused or as a second version; the same thing again gives the same.

    Raises `Refused` without keeping it when the device may send nothing (signed_out, not_yours), took no such visit along
    (no_copy), leaves out what came before (out_of_order), sends something else under the same key (not_the_same), or
    the link has spoilt a file (broken_on_the_way).
    """
    device = _own_device(device, by)
    _heard_of(device, at)
    visit = trail.locked(_taken_along(device, sent.inspection))
    if known := FieldItem.objects.filter(key=sent.key).first():
        refuse_for(rules.same_blockers(known, sent, device=device))
        return known
    refuse_for([*rules.order_blockers(sent, received=device.items.count()), *rules.whole_blockers(sent)])
    became = _judged(device, visit, sent, by=by, at=at)
    if became.outcome != Outcome.TAKEN:
        facts = {"device": str(device.key), "item": str(sent.key), "part": sent.part, "of": sent.of}
        trail.record(visit, f"field_{became.outcome}", by=by, at=at, digest=signing.digest(dict(sent.content)), **facts)
    return FieldItem.objects.create(
        key=sent.key,
        device=device,
        inspection=visit,
        sequence=sent.sequence,
        part=sent.part,
        of=sent.of,
        base=sent.base,
        content=sent.content,
        written_at=sent.written_at,
        received_at=at,
        outcome=became.outcome,
        reasons=list(became.reasons),
        stood=became.stood,
        revision=became.revision,
    )


@transaction.atomic
def settle(item: FieldItem, *, keep: str, by: User, at: datetime) -> FieldItem:
    """Say which of two versions counts; what the same device had sent of the same before is settled with it.

    Raises `Refused` (nothing_to_settle, not_chosen, stays, wrong_state …).
    """
    permissions.require(by, "compliance.report_inspection")
    visit = trail.locked(item.inspection)
    item = trail.locked(item)
    refuse_for(permissions.conflict_blockers(by, visit.organisation))
    refuse_for(rules.settle_blockers(item, keep=keep, by=by))
    if keep == Kept.SENT:
        _apply(visit, _as_sent(item), by=by, at=at)
    stands = _revision(visit, Part(item.part), item.of)
    same = visit.field_items.unsettled().filter(device=item.device, part=item.part, of=item.of)
    for one in same.filter(sequence__lte=item.sequence):
        one.settled, one.settled_by, one.settled_at, one.revision = keep, by, at, stands
        one.save(update_fields=["settled", "settled_by", "settled_at", "revision"])
    trail.record(visit, "settle", by=by, at=at, item=str(item.key), part=item.part, of=item.of, keep=keep)
    item.refresh_from_db()
    return item


@dataclass(frozen=True, slots=True)
class Became:
    """What becomes of something that was sent."""

    outcome: Outcome
    revision: str
    reasons: tuple[str, ...] = ()
    stood: Mapping[str, Any] | None = None


def _judged(device: FieldDevice, visit: Inspection, sent: Sent, *, by: User, at: datetime) -> Became:
    """Take it over if the device had seen what stands here; refuse what may not be; keep all else as a second version."""
    seen = _seen(device, sent)
    try:
        # What a refusal has begun is undone, and what was sent is kept all the same.
        with transaction.atomic():
            # First: what stands here is no business of whoever may not work on it any more.
            refuse_for(permissions.conflict_blockers(by, visit.organisation))
            refuse_for(record_blockers(visit, by=by))
            stands = standing.content_of(visit, sent.part, sent.of)
            shaped = rules.shaped(sent)
            if seen != standing.revision_of(stands) and shaped != (stands or standing.NOTHING.get(sent.part)):
                return Became(Outcome.CONFLICT, TWO_VERSIONS, stood=stands or {})
            if shaped != stands:
                _apply(visit, sent, by=by, at=at)
    except Refused as refused:
        return Became(Outcome.REFUSED, seen, reasons=tuple(str(reason.text) for reason in refused.reasons))
    return Became(Outcome.TAKEN, _revision(visit, sent.part, sent.of))


def _revision(visit: Inspection, part: Part, of: str) -> str:
    visit.refresh_from_db()
    return standing.revision_of(standing.content_of(visit, part, of))


def _seen(device: FieldDevice, sent: Sent) -> str:
    """The revision on which it is based: of what the device had downloaded, or of what became of what it sent before."""
    before = device.items.filter(key=sent.base).first() if "-" in sent.base else None
    return before.revision if before else sent.base


NO_COPY = Reason("no_copy", _("This visit was not taken along on this device."))


def _taken_along(device: FieldDevice, reference: str) -> Inspection:
    copy = device.copies.select_related("inspection").filter(inspection__reference=reference).first()
    if copy is None:
        raise Refused([NO_COPY])
    return copy.inspection


def _as_sent(item: FieldItem) -> Sent:
    return Sent(
        key=item.key,
        sequence=item.sequence,
        inspection=item.inspection.reference,
        part=Part(item.part),
        of=item.of,
        base=item.base,
        content=item.content,
        written_at=item.written_at,
    )


# --- each part by the action that the pages call ---

Doer = Callable[..., Any]


def _visit(visit: Inspection, sent: Sent, **who: Any) -> None:
    shape = rules.shaped(sent)
    day = date.fromisoformat(shape.pop("visited_on")) if shape["visited_on"] else None
    inspections.record_visit(visit, **{**shape, "visited_on": day}, **who)


def _finding(visit: Inspection, sent: Sent, **who: Any) -> None:
    shape = rules.shaped(sent)
    found: Found = {"standard": sent.of, "finding": shape["finding"], "evidence": shape["evidence"]}
    inspections.record_findings(visit, findings=[found], **who)


def _sample(visit: Inspection, sent: Sent, **who: Any) -> None:
    """The lot falls here as it fell on the device, or it was not the lot."""
    shape = rules.shaped(sent)
    number = int(sent.of) if sent.of.isdecimal() else 0
    sample = interviews.draw(
        visit, number=number or 1, workers_present=shape["workers_present"], because=shape["because"], **who
    )
    refuse_for(rules.lot_blockers(sample.drawn, shape["drawn"]))


def _interview(visit: Inspection, sent: Sent, **who: Any) -> None:
    read = Reading(sent.content)
    key, held_at = read.key(sent.of), read.instant("held_at")
    interviews.keep(visit, key=key, told=rules.told(sent.content), held_at=held_at, **who)


def _indicator(visit: Inspection, sent: Sent, **who: Any) -> None:
    interviews.note_indicator(visit, code=sent.of, **rules.shaped(sent), **who)


def _signature(visit: Inspection, sent: Sent, **who: Any) -> None:
    read = Reading(sent.content)
    key, signed_at = read.key(sent.of), read.instant("signed_at")
    interviews.sign(visit, key=key, signed=rules.signed(sent.content), signed_at=signed_at, **who)


def _exhibit(visit: Inspection, sent: Sent, **who: Any) -> None:
    """The picture is made anew here, and the digest that the device made of the original is kept (trust.md T48)."""
    read, shape = Reading(sent.content), rules.shaped(sent)
    if sent.file is None:
        raise Refused([rules.NOT_UNDERSTOOD])
    upload = files.document(read.text("name"), sent.file)
    # A clock that runs fast makes no photograph of tomorrow.
    taken_at = min(read.instant("taken_at"), who["at"])
    evidence.log(visit, **shape, uuid=str(read.key(sent.of)), taken_at=taken_at, upload=upload, **who)


TAKES: Mapping[Part, Doer] = {
    Part.VISIT: _visit,
    Part.FINDING: _finding,
    Part.SAMPLE: _sample,
    Part.INTERVIEW: _interview,
    Part.INDICATOR: _indicator,
    Part.SIGNATURE: _signature,
    Part.EXHIBIT: _exhibit,
}


def _apply(visit: Inspection, sent: Sent, *, by: User, at: datetime) -> None:
    TAKES[sent.part](visit, sent, by=by, at=at)
