"""Whatever the link does and whoever writes at the desk meanwhile: nothing is lost, nothing is doubled, nothing is merged.

Two devices and a desk write on one visit. Messages of the devices wait, come late, come twice, come in any order, are cut off
while the service works on them, and the answers to them are lost. Beside the service a model of a few lines says what must
stand in the end. That it notices what it is there for is shown below it: four faults are planted, and each is found.
"""

import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from compliance.field.actions import field as acts
from compliance.field.models import FieldItem, FieldItemOutcome, VisitPart
from compliance.field.queries.field import content_of
from compliance.field.rules.field import DeviceItem
from compliance.inspections import actions as inspections
from compliance.inspections.models import Inspection
from registry.errors import Refused
from tests.compliance.field.world import Device
from tests.compliance.field.world import finding as found
from tests.compliance.stories import an_inspection
from tests.conftest import NOW

pytestmark = pytest.mark.django_db
#: More of them on demand: `SCHEDULES=500 pytest …`.
SCHEDULES = int(os.environ.get("SCHEDULES", "12"))
#: So many are enough for each of the planted faults; a fault ends the search at once.
SEARCHED = 60

# Nearly everything is about one standard, so that what is written meets what else is written.
STANDARDS = st.sampled_from(["2.1", "2.1", "2.1", "2.2"])
PHONES = st.integers(0, 1)
#: None: words that nobody has written yet.
TEXTS = st.sampled_from([None, None, None, "The same in both places."])
FATES = st.sampled_from(["arrives", "arrives", "is lost", "is cut off", "answer is lost", "arrives twice"])
AT_THE_DESK = st.tuples(st.just("write at the desk"), STANDARDS, TEXTS)
SETTLE = st.tuples(st.just("settle"), st.integers(0, 30), st.sampled_from(["sent", "stood"]))
Event = tuple[Any, ...]


def of_one_phone(phone: int) -> st.SearchStrategy[tuple[Event, ...]]:
    """Something happens; or something is written, more happens, it is sent, and it comes once more after what came since."""
    which = st.just(phone)
    write = st.tuples(st.just("write"), which, STANDARDS, TEXTS)
    send = st.tuples(st.just("send"), which, FATES, FATES)
    late = st.tuples(st.just("arrives late, twice or too soon"), which, st.integers(0, 30))
    any_event = st.one_of(write, send, late, AT_THE_DESK, SETTLE)
    return st.one_of(st.tuples(any_event), st.tuples(write, any_event, send, st.one_of(write, AT_THE_DESK), send, late))


ANY_SCHEDULE = st.lists(PHONES.flatmap(of_one_phone), min_size=2, max_size=6)


class CutOffError(Exception):
    """The link is gone, or the service stops, while it works on what was sent."""


@dataclass
class Phone:
    """What one device knows: its queue, and how far answers have come back."""

    device: Device
    queue: list[DeviceItem] = field(default_factory=list)
    answered: int = 0


