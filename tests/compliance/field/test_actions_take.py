"""What a device sends is taken over in order, each thing once; what others changed meanwhile is kept beside it, never merged."""

import uuid
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from pytest_django import Settings

from compliance.field.actions import copies, field
from compliance.field.models import FieldCopy, FieldDevice, FieldItem, VisitPart
from compliance.field.queries.field import bundle, content_of, is_signed_out
from compliance.field.rules.field import DeviceItem
from compliance.inspections import actions as inspections
from compliance.inspections.models import Inspection
from compliance.inspections.rules import report_blockers
from registry import signing
from registry.conflicts import actions as conflicts
from registry.errors import Refused
from registry.trail.models.events import Event
from tests.compliance.field.world import (
    NOT_MET,
    VISIT,
    Device,
    a_conflict,
    changed_meanwhile,
    finding,
    interview,
    lot,
    signature,
)
from tests.compliance.stories import a_plan, an_inspection, an_inspection_recorded
from tests.conftest import NOW
from tests.people import person
from tests.registry.uploads.test_files import with_gps

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def documents_elsewhere(tmp_path: Path, settings: Settings) -> None:
    settings.DOCUMENTS_DIR = tmp_path


KEY = str(uuid.UUID("6f8f57715090da2632453988d9a1501b"))


def codes_of(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.code for reason in refused.value.reasons]


def stands(device: Device, part: VisitPart, of: str = "") -> Any:
    return content_of(Inspection.objects.get(pk=device.visit.pk), part, of)


# --- taking along ---


def test_what_is_taken_along_is_all_that_a_visit_needs() -> None:
    device = Device(an_inspection_recorded("2.1"))

    taken = bundle(device.visit)

    assert taken["organisation"] == "Dyffryn Labour Ltd"
    assert [len(taken[part]) for part in ("indicators", "questions", "explained")] == [11, 15, 4]
    assert taken["questions"][0]["words"].keys() >= {"en-gb", "cy", "pl", "vi"}
    assert len(taken["sample"]["seed"]) == 64
    found = {(one["part"], one["of"]): one["content"] for one in taken["parts"]}
    assert found["finding", "2.1"]["finding"] == "not_met"
    assert found["visit", ""]["summary"] == "Visited the office and both places of work."


def test_a_plan_is_taken_along_with_the_visit() -> None:
    device = Device()
    unplanned = {row["name"]: row["says"] for row in bundle(device.visit)["asked"]}

    plan = a_plan(device.visit, safety_notes="Two dogs at the gate.")

    told = {row["name"]: row["says"] for row in bundle(device.visit)["asked"]}
    assert unplanned["When"] == "It is not planned yet."
    assert told["Place"] == plan.where
    assert told["What keeps them safe"] == plan.safety_notes


def test_who_has_a_copy_of_a_visit_is_known() -> None:
    device = Device()

    assert FieldCopy.objects.get().device == device.kept
    assert Event.objects.get(verb="take_along").facts == {"device": str(device.key)}


def test_the_seed_of_the_lot_is_the_same_on_every_device() -> None:
    first = Device()

    assert bundle(first.visit)["sample"] == bundle(Device(first.visit).visit)["sample"]


def test_nobody_takes_along_the_visit_of_another() -> None:
    with pytest.raises(Refused) as refused:
        Device(an_inspection(), by=person("inspector"))

    assert codes_of(refused) == ["not_the_inspector"]
    assert not FieldDevice.objects.exists()


def test_those_who_do_not_inspect_take_nothing_along() -> None:
    with pytest.raises(PermissionDenied):
        Device(an_inspection(), by=person("case_officer"))


def test_a_device_of_somebody_else_takes_nothing_along() -> None:
    theirs = Device()
    mine = an_inspection()

    with pytest.raises(Refused) as refused:
        copies.take_along(theirs.key, label="Mine now", visits=[mine], by=mine.inspector, at=NOW)

    assert codes_of(refused) == ["not_yours"]


# --- each part ---

PARTS: list[tuple[VisitPart, str, Mapping[str, Any]]] = [
    (VisitPart.VISIT, "", VISIT),
    (VisitPart.FINDING, "2.1", NOT_MET),
    (VisitPart.INTERVIEW, KEY, interview()),
    (VisitPart.INDICATOR, "7", {"seen": True, "evidence": "Passports in a drawer."}),
    (VisitPart.SIGNATURE, KEY, signature()),
]


