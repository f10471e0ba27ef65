"""What a device may send, in which order, and how the parts of a visit are read out of what it sent."""

import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.timezone import is_aware
from django.utils.translation import gettext_lazy as _

from compliance.field.models import FieldDevice, FieldItem, VisitPart
from compliance.interviews.rules import InterviewAnswer, InterviewRecord, SignatureInput
from registry import signing
from registry.accounts.models import User
from registry.errors import Reason, Refused
from registry.uploads.documents import MOST_BYTES, TOO_BIG

LONGEST_LABEL = 60
#: More of a file than a device sends at once.
MOST_AT_ONCE = 1024 * 1024
#: Drawings, signatures and exhibits are only added: what stands is never replaced by another version.
ONLY_ADDED = frozenset({VisitPart.SAMPLE, VisitPart.SIGNATURE, VisitPart.EXHIBIT})


@dataclass(frozen=True, slots=True)
class DeviceItem:
    """One thing as a device sends it. `base` is the revision it had seen, or the key of what it sent before of the same."""

    key: uuid.UUID
    sequence: int
    inspection: str
    part: VisitPart
    of: str
    base: str
    content: Mapping[str, Any]
    written_at: datetime
    file: bytes | None = None


def take_along_blockers(device: FieldDevice | None, *, label: str, by: User) -> Iterator[Reason]:
    if not 0 < len(label.strip()) <= LONGEST_LABEL:
        yield Reason("no_label", _("Say what you call this device, in 60 characters or fewer."), "label")
    if device is not None:
        yield from device_blockers(device, by=by)


def device_blockers(device: FieldDevice, *, by: User) -> Iterator[Reason]:
    if device.user_id != by.pk:
        yield Reason("not_yours", _("Someone else took visits along on this device."))
    if device.signed_out_at is not None:
        yield Reason("signed_out", _("This device has been signed out."))


def sign_out_blockers(device: FieldDevice) -> Iterator[Reason]:
    if device.signed_out_at is not None:
        yield Reason("signed_out", _("This device has been signed out."))


def order_blockers(sent: DeviceItem, *, received: int) -> Iterator[Reason]:
    """What a device sends is taken in the order in which it was written: nothing that something is based on is missing."""
    if sent.sequence != received + 1:
        yield Reason("out_of_order", _("Something that was written before this has not arrived yet."))


NOT_WHOLE = Reason("broken_on_the_way", _("The file did not arrive whole."))


def whole_blockers(sent: DeviceItem) -> Iterator[Reason]:
    """All of the file is here: else the device sends what is missing. Of what is too big, or was removed, nothing comes."""
    size = sent.content.get("size")
    if sent.part != VisitPart.EXHIBIT or is_removal(sent) or not isinstance(size, int) or size > MOST_BYTES:
        return
    if len(sent.file or b"") < size:
        yield NOT_WHOLE


@dataclass(frozen=True, slots=True)
class FilePiece:
    """Some bytes of a file, as a device sends them ahead of the item that they belong to."""

    key: uuid.UUID
    inspection: str
    start: int
    size: int
    digest: str
    content: bytes


def piece_blockers(piece: FilePiece) -> Iterator[Reason]:
    """The bytes are those that the device had, and are a part of a file that is not too big."""
    if signing.digest_of_bytes(piece.content) != piece.digest or not piece.content:
        yield NOT_WHOLE
    if piece.size > MOST_BYTES or piece.start + len(piece.content) > piece.size or len(piece.content) > MOST_AT_ONCE:
        yield TOO_BIG


def is_removal(sent: DeviceItem) -> bool:
    """What was photographed is told of as removed, and why."""
    return sent.part == VisitPart.EXHIBIT and bool(sent.content.get("removed_because"))


def same_blockers(known: FieldItem, sent: DeviceItem, *, device: FieldDevice) -> Iterator[Reason]:
    is_same = (known.part, known.of, known.content, known.sequence) == (sent.part, sent.of, sent.content, sent.sequence)
    if known.device_id != device.pk or not is_same:
        yield Reason("not_the_same", _("Something else has been sent under this key."))


def lot_blockers(drawn: list[int], claimed: list[int]) -> Iterator[Reason]:
    if drawn != claimed:
        yield Reason("drawn_otherwise", _("These workers were not selected at random. Select again, and say why."))


# --- reading what was sent ---

NOT_UNDERSTOOD = Reason(
    "not_understood", _("This could not be read. Open it on the device, save it once more and send it again.")
)