class World:
    """`stands` is the model: what the server must hold of each standard. `outcome` is what must become of each message."""

    def __init__(self, visit: Inspection, phones: list[Phone], patch: pytest.MonkeyPatch) -> None:
        self.visit, self.phones, self.patch = visit, phones, patch
        self.stands = {"2.1": "", "2.2": ""}
        self.outcome: dict[uuid.UUID, str] = {}
        self.after: dict[uuid.UUID, str | None] = {}
        self.words = 0

    def happens(self, event: Event) -> None:
        HAPPENS[event[0]](self, *event[1:])

    def _says(self, text: str | None) -> str:
        self.words += 1
        return text or f"Words {self.words}."

    def write(self, which: int, of: str, text: str | None) -> None:
        """Somebody writes on a device, on top of what it wrote before, or of the nothing that it downloaded."""
        phone = self.phones[which]
        before = next((one for one in reversed(phone.queue) if one.of == of), None)
        base = str(before.key) if before else ""
        phone.queue.append(phone.device.written(VisitPart.FINDING, found(self._says(text)), of=of, base=base))

    def write_at_the_desk(self, of: str, text: str | None) -> None:
        self.stands[of] = self._says(text)
        written: Any = {"standard": of, **found(self.stands[of])}
        inspections.record_findings(self.visit, findings=[written], by=self.visit.inspector, at=NOW)

    def send(self, which: int, *fates: str) -> None:
        """The device sends what it has no answer to yet, and sends the same again until there is one."""
        phone = self.phones[which]
        for fate in fates:
            if phone.answered == len(phone.queue) or fate == "is lost":
                continue
            if fate == "is cut off":
                self._is_cut_off(phone)
                continue
            self._arrives(phone, phone.answered)
            if fate == "arrives twice":
                self._arrives(phone, phone.answered)
            phone.answered += fate != "answer is lost"

    def arrives_late_twice_or_too_soon(self, which: int, place: int) -> None:
        phone = self.phones[which]
        if phone.queue:
            self._arrives(phone, place % len(phone.queue))

    def settle(self, place: int, keep: str) -> None:
        unsettled = list(FieldItem.objects.unsettled().filter(inspection=self.visit).order_by("pk"))
        if not unsettled:
            return
        item = unsettled[place % len(unsettled)]
        acts.settle(item, keep=keep, by=self.visit.inspector, at=NOW)
        if keep == "sent":
            self.stands[item.of] = item.content["evidence"]
        for one in unsettled:
            if (one.device_id, one.of) == (item.device_id, item.of) and one.sequence <= item.sequence:
                self.after[one.key] = self.stands[item.of]

    def _arrives(self, phone: Phone, place: int) -> None:
        sent = phone.queue[place]
        received = sum(one.key in self.outcome for one in phone.queue)
        if sent.key not in self.outcome and place != received:
            with pytest.raises(Refused, match="out_of_order"):
                phone.device.send(sent)
            return
        item = phone.device.send(sent)
        if sent.key not in self.outcome:
            self._expect(sent)
        assert item.outcome == self.outcome[sent.key]

    def _is_cut_off(self, phone: Phone) -> None:
        """The service has begun, and ends in the middle: it is as if nothing had arrived."""
        sent = phone.queue[phone.answered]
        with self.patch.context() as cut:
            cut.setattr(FieldItem.objects, "create", _cut)
            try:
                item = phone.device.send(sent)
            except CutOffError:
                return
        # It was here already, and so there was nothing to do.
        assert item.outcome == self.outcome[sent.key]

    def _expect(self, sent: DeviceItem) -> None:
        """What the device had seen is what stands, or what it sends is: then it is taken; else both are kept."""
        text, stood = sent.content["evidence"], self.stands[sent.of]
        seen = self.after[uuid.UUID(sent.base)] if sent.base else ""
        is_taken = seen == stood or text == stood
        self.outcome[sent.key] = "taken" if is_taken else "conflict"
        self.after[sent.key] = text if is_taken else None
        if is_taken:
            self.stands[sent.of] = text

    def everything_comes_in_at_last(self) -> None:
        for which, phone in enumerate(self.phones):
            self.send(which, *["arrives"] * (len(phone.queue) - phone.answered))
            assert phone.answered == len(phone.queue)

    def is_as_the_model_says(self) -> None:
        visit = Inspection.objects.get(pk=self.visit.pk)
        stands = {of: (content_of(visit, VisitPart.FINDING, of) or {"evidence": ""})["evidence"] for of in self.stands}
        assert stands == self.stands
        kept = {item.key: item.content for item in FieldItem.objects.filter(inspection=self.visit)}
        sent = {one.key: one.content for phone in self.phones for one in phone.queue if one.key in self.outcome}
        assert kept == sent


HAPPENS: dict[str, Callable[..., None]] = {
    "write": World.write,
    "write at the desk": World.write_at_the_desk,
    "send": World.send,
    "arrives late, twice or too soon": World.arrives_late_twice_or_too_soon,
    "settle": World.settle,
}