@pytest.mark.parametrize(("part", "of", "content"), PARTS, ids=lambda one: one if isinstance(one, VisitPart) else "")
def test_what_was_written_on_the_device_stands_here(part: VisitPart, of: str, content: Mapping[str, Any]) -> None:
    device = Device()

    item = device.write(part, content, of=of)

    assert (item.outcome, item.reasons) == ("taken", [])
    assert stands(device, part, of) == {
        key: value for key, value in content.items() if not key.endswith("ed_at") and key != "held_at"
    }
    assert item.revision == device.revision(part, of)


def test_the_lot_falls_here_as_it_fell_on_the_device() -> None:
    device = Device()

    item = device.write(VisitPart.SAMPLE, lot(device.visit, 42), of="1")

    assert item.outcome == "taken"
    assert stands(device, VisitPart.SAMPLE, "1") == lot(device.visit, 42)


def test_a_lot_that_fell_otherwise_is_refused() -> None:
    device = Device()

    item = device.write(VisitPart.SAMPLE, {**lot(device.visit, 42), "drawn": [1, 2, 3, 4, 5]}, of="1")

    assert item.outcome == "refused"
    assert item.reasons == ["These workers were not selected at random. Select again, and say why."]
    assert stands(device, VisitPart.SAMPLE, "1") is None


@pytest.mark.parametrize(
    ("part", "of", "content"),
    [
        (VisitPart.VISIT, "", {**VISIT, "visited_on": "yesterday"}),
        (VisitPart.VISIT, "", {"summary": "Half of it."}),
        (VisitPart.FINDING, "2.1", {"finding": None, "evidence": ""}),
        (VisitPart.FINDING, "99.9", NOT_MET),
        (VisitPart.FINDING, "2.1", finding("", "perhaps")),
        (VisitPart.INTERVIEW, "no key", interview()),
        (VisitPart.INTERVIEW, KEY, interview(answers={"pay": "380"})),
        (VisitPart.INTERVIEW, KEY, interview(held_at="2026-11-02T10:00:00")),
        (VisitPart.INDICATOR, "7", {"seen": "yes", "evidence": ""}),
        (VisitPart.SIGNATURE, KEY, signature(strokes=[[1, 2]])),
        (VisitPart.SAMPLE, "1", {"workers_present": 9, "drawn": ["1"], "because": ""}),
        (VisitPart.SAMPLE, "first", {"workers_present": 9, "drawn": [1], "because": ""}),
    ],
)
def test_what_cannot_be_is_kept_as_refused_with_the_reason(
    part: VisitPart, of: str, content: Mapping[str, Any]
) -> None:
    device = Device()

    item = device.write(part, content, of=of)

    assert item.outcome == "refused"
    assert item.reasons
    assert item.content == content


# --- order, and once ---


def test_the_same_thing_sent_again_gives_the_same_and_changes_nothing() -> None:
    device = Device()
    sent = device.written(VisitPart.FINDING, NOT_MET, of="2.1")

    first, events = device.send(sent), Event.objects.count()
    inspections.record_findings(
        device.visit,
        findings=[{"standard": "2.1", "finding": "met", "evidence": ""}],
        by=device.by,
        at=NOW,
    )

    assert device.send(sent) == first
    assert stands(device, VisitPart.FINDING, "2.1") == finding("", "met")
    assert Event.objects.count() == events + 1


def test_something_else_under_the_same_key_is_no_repetition() -> None:
    device = Device()
    sent = device.written(VisitPart.FINDING, NOT_MET, of="2.1")
    device.send(sent)

    with pytest.raises(Refused) as refused:
        device.send(replace(sent, content=finding("Something else.")))

    assert codes_of(refused) == ["not_the_same"]


def test_what_came_before_must_have_arrived() -> None:
    device = Device()
    first, second = (device.written(VisitPart.FINDING, finding(text), of="2.1", base="") for text in ("One.", "Two."))

    with pytest.raises(Refused) as refused:
        device.send(second)

    assert codes_of(refused) == ["out_of_order"]
    assert not FieldItem.objects.exists()
    device.send(first)
    assert device.send(replace(second, base=str(first.key))).outcome == "taken"
    assert stands(device, VisitPart.FINDING, "2.1") == finding("Two.")


def test_a_late_double_of_an_older_version_does_not_come_back() -> None:
    device = Device()
    first = device.written(VisitPart.FINDING, finding("One."), of="2.1")
    device.send(first)
    device.write(VisitPart.FINDING, finding("Two."), of="2.1", base=str(first.key))

    device.send(first)

    assert stands(device, VisitPart.FINDING, "2.1") == finding("Two.")


