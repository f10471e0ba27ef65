"""Visits that were taken along, and devices that send what was written on them."""

import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from compliance.field.actions import copies, field
from compliance.field.models import FieldDevice, FieldItem, VisitPart
from compliance.field.queries.field import content_of, revision_of
from compliance.field.rules.field import DeviceItem, FilePiece
from compliance.inspections import actions as inspections
from compliance.inspections.models import Inspection
from compliance.inspections.queries.findings import scheme_of
from compliance.interviews import actions as interviews
from compliance.interviews.models import Interview, InterviewSeed
from compliance.interviews.rules import InterviewRecord, drawn, size_of
from registry import signing
from registry.accounts.models import User
from tests.compliance.stories import an_inspection
from tests.conftest import NOW

TOLD: InterviewRecord = {
    "language": "pl",
    "interpreted": True,
    "sampled": "came",
    "drawn_number": None,
    "explained": ["who", "choice", "private", "help"],
    "consents": True,
    "answers": {"pay": {"said": "", "words": "About 380 pounds, no payslip."}, "papers": {"said": "no", "words": ""}},
    "indicators": ["7"],
    "notes": "Looked at the supervisor before each answer.",
}
SIGNED: dict[str, Any] = {
    "name": "Alun Rees",
    "role": "Principal authority",
    "statement": "I was read what was written down of this visit.",
    "how": "typed",
    "strokes": [],
    "because": "",
}
VISIT = {"visited_on": "2026-11-02", "summary": "Went to the packhouse.", "business_comments": "They agree."}
#: So short that every photograph has several.
PIECE = 300
NOT_MET = {"finding": "not_met", "evidence": "Four payslips of May lack the hours."}


def finding(evidence: str, said: str = "not_met") -> dict[str, Any]:
    return {"finding": said, "evidence": evidence}


class Device:
    """What a device does: it takes visits along, and sends what was written, in order."""

    def __init__(self, *visits: Inspection, by: User | None = None) -> None:
        self.visits, self.key, self.sequence = visits or (an_inspection(),), uuid.uuid4(), 0
        self.by = by or self.visits[0].inspector
        self.kept = self.take_along()

    @property
    def visit(self) -> Inspection:
        return self.visits[0]

    def take_along(self) -> FieldDevice:
        return copies.take_along(self.key, label="Tablet 3", visits=self.visits, by=self.by, at=NOW)

    def revision(self, part: VisitPart, of: str = "") -> str:
        """What stands now, as the device sees it when it downloads."""
        return revision_of(content_of(Inspection.objects.get(pk=self.visit.pk), part, of))

    def written(
        self, part: VisitPart, content: Mapping[str, Any], *, of: str = "", base: str | None = None, **more: Any
    ) -> DeviceItem:
        """Something written on the device, on what it had downloaded unless the test says otherwise."""
        self.sequence += 1
        given = {
            "key": uuid.uuid4(),
            "sequence": self.sequence,
            "inspection": self.visit.reference,
            "written_at": NOW + timedelta(seconds=self.sequence),
            "base": self.revision(part, of) if base is None else base,
        }
        return DeviceItem(**{**given, **more}, part=part, of=of, content=content)

    def send(self, sent: DeviceItem) -> FieldItem:
        """What has a file sends it ahead, in pieces."""
        for start in range(0, len(sent.file or b""), PIECE):
            self.send_piece(self.piece_of(sent, start))
        return field.take(self.kept, sent=replace(sent, file=None), by=self.by, at=NOW)

    def piece_of(self, sent: DeviceItem, start: int) -> FilePiece:
        """So many bytes of its file, from there."""
        assert sent.file is not None
        content = sent.file[start : start + PIECE]
        return FilePiece(
            key=sent.key,
            inspection=sent.inspection,
            start=start,
            size=sent.content["size"],
            digest=signing.digest_of_bytes(content),
            content=content,
        )

    def send_piece(self, piece: FilePiece) -> int:
        return field.take_piece(self.kept, piece=piece, by=self.by, at=NOW)

    def write(self, part: VisitPart, content: Mapping[str, Any], **more: Any) -> FieldItem:
        return self.send(self.written(part, content, **more))


def interview(**told: Any) -> dict[str, Any]:
    return {**TOLD, "held_at": NOW.isoformat(), **told}


def signature(**signed: Any) -> dict[str, Any]:
    return {**SIGNED, "signed_at": NOW.isoformat(), **signed}


def lot(visit: Inspection, workers: int, *, number: int = 1, because: str = "") -> dict[str, Any]:
    """What the device draws, from the seed that it took along."""
    seed = InterviewSeed.objects.get(inspection=visit).seed
    places = drawn(seed, drawing=number, workers=workers, size=size_of(scheme_of(visit)))
    return {"workers_present": workers, "drawn": places, "because": because}


def changed_meanwhile(device: Device, evidence: str = "Written at the desk.") -> None:
    inspections.record_findings(
        device.visit,
        findings=[{"standard": "2.1", "finding": "not_met", "evidence": evidence}],
        by=device.by,
        at=NOW,
    )


def a_conflict(*visits: Inspection) -> tuple[Device, FieldItem]:
    """Something that was written on a device and, meanwhile, otherwise at the desk."""
    device = Device(*visits)
    sent = device.written(VisitPart.FINDING, NOT_MET, of="2.1")
    changed_meanwhile(device)
    return device, device.send(sent)


def an_interview(visit: Inspection, **told: Any) -> Interview:
    given: InterviewRecord = {**TOLD, **told}  # type: ignore[typeddict-item]
    return interviews.keep(visit, key=uuid.uuid4(), told=given, held_at=NOW, by=visit.inspector, at=NOW)
