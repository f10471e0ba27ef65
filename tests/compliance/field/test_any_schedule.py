"""Whatever the link does and whoever writes at the desk meanwhile: nothing is lost, nothing is doubled, nothing is merged.

Two devices and a desk write on one visit. Messages of the devices wait, come late, come twice, come in any order, and the
answers to them are lost. Beside the service a model of a few lines says what must stand in the end.
"""

import os
import uuid
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from compliance.actions import field as acts
from compliance.actions import inspections
from compliance.models import FieldItem, Inspection, Part
from compliance.queries.field import content_of, revision_of
from compliance.rules.field import Sent
from registry.errors import Refused
from tests.compliance.field.stories import Device
from tests.compliance.stories import an_inspection
from tests.conftest import NOW

pytestmark = pytest.mark.django_db
STANDARDS = ("2.1", "2.2")
#: More of them on demand: `SCHEDULES=500 pytest …`.
SCHEDULES = int(os.environ.get("SCHEDULES", "8"))
TEXTS = st.sampled_from(["Nothing.", "One payslip.", "Two payslips.", "Kept in a drawer."])


@dataclass
class Phone:
    """What one device knows: its queue, what it believes to be on the server, and how far answers have come back."""

    device: Device
    revisions: dict[str, str]
    queue: list[Sent] = field(default_factory=list)
    answered: int = 0


class AnySchedule(RuleBasedStateMachine):
    """`stands` is the model: what the server must hold of each standard. `outcome` is what must become of each message."""

    def __init__(self, visit: Inspection) -> None:
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.visit = visit
        self.phones = [self._phone(), self._phone()]
        self.stands: dict[str, str] = dict.fromkeys(STANDARDS, "")
        self.outcome: dict[uuid.UUID, str] = {}
        self.after: dict[uuid.UUID, str | None] = {}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)

    def _phone(self) -> Phone:
        return Phone(Device(self.visit), {of: self._revision(of) for of in STANDARDS})

    def _revision(self, of: str) -> str:
        return revision_of(content_of(Inspection.objects.get(pk=self.visit.pk), Part.FINDING, of))

    @rule(
        which=st.integers(0, 1), writes=st.lists(st.tuples(st.sampled_from(STANDARDS), TEXTS), min_size=1, max_size=3)
    )
    def write(self, which: int, writes: list[tuple[str, str]]) -> None:
        """Somebody writes on a device, on top of what it wrote or downloaded before."""
        phone = self.phones[which]
        for of, text in writes:
            before = next((one for one in reversed(phone.queue) if one.of == of), None)
            base = str(before.key) if before else phone.revisions[of]
            phone.queue.append(phone.device.written(Part.FINDING, content(text), of=of, base=base))

    @rule(of=st.sampled_from(STANDARDS), text=TEXTS)
    def write_at_the_desk(self, of: str, text: str) -> None:
        found = {"standard": of, **content(text)}
        inspections.record_findings(self.visit, findings=[found], by=self.visit.inspector, at=NOW)  # type: ignore[list-item]
        self.stands[of] = text

    @rule(which=st.integers(0, 1), lost=st.lists(st.booleans(), min_size=1, max_size=4))
    def send_some(self, which: int, lost: list[bool]) -> None:
        """The device sends what it has no answer to yet; some answers are lost, and it sends the same again."""
        phone = self.phones[which]
        for answer_is_lost in lost:
            if phone.answered < len(phone.queue):
                self._arrives(phone, phone.answered)
                phone.answered += not answer_is_lost

    @rule(which=st.integers(0, 1), place=st.integers(0, 30))
    def something_arrives_late_twice_or_too_soon(self, which: int, place: int) -> None:
        phone = self.phones[which]
        if phone.queue:
            self._arrives(phone, place % len(phone.queue))

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

    def _expect(self, sent: Sent) -> None:
        """What the device had seen is what stands, or what it sends is: then it is taken; else both are kept."""
        text, stood = sent.content["evidence"], self.stands[sent.of]
        seen = self.after[uuid.UUID(sent.base)] if "-" in sent.base else ""
        is_taken = seen == stood or text == stood
        self.outcome[sent.key] = "taken" if is_taken else "conflict"
        self.after[sent.key] = text if is_taken else None
        if is_taken:
            self.stands[sent.of] = text

    @precondition(lambda self: "conflict" in self.outcome.values())
    @rule(data=st.data(), keep=st.sampled_from(["sent", "stood"]))
    def settle(self, data: st.DataObject, keep: str) -> None:
        unsettled = list(FieldItem.objects.unsettled().filter(inspection=self.visit).order_by("pk"))
        if not unsettled:
            return
        item = data.draw(st.sampled_from(unsettled))
        acts.settle(item, keep=keep, by=self.visit.inspector, at=NOW)
        if keep == "sent":
            self.stands[item.of] = item.content["evidence"]
        for one in unsettled:
            if (one.device_id, one.of) == (item.device_id, item.of) and one.sequence <= item.sequence:
                self.after[one.key] = self.stands[item.of]

    @invariant()
    def what_stands_is_what_the_model_says(self) -> None:
        visit = Inspection.objects.get(pk=self.visit.pk)
        found = {of: (content_of(visit, Part.FINDING, of) or {"evidence": ""})["evidence"] for of in STANDARDS}
        assert found == self.stands

    @invariant()
    def everything_that_arrived_is_kept_once_and_word_for_word(self) -> None:
        kept = {item.key: item.content for item in FieldItem.objects.filter(inspection=self.visit)}
        sent = {one.key: one.content for phone in self.phones for one in phone.queue if one.key in self.outcome}
        assert kept == sent


def content(text: str) -> dict[str, Any]:
    return {"finding": "not_met", "evidence": text}


def test_nothing_is_lost_doubled_or_merged_on_any_schedule() -> None:
    visit = an_inspection()

    def schedule() -> AnySchedule:
        return AnySchedule(visit)

    how_many = settings(
        max_examples=SCHEDULES, stateful_step_count=10, deadline=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(schedule, settings=how_many)  # type: ignore[arg-type]
