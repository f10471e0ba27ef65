"""Taking visits along on a device, and taking over what it sends back: in order, each thing once, nothing silently merged."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from compliance.field.actions import parts as field_parts
from compliance.field.models import FieldDevice, FieldItem, FieldItemOutcome, FieldPiece, VersionChoice, VisitPart
from compliance.field.queries import commissions
from compliance.field.queries import field as standing
from compliance.field.queries.commissions import Commission
from compliance.field.rules import field as rules
from compliance.field.rules import versions
from compliance.field.rules.field import DeviceItem, FilePiece
from compliance.inspections.models import Inspection
from compliance.inspections.rules import record_blockers
from registry import permissions, signing
from registry.accounts.models import User
from registry.errors import Reason, Refused, refuse_for
from registry.trail.actions import events as trail

#: Of something of which there are two versions: no revision is written so, so what is based on it conflicts too.
TWO_VERSIONS = "two versions"


@transaction.atomic
def hear(device: FieldDevice, *, by: User, at: datetime) -> list[Commission]:
    """Tell the device how each visit that it has a copy of stands now, and note of which of them it learns something new.

    Raises `Refused` (not_yours, signed_out).
    """
    device = _own_device(device, by)
    _heard_of(device, at)
    found = commissions.commissions_on(device)
    for copy, commission in found:
        if copy.knows != commission.digest:
            copy.knows = commission.digest
            copy.save(update_fields=["knows"])
            trail.record(copy.inspection, "hear", by=by, at=at, device=str(device.key), standing=commission.standing)
    return [commission for _copy, commission in found]


@transaction.atomic
def finish(device: FieldDevice, *, by: User, at: datetime) -> FieldDevice:
    """Note that the device has sent all that was written on it and has forgotten its copies. Raises `Refused` (not_yours …)."""
    device = _own_device(device, by)
    device.copies.filter(gone_at=None).update(gone_at=at)
    device.pieces.all().delete()
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
def take_piece(device: FieldDevice, *, piece: FilePiece, by: User, at: datetime) -> int:
    """Keep some bytes of a file that a device sends ahead; returns how many of it are here, from where it goes on.

    The same once more changes nothing, and what does not follow on what is here is not kept. A device sends one file
    after the other: with a new one, what is left of another goes. Raises `Refused` (broken_on_the_way, too_big, no_copy,
    signed_out, not_the_inspector, conflicted …).
    """
    device = _own_device(device, by)
    _heard_of(device, at)
    visit = _taken_along(device, piece.inspection)
    if FieldItem.objects.filter(key=piece.key).exists():
        return piece.size
    refuse_for(permissions.conflict_blockers(by, visit.organisation))
    refuse_for([*record_blockers(visit, by=by), *rules.piece_blockers(piece)])
    held = device.pieces.filter(key=piece.key)
    here = held.aggregate(far=Max("ends"))["far"] or 0
    ends = piece.start + len(piece.content)
    there = held.filter(start=piece.start).first()
    if there is not None and bytes(there.content) != piece.content:
        # The device begins anew with other bytes: those stand.
        here = piece.start
        held.filter(start__gte=here).delete()
    if piece.start != here:
        return here
    device.pieces.exclude(key=piece.key).delete()
    device.pieces.create(key=piece.key, start=here, ends=ends, content=piece.content, received_at=at)
    return ends


@transaction.atomic
def forget_pieces(*, before: datetime, by: User | None, at: datetime) -> int:
    """Let go of the beginnings of files that no device went on with since then; says how many pieces."""
    gone, _of_what = FieldPiece.objects.filter(received_at__lt=before).delete()
    return gone


def _with_its_file(device: FieldDevice, sent: DeviceItem) -> DeviceItem:
    pieces = [bytes(one) for one in device.pieces.filter(key=sent.key).values_list("content", flat=True)]
    return (
        replace(sent, file=b"".join(pieces)) if sent.part == VisitPart.EXHIBIT and not rules.is_removal(sent) else sent
    )


@transaction.atomic
def take(device: FieldDevice, *, sent: DeviceItem, by: User, at: datetime) -> FieldItem:
    """Take over one thing that a device sends, or keep it as refused or as a second version; the same thing again gives the same.

    Raises `Refused` without keeping it when the device may send nothing (signed_out, not_yours), took no such visit along
    (no_copy), leaves out what came before (out_of_order), sends something else under the same key (not_the_same), or
    not all of its file is here (broken_on_the_way).
    """
    device = _own_device(device, by)
    _heard_of(device, at)
    visit = trail.locked(_taken_along(device, sent.inspection))
    if known := FieldItem.objects.filter(key=sent.key).first():
        refuse_for(rules.same_blockers(known, sent, device=device))
        return known
    refuse_for(rules.order_blockers(sent, received=device.items.count()))
    sent = _with_its_file(device, sent)
    # Nobody asks for the rest of a file that may not come.
    may_not = [*permissions.conflict_blockers(by, visit.organisation), *record_blockers(visit, by=by)]
    refuse_for([] if may_not else rules.whole_blockers(sent))
    became = _judged(device, visit, sent, by=by, at=at)
    device.pieces.filter(key=sent.key).delete()
    if became.outcome != FieldItemOutcome.TAKEN:
        facts: dict[str, Any] = {"device": str(device.key), "item": str(sent.key), "part": sent.part, "of": sent.of}
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
def settle(item: FieldItem, *, keep: str, fields: Mapping[str, str] | None = None, by: User, at: datetime) -> FieldItem:
    """Say which of two versions counts; what the same device had sent of the same before is settled with it.

    With `keep` chosen, `fields` says of each field that differs which version counts, or that both do, one after the
    other. Raises `Refused` (nothing_to_settle, not_chosen, stays, wrong_state …).
    """
    permissions.require(by, "compliance.report_inspection")
    visit = trail.locked(item.inspection)
    item = trail.locked(item)
    refuse_for(permissions.conflict_blockers(by, visit.organisation))
    sent, chosen = rules.shaped(_as_sent(item)), dict(fields or {})
    refuse_for(versions.settle_blockers(item, keep=keep, sent=sent, fields=chosen, by=by))
    if keep == VersionChoice.SENT:
        _apply(visit, _as_sent(item), by=by, at=at)
    elif keep == VersionChoice.CHOSEN:
        content = versions.composed(sent, versions.stood_of(item), fields=chosen)
        _apply(visit, replace(_as_sent(item), content={**item.content, **content}), by=by, at=at)
    stands = _revision(visit, VisitPart(item.part), item.of)
    same = visit.field_items.unsettled().filter(device=item.device, part=item.part, of=item.of)
    for one in same.filter(sequence__lte=item.sequence):
        one.settled, one.settled_by, one.settled_at, one.revision = keep, by, at, stands
        one.save(update_fields=["settled", "settled_by", "settled_at", "revision"])
    what: dict[str, Any] = {"item": str(item.key), "part": item.part, "of": item.of}
    trail.record(visit, "settle", by=by, at=at, keep=keep, fields=chosen, **what)
    item.refresh_from_db()
    return item


@dataclass(frozen=True, slots=True)
class ItemResult:
    """What becomes of something that was sent."""

    outcome: FieldItemOutcome
    revision: str
    reasons: tuple[str, ...] = ()
    stood: Mapping[str, Any] | None = None


def _judged(device: FieldDevice, visit: Inspection, sent: DeviceItem, *, by: User, at: datetime) -> ItemResult:
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
                return ItemResult(FieldItemOutcome.CONFLICT, TWO_VERSIONS, stood=stands or {})
            if shaped != stands:
                _apply(visit, sent, by=by, at=at)
    except Refused as refused:
        return ItemResult(FieldItemOutcome.REFUSED, seen, reasons=tuple(str(reason.text) for reason in refused.reasons))
    return ItemResult(FieldItemOutcome.TAKEN, _revision(visit, sent.part, sent.of))


def _revision(visit: Inspection, part: VisitPart, of: str) -> str:
    visit.refresh_from_db()
    return standing.revision_of(standing.content_of(visit, part, of))


def _seen(device: FieldDevice, sent: DeviceItem) -> str:
    """The revision on which it is based: of what the device had downloaded, or of what became of what it sent before."""
    before = device.items.filter(key=sent.base).first() if "-" in sent.base else None
    return before.revision if before else sent.base


NO_COPY = Reason("no_copy", _("This visit was not taken along on this device."))


def _taken_along(device: FieldDevice, reference: str) -> Inspection:
    copy = device.copies.select_related("inspection").filter(inspection__reference=reference).first()
    if copy is None:
        raise Refused([NO_COPY])
    return copy.inspection


def _as_sent(item: FieldItem) -> DeviceItem:
    return DeviceItem(
        key=item.key,
        sequence=item.sequence,
        inspection=item.inspection.reference,
        part=VisitPart(item.part),
        of=item.of,
        base=item.base,
        content=item.content,
        written_at=item.written_at,
    )


def _apply(visit: Inspection, sent: DeviceItem, *, by: User, at: datetime) -> None:
    field_parts.take_over(visit, sent=sent, by=by, at=at)