def a_photo(device: Device, content: bytes | None = None, **more: Any) -> DeviceItem:
    picture = with_gps()
    said = {
        "kind": "photograph",
        "description": "The board with the shifts.",
        "standards": ["2.1"],
        "name": "IMG 1.jpg",
        "taken_at": NOW.isoformat(),
        "digest": signing.digest_of_bytes(picture),
        "size": len(picture),
        **more,
    }
    return device.written(VisitPart.EXHIBIT, said, of=KEY, base="", file=picture if content is None else content)


def test_a_photograph_is_made_anew_and_keeps_the_digest_that_the_device_made() -> None:
    device = Device()
    sent = a_photo(device)

    item, again = device.send(sent), device.send(sent)

    exhibit = device.visit.exhibits.get()
    assert item == again
    assert (item.outcome, exhibit.uuid, exhibit.standards) == ("taken", KEY, ["2.1"])
    assert exhibit.digest == sent.content["digest"]
    assert exhibit.document is not None
    assert exhibit.document.digest != exhibit.digest


@pytest.mark.parametrize("arrived", [None, b"", with_gps()[:-100]])
def test_a_photograph_that_did_not_arrive_whole_is_sent_once_more(arrived: bytes | None) -> None:
    device = Device()
    sent = a_photo(device)

    with pytest.raises(Refused) as refused:
        device.send(replace(sent, file=arrived))

    assert codes_of(refused) == ["broken_on_the_way"]
    assert device.send(sent).outcome == "taken"