def _cut(**_fields: Any) -> None:
    raise CutOffError


@contextmanager
def undone() -> Iterator[None]:
    """Each schedule begins where the others began."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def search(patch: pytest.MonkeyPatch, schedules: int, **how: Any) -> None:
    visit = an_inspection()
    devices = [Device(visit), Device(visit)]

    @settings(max_examples=schedules, deadline=None, database=None, suppress_health_check=list(HealthCheck), **how)
    @given(schedule=ANY_SCHEDULE)
    def every_schedule(schedule: list[tuple[Event, ...]]) -> None:
        for device in devices:
            device.sequence = 0
        with undone():
            world = World(visit, [Phone(device) for device in devices], patch)
            for event in chain.from_iterable(schedule):
                world.happens(event)
            world.everything_comes_in_at_last()
            world.is_as_the_model_says()

    every_schedule()


def test_nothing_is_lost_doubled_or_merged_on_any_schedule(monkeypatch: pytest.MonkeyPatch) -> None:
    search(monkeypatch, SCHEDULES)


# --- the faults that it must find ---

REAL = acts.take
JUDGED = acts._judged


def base_is_ignored(patch: pytest.MonkeyPatch) -> None:
    """Whoever comes last wins."""

    def judged(device: Any, visit: Inspection, sent: DeviceItem, **who: Any) -> acts.ItemResult:
        acts._apply(visit, sent, **who)
        return acts.ItemResult(FieldItemOutcome.TAKEN, acts._revision(visit, sent.part, sent.of))

    patch.setattr(acts, "_judged", judged)


def taken_twice(patch: pytest.MonkeyPatch) -> None:
    """What comes late for the second time is written once more, over what was written since."""

    def take(device: Any, *, sent: DeviceItem, **who: Any) -> FieldItem:
        known = (
            FieldItem.objects.filter(key=sent.key, outcome=FieldItemOutcome.TAKEN).select_related("inspection").first()
        )
        if known:
            acts._apply(known.inspection, sent, **who)
        return REAL(device, sent=sent, **who)

    patch.setattr(acts, "take", take)


def merged_silently(patch: pytest.MonkeyPatch) -> None:
    """Of two versions one is made, and the device is told all the same that there are two."""

    def judged(device: Any, visit: Inspection, sent: DeviceItem, **who: Any) -> acts.ItemResult:
        became = JUDGED(device, visit, sent, **who)
        if became.outcome == FieldItemOutcome.CONFLICT and became.stood:
            both = f"{became.stood['evidence']} {sent.content['evidence']}"
            merged: Any = {"standard": sent.of, **found(both)}
            inspections.record_findings(visit, findings=[merged], **who)
        return became

    patch.setattr(acts, "_judged", judged)


def lost_when_cut_off(patch: pytest.MonkeyPatch) -> None:
    """That something has arrived is noted before it is written: what is cut off in between is never written."""
    create = FieldItem.objects.create

    def take(device: Any, *, sent: DeviceItem, **who: Any) -> FieldItem:
        try:
            return REAL(device, sent=sent, **who)
        except CutOffError:
            noted = {name: getattr(sent, name) for name in ("key", "sequence", "part", "of", "base", "content")}
            visit = Inspection.objects.get(reference=sent.inspection)
            create(
                **noted,
                device=device,
                inspection=visit,
                written_at=sent.written_at,
                received_at=NOW,
                outcome=FieldItemOutcome.TAKEN,
                revision=acts._revision(visit, sent.part, sent.of),
            )
            raise

    patch.setattr(acts, "take", take)


@pytest.mark.parametrize("fault", [base_is_ignored, taken_twice, merged_silently, lost_when_cut_off])
def test_a_planted_fault_is_found(fault: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch) -> None:
    fault(monkeypatch)

    # The same schedules every time, and the first that shows it is enough.
    with pytest.raises(AssertionError):
        search(monkeypatch, SEARCHED, derandomize=True, phases=[Phase.generate])
