"""What is done on a visit with the people who are there: the lot is drawn, workers are interviewed, signs are noted, somebody signs."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from compliance.danger.actions import raise_danger
from compliance.danger.models import DangerSource
from compliance.inspections.models import Inspection
from compliance.inspections.queries import findings
from compliance.interviews import rules
from compliance.interviews.models import Interview, InterviewSeed, Sample, SeenIndicator, Signature, anonymous
from compliance.interviews.rules import IndicatorNote, InterviewRecord, SignatureInput
from registry import permissions, signing
from registry.accounts.models import User
from registry.errors import refuse_for
from registry.trail.actions import events as trail
from registry.trail.models.events import Event


def _on_visit(inspection: Inspection, by: User) -> Inspection:
    """The visit, locked: for the inspector who has it and no conflict of interest with whom it is about."""
    permissions.require(by, "compliance.report_inspection")
    inspection = trail.locked(inspection)
    refuse_for(permissions.conflict_blockers(by, inspection.organisation))
    return inspection


@transaction.atomic
def draw(
    inspection: Inspection, *, number: int = 0, workers_present: int, because: str = "", by: User, at: datetime
) -> Sample:
    """Draw whom to interview of the workers who are there: about a tenth, by places in their list ([INSPEXP][LUINSP] in docs/bibliography.md).

    The seed was made before, once for the visit: who draws again draws another time, says why, and all drawings stay.
    `number` is which drawing this is; left out, the next. Raises `Refused` (drawn_already, workers_present, no_reason …).
    """
    inspection = _on_visit(inspection, by)
    already = inspection.samples.count()
    number = number or already + 1
    blockers = rules.draw_blockers(
        inspection, number=number, already=already, workers=workers_present, because=because, by=by
    )
    refuse_for(blockers)
    seed, _made = InterviewSeed.objects.get_or_create(inspection=inspection, defaults={"made_at": at})
    size = rules.size_of(findings.scheme_of(inspection))
    sample = Sample.objects.create(
        inspection=inspection,
        number=number,
        workers_present=workers_present,
        drawn=rules.drawn(seed.seed, drawing=number, workers=workers_present, size=size),
        because=because,
        drawn_at=at,
    )
    trail.record(
        inspection, "draw", by=by, at=at, because=because, number=number, workers=workers_present, drawn=sample.drawn
    )
    return sample


@transaction.atomic
def keep(
    inspection: Inspection, *, key: uuid.UUID, told: InterviewRecord, held_at: datetime, by: User, at: datetime
) -> Interview:
    """Keep what a worker said, or that they did not want to talk; the same key again changes what was kept.

    The trail has the digest of it, and no word. Raises `Refused` (not_drawn, not_explained, no_consent …).
    """
    inspection = _on_visit(inspection, by)
    places = [place for sample in inspection.samples.all() for place in sample.drawn]
    scheme = findings.scheme_of(inspection)
    refuse_for(rules.interview_blockers(inspection, scheme, told, drawn_places=places, by=by))
    before = Interview.objects.filter(key=key, inspection=inspection).first()
    known = before is not None and rules.says_danger(scheme, before.answers, before.indicators)
    kept, _new = Interview.objects.update_or_create(
        key=key,
        inspection=inspection,
        defaults={**told, "saved_at": at},
        create_defaults={**told, "reference": anonymous(key), "held_at": held_at, "saved_at": at},
    )
    trail.record(inspection, "keep_interview", by=by, at=at, interview=kept.reference, digest=signing.digest(told))
    if not known and rules.says_danger(scheme, told["answers"], told["indicators"]):
        raise_danger(DangerSource.INTERVIEW, inspection=inspection, by=by, at=at)
    return kept


@transaction.atomic
def read(inspection: Inspection, *, because: str, by: User, at: datetime) -> Event:
    """Note why somebody other than the inspector reads what workers said, before they see it. Raises `Refused` (no_reason)."""
    permissions.require(by, "compliance.confirm_inspection")
    refuse_for(permissions.conflict_blockers(by, inspection.organisation))
    refuse_for(rules.read_blockers(inspection, because=because))
    return trail.record(inspection, "read_interviews", by=by, at=at, because=because)


@transaction.atomic
def note_indicators(inspection: Inspection, *, noted: Sequence[IndicatorNote], by: User, at: datetime) -> Inspection:
    """Note of each of these signs of forced labour whether it is seen, and where it shows. Raises `Refused` with every reason."""
    inspection = _on_visit(inspection, by)
    scheme = findings.scheme_of(inspection)
    refuse_for(
        list(
            dict.fromkeys(
                reason for one in noted for reason in rules.indicator_blockers(inspection, scheme, **one, by=by)
            )
        )
    )
    for one in noted:
        _note(inspection, **one, by=by, at=at)
    return inspection


@transaction.atomic
def note_indicator(
    inspection: Inspection, *, code: str, seen: bool, evidence: str, by: User, at: datetime
) -> SeenIndicator | None:
    """Note a sign of forced labour and where it shows, or that it is not seen after all. Raises `Refused` (no_evidence …)."""
    inspection = _on_visit(inspection, by)
    scheme = findings.scheme_of(inspection)
    refuse_for(rules.indicator_blockers(inspection, scheme, code=code, seen=seen, evidence=evidence, by=by))
    return _note(inspection, code=code, seen=seen, evidence=evidence, by=by, at=at)


def _note(
    inspection: Inspection, *, code: str, seen: bool, evidence: str, by: User, at: datetime
) -> SeenIndicator | None:
    before = inspection.seen_indicators.filter(code=code).first()
    if (before.evidence if before else "") == (evidence if seen else ""):
        return before
    trail.record(inspection, "note_indicator", by=by, at=at, code=code, seen=seen, evidence=signing.digest(evidence))
    if not seen:
        inspection.seen_indicators.filter(code=code).delete()
        return None
    found, _new = SeenIndicator.objects.update_or_create(
        inspection=inspection, code=code, defaults={"evidence": evidence, "saved_at": at}
    )
    if before is None and rules.is_dangerous(findings.scheme_of(inspection), code):
        raise_danger(DangerSource.INDICATOR, inspection=inspection, by=by, at=at)
    return found


@transaction.atomic
def sign(
    inspection: Inspection, *, key: uuid.UUID, signed: SignatureInput, signed_at: datetime, by: User, at: datetime
) -> Signature:
    """Keep who signed what on the visit, or why they would not. It stays as it is: the same key again gives what is kept.

    Raises `Refused` (no_name, no_role, no_drawing, no_reason …).
    """
    inspection = _on_visit(inspection, by)
    if kept := inspection.signatures.filter(key=key).first():
        return kept
    refuse_for(rules.signature_blockers(inspection, signed, by=by))
    signature = Signature.objects.create(inspection=inspection, key=key, signed_at=signed_at, **signed)
    trail.record(inspection, "sign", by=by, at=at, how=signature.how, digest=signing.digest(signed))
    return signature