class Reading:
    """The fields of what a device sent, each of the type that it must have. Raises `Refused` (not_understood)."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        self.content = content

    def _typed(self, name: str, kind: type) -> Any:
        value = self.content.get(name)
        if type(value) is not kind:
            raise Refused([NOT_UNDERSTOOD])
        return value

    def text(self, name: str) -> str:
        return str(self._typed(name, str))

    def flag(self, name: str) -> bool:
        return bool(self._typed(name, bool))

    def number(self, name: str) -> int:
        return int(self._typed(name, int))

    def number_or_none(self, name: str) -> int | None:
        return None if self.content.get(name) is None else self.number(name)

    def items(self, name: str) -> list[Any]:
        return list(self._typed(name, list))

    def texts(self, name: str) -> list[str]:
        found = self.items(name)
        if not all(type(one) is str for one in found):
            raise Refused([NOT_UNDERSTOOD])
        return found

    def day_or_none(self, name: str) -> date | None:
        return self._parsed(self.text(name), parse_date) if self.text(name) else None

    def instant(self, name: str) -> datetime:
        found: datetime = self._parsed(self.text(name), parse_datetime)
        if not is_aware(found):
            raise Refused([NOT_UNDERSTOOD])
        return found

    def key(self, of: str) -> uuid.UUID:
        return uuid.UUID(str(self._parsed(of, uuid.UUID)))

    def answers(self, name: str) -> dict[str, InterviewAnswer]:
        found = self._typed(name, dict)
        readings = {code: Reading(answer if isinstance(answer, dict) else {}) for code, answer in found.items()}
        return {code: {"said": one.text("said"), "words": one.text("words")} for code, one in readings.items()}

    def strokes(self, name: str) -> list[list[list[int]]]:
        lines = self._typed(name, list)
        points = [point for line in lines if isinstance(line, list) for point in line]
        if not all(isinstance(one, list) for one in [*lines, *points]):
            raise Refused([NOT_UNDERSTOOD])
        return list(lines)

    @staticmethod
    def _parsed(text: str, parse: Any) -> Any:
        try:
            found = parse(text)
        except ValueError:
            found = None
        if found is None:
            raise Refused([NOT_UNDERSTOOD])
        return found


def told(content: Mapping[str, Any]) -> InterviewRecord:
    read = Reading(content)
    return {
        "language": read.text("language"),
        "interpreted": read.flag("interpreted"),
        "sampled": read.text("sampled"),
        "drawn_number": read.number_or_none("drawn_number"),
        "explained": read.texts("explained"),
        "consents": read.flag("consents"),
        "answers": read.answers("answers"),
        "indicators": read.texts("indicators"),
        "notes": read.text("notes"),
    }


def signed(content: Mapping[str, Any]) -> SignatureInput:
    read = Reading(content)
    return {
        "name": read.text("name"),
        "role": read.text("role"),
        "statement": read.text("statement"),
        "how": read.text("how"),
        "strokes": read.strokes("strokes"),
        "because": read.text("because"),
    }


def _visit(content: Mapping[str, Any]) -> dict[str, Any]:
    read = Reading(content)
    day = read.day_or_none("visited_on")
    return {
        "visited_on": day.isoformat() if day else "",
        "summary": read.text("summary"),
        "business_comments": read.text("business_comments"),
    }


def _finding(content: Mapping[str, Any]) -> dict[str, Any]:
    read = Reading(content)
    comment = read.text("business_comment") if "business_comment" in content else ""
    said = {"business_comment": comment} if comment else {}
    return {"finding": read.text("finding"), "evidence": read.text("evidence"), **said}


def _sample(content: Mapping[str, Any]) -> dict[str, Any]:
    read = Reading(content)
    if not all(type(place) is int for place in read.items("drawn")):
        raise Refused([NOT_UNDERSTOOD])
    return {
        "workers_present": read.number("workers_present"),
        "drawn": read.items("drawn"),
        "because": read.text("because"),
    }


def _indicator(content: Mapping[str, Any]) -> dict[str, Any]:
    seen = Reading(content).flag("seen")
    return {"seen": seen, "evidence": Reading(content).text("evidence") if seen else ""}


def _told(content: Mapping[str, Any]) -> dict[str, Any]:
    return dict(told(content))


def _signed(content: Mapping[str, Any]) -> dict[str, Any]:
    return dict(signed(content))


def _exhibit(content: Mapping[str, Any]) -> dict[str, Any]:
    read = Reading(content)
    removed = {"removed_because": read.text("removed_because")} if content.get("removed_because") else {}
    shape: dict[str, Any] = {name: read.text(name) for name in ("kind", "description", "digest")}
    return {**shape, "standards": sorted(read.texts("standards")), **removed}


SHAPES: Mapping[VisitPart, Callable[[Mapping[str, Any]], dict[str, Any]]] = {
    VisitPart.VISIT: _visit,
    VisitPart.FINDING: _finding,
    VisitPart.SAMPLE: _sample,
    VisitPart.INTERVIEW: _told,
    VisitPart.INDICATOR: _indicator,
    VisitPart.SIGNATURE: _signed,
    VisitPart.EXHIBIT: _exhibit,
}


def shaped(sent: DeviceItem) -> dict[str, Any]:
    """What was sent in the shape in which what stands is compared with it. Raises `Refused` (not_understood)."""
    return SHAPES[sent.part](sent.content)