@pytest.mark.parametrize("content", [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>"])
def test_what_is_no_photograph_is_kept_as_refused(content: bytes) -> None:
    device = Device()

    item = device.send(a_photo(device, content, digest=signing.digest_of_bytes(content), size=len(content)))

    assert item.outcome == "refused"
    assert not device.visit.exhibits.exists()


def test_a_visit_that_was_not_taken_along_takes_nothing() -> None:
    device, other = Device(), an_inspection(case="A-2222-2222")

    with pytest.raises(Refused) as refused:
        device.write(VisitPart.FINDING, NOT_MET, of="2.1", inspection=other.reference)

    assert codes_of(refused) == ["no_copy"]


# --- two versions ---


def test_what_was_changed_meanwhile_is_kept_beside_what_was_sent() -> None:
    device, item = a_conflict()

    assert item.outcome == "conflict"
    assert item.content == NOT_MET
    assert item.stood == finding("Written at the desk.")
    assert stands(device, VisitPart.FINDING, "2.1") == finding("Written at the desk.")
    assert Event.objects.filter(verb="field_conflict").count() == 1


def test_two_who_wrote_the_same_do_not_differ() -> None:
    device = Device()
    sent = device.written(VisitPart.FINDING, NOT_MET, of="2.1")
    changed_meanwhile(device, NOT_MET["evidence"])

    assert device.send(sent).outcome == "taken"


def test_what_is_based_on_one_of_two_versions_is_no_less_in_conflict() -> None:
    device, item = a_conflict()

    later = device.write(VisitPart.FINDING, finding("And one of June."), of="2.1", base=str(item.key))

    assert later.outcome == "conflict"
    assert stands(device, VisitPart.FINDING, "2.1") == finding("Written at the desk.")


def test_nothing_is_reported_while_there_are_two_versions() -> None:
    device, item = a_conflict()

    def codes() -> set[str]:
        visit = Inspection.objects.get(pk=device.visit.pk)
        return {reason.code for reason in report_blockers(visit, by=device.by, on=timezone.localdate(NOW))}

    assert "unsettled" in codes()
    field.settle(item, keep="stood", by=device.by, at=NOW)
    assert "unsettled" not in codes()


@pytest.mark.parametrize(("keep", "counts"), [("sent", NOT_MET), ("stood", finding("Written at the desk."))])
def test_the_version_that_was_chosen_counts_and_both_stay(keep: str, counts: Mapping[str, str]) -> None:
    device, item = a_conflict()

    settled = field.settle(item, keep=keep, by=device.by, at=NOW)

    assert stands(device, VisitPart.FINDING, "2.1") == counts
    assert (settled.settled, settled.content, settled.stood) == (keep, NOT_MET, finding("Written at the desk."))
    assert settled.revision == device.revision(VisitPart.FINDING, "2.1")


def test_choosing_the_last_settles_those_before_it() -> None:
    device, item = a_conflict()
    later = device.write(VisitPart.FINDING, finding("And one of June."), of="2.1", base=str(item.key))

    field.settle(later, keep="sent", by=device.by, at=NOW)

    assert not FieldItem.objects.unsettled().exists()
    assert stands(device, VisitPart.FINDING, "2.1") == finding("And one of June.")


def test_nobody_settles_twice_or_for_another() -> None:
    device, item = a_conflict()

    with pytest.raises(Refused) as refused:
        field.settle(item, keep="sent", by=person("inspector"), at=NOW)
    assert codes_of(refused) == ["not_the_inspector"]
    with pytest.raises(Refused) as refused:
        field.settle(item, keep="both", by=device.by, at=NOW)
    assert codes_of(refused) == ["not_chosen"]
    field.settle(item, keep="sent", by=device.by, at=NOW)
    with pytest.raises(Refused) as refused:
        field.settle(item, keep="stood", by=device.by, at=NOW)
    assert codes_of(refused) == ["nothing_to_settle"]


def test_a_drawing_is_not_replaced_by_another() -> None:
    device = Device()
    written = device.written(VisitPart.SAMPLE, lot(device.visit, 42), of="1")
    Device(device.visit).write(VisitPart.SAMPLE, lot(device.visit, 60), of="1")

    item = device.send(written)

    assert item.outcome == "conflict"
    with pytest.raises(Refused) as refused:
        field.settle(item, keep="sent", by=device.by, at=NOW)
    assert codes_of(refused) == ["stays"]
    field.settle(item, keep="stood", by=device.by, at=NOW)


# --- those who may no more ---


def test_what_comes_after_the_visit_went_to_another_is_kept_and_shown_to_them() -> None:
    device = Device()
    sent = device.written(VisitPart.FINDING, NOT_MET, of="2.1")
    other = person("inspector")
    inspections.reassign(device.visit, inspector=other, because="Ill.", by=device.visit.commissioned_by, at=NOW)

    item = device.send(sent)

    assert item.outcome == "refused"
    assert item.stood is None
    assert item.content == NOT_MET
    assert list(FieldItem.objects.visible_to(other)) == [item]


def test_whoever_has_a_conflict_of_interest_is_told_nothing_of_what_stands() -> None:
    device = Device()
    sent = device.written(VisitPart.FINDING, NOT_MET, of="2.1")
    changed_meanwhile(device)
    conflicts.declare(
        device.by,
        organisation=device.visit.organisation,
        because="My brother works there.",
        since=NOW.date(),
        by=person("manager"),
        at=NOW,
    )

    item = device.send(sent)

    assert (item.outcome, item.stood) == ("refused", None)
    assert list(FieldItem.objects.visible_to(device.by)) == []
    with pytest.raises(Refused) as refused:
        device.take_along()
    assert codes_of(refused) == ["conflicted"]


def test_a_device_that_was_signed_out_sends_nothing_and_forgets() -> None:
    device = Device()
    sent = device.written(VisitPart.FINDING, NOT_MET, of="2.1")

    copies.sign_out(device.kept, by=device.by, at=NOW)

    assert is_signed_out(device.key)
    assert not is_signed_out(uuid.uuid4())
    for again in (
        lambda: device.send(sent),
        device.take_along,
        lambda: field.finish(device.kept, by=device.by, at=NOW),
    ):
        with pytest.raises(Refused) as refused:
            again()
        assert codes_of(refused) == ["signed_out"]


def test_a_lost_device_is_signed_out_by_its_owner_or_a_manager_alone() -> None:
    device, manager = Device(), person("manager")

    for other in (person("inspector"), person("quality_reviewer")):
        with pytest.raises(PermissionDenied):
            copies.sign_out(device.kept, by=other, at=NOW)
    signed_out = copies.sign_out(device.kept, by=manager, at=NOW)

    assert signed_out.signed_out_by == manager
    with pytest.raises(Refused):
        copies.sign_out(device.kept, by=device.by, at=NOW)


def test_a_device_that_has_sent_everything_has_no_copy_left() -> None:
    device = Device()

    field.finish(device.kept, by=device.by, at=NOW)

    assert FieldCopy.objects.get().gone_at == NOW


def test_what_a_device_sent_stays_as_it_was_whoever_comes_by_sql() -> None:
    device, item = a_conflict()
    field.settle(item, keep="sent", by=device.by, at=NOW)

    for change in (
        lambda: FieldItem.objects.update(content={}),
        lambda: FieldItem.objects.update(outcome="taken"),
        lambda: FieldItem.objects.update(settled="stood"),
        lambda: FieldItem.objects.all().delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
