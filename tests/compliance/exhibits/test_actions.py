"""Exhibits: entered once, kept as they were, and followed from hand to hand."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from compliance.exhibits import actions as evidence
from compliance.exhibits.models import Custody, EvidenceItem
from compliance.inspections import actions as inspections
from compliance.inspections.models import Inspection
from registry import uploads as files
from registry.conflicts import actions as conflicts
from registry.errors import Refused
from registry.trail.models.events import Event
from registry.uploads import StorageArea
from tests.compliance.stories import (
    an_exhibit,
    an_inspection,
    an_inspection_confirmed,
    an_inspection_reported,
    an_upload,
)
from tests.conftest import NOW
from tests.people import person
from tests.registry.uploads.corpus import png

pytestmark = pytest.mark.django_db


def reasons(doing: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as refused:
        doing()
    return [reason.code for reason in refused.value.reasons]


def handed(item: EvidenceItem, **given: Any) -> Custody:
    about = {"act": "stored", "holder": "Store of exhibits", "happened_at": NOW, "seal_number": "S 4711"}
    return evidence.hand_on(item, by=item.inspection.inspector, at=NOW, **{**about, **given})


def test_an_exhibit_gets_the_next_number_and_its_chain_begins() -> None:
    inspection = an_inspection()

    first, second = an_exhibit(inspection), an_exhibit(inspection, kind="object", upload=None)

    assert [first.number, second.number] == [1, 2]
    assert first.reference == f"{inspection.reference}/1"
    step = second.custody.get()
    assert (step.act, step.holder, step.happened_at) == ("taken", str(inspection.inspector), NOW)
    assert Event.objects.of([("evidenceitem", first.reference)])[0].facts["digest"] == first.digest


def test_the_photograph_is_made_anew_and_the_digest_of_the_original_is_kept() -> None:
    upload = an_upload()

    item = an_exhibit(an_inspection(), upload=upload, digest=upload.original_digest)

    assert item.document
    assert item.digest == upload.original_digest == item.document.original_digest
    assert files.digest_of(StorageArea.KEPT, item.document.stored_as) == upload.digest != upload.original_digest


def test_what_it_shows_stays_off_the_trail() -> None:
    item = an_exhibit(an_inspection(), description="Ioana at the gate.")

    assert "Ioana" not in str(Event.objects.of([("evidenceitem", item.reference)])[0].facts)


def test_the_same_exhibit_sent_again_is_taken_in_once() -> None:
    inspection, upload = an_inspection(), an_upload()

    first = an_exhibit(inspection, uuid="8d2f", upload=upload)
    again = an_exhibit(inspection, uuid="8d2f", upload=upload, description="Typed in another way.")

    assert again == first
    assert EvidenceItem.objects.get().description == first.description
    assert Custody.objects.count() == 1


def test_another_exhibit_does_not_come_under_the_number_of_one_that_is_there() -> None:
    inspection = an_inspection()
    an_exhibit(inspection, uuid="8d2f")
    other = an_upload(png())

    assert reasons(lambda: an_exhibit(inspection, uuid="8d2f", upload=other)) == ["another_of_this_number"]


WRONG: dict[str, tuple[dict[str, Any], list[str]]] = {
    "no words": ({"description": " "}, ["no_description"]),
    "another digest": ({"digest": "a" * 64}, ["digest_differs"]),
    "no digest at all": ({"digest": "abc", "upload": None}, ["no_digest"]),
    "a photograph without a picture": ({"upload": None}, ["no_file"]),
    "no such kind": ({"kind": "smell"}, ["no_kind"]),
    "tomorrow": ({"taken_at": NOW + timedelta(days=1)}, ["taken_in_the_future"]),
    "a standard that is not tested": ({"standards": ["9.9"]}, ["not_tested_here"]),
}


@pytest.mark.parametrize(("given", "codes"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_with_an_exhibit_is_said(given: dict[str, Any], codes: list[str]) -> None:
    inspection = an_inspection()

    assert reasons(lambda: an_exhibit(inspection, **given)) == codes
    assert not EvidenceItem.objects.exists()


def test_only_the_inspector_of_the_inspection_enters_exhibits() -> None:
    inspection, other = an_inspection(), person("inspector")
    given: dict[str, Any] = {"kind": "object", "description": "A ledger.", "taken_at": NOW, "at": NOW}

    assert reasons(lambda: evidence.log(inspection, by=other, **given)) == ["not_the_inspector"]
    with pytest.raises(PermissionDenied):
        evidence.log(inspection, by=person("quality_reviewer"), **given)


@pytest.mark.parametrize("act", ["log", "amend", "strike_out", "hand_on"])
def test_whoever_has_a_conflict_of_interest_does_nothing_with_exhibits(act: str) -> None:
    inspection = an_inspection()
    item = an_exhibit(inspection)
    conflicts.declare(
        inspection.inspector,
        organisation=inspection.organisation,
        because="A sister works there.",
        since=timezone.localdate(NOW),
        by=person("manager"),
        at=NOW,
    )
    doing: dict[str, Callable[[], object]] = {
        "log": lambda: an_exhibit(inspection),
        "amend": lambda: evidence.amend(item, description="Another.", by=inspection.inspector, at=NOW),
        "strike_out": lambda: evidence.strike_out(item, because="Twice.", by=inspection.inspector, at=NOW),
        "hand_on": lambda: handed(item),
    }

    assert "conflicted" in reasons(doing[act])


def test_the_words_of_the_register_can_be_put_right_while_the_inspection_goes_on() -> None:
    item = an_exhibit(an_inspection())

    evidence.amend(
        item, description="The rota of June.", standards=["2.4"], withheld_because="It names workers.",
        by=item.inspection.inspector, at=NOW,
    )  # fmt: skip

    now = EvidenceItem.objects.get()
    assert (now.description, bool(now.withheld_because), now.digest) == ("The rota of June.", True, item.digest)


def test_what_is_struck_out_stays_under_its_number() -> None:
    inspection = an_inspection()
    item = an_exhibit(inspection)

    struck = evidence.strike_out(item, because="Photographed twice.", by=inspection.inspector, at=NOW)

    assert not struck.is_standing
    assert an_exhibit(inspection).number == 2
    assert reasons(lambda: evidence.strike_out(struck, because="Again.", by=inspection.inspector, at=NOW)) == [
        "struck_out"
    ]
    assert list(inspection.exhibits.standing().values_list("number", flat=True)) == [2]


@pytest.mark.parametrize("story", [an_inspection_reported, an_inspection_confirmed])
def test_the_register_is_closed_with_the_report(story: Callable[..., Inspection]) -> None:
    inspection = story(exhibits=1)
    item, by = inspection.exhibits.get(), inspection.inspector

    assert reasons(lambda: an_exhibit(inspection)) == ["register_closed"]
    assert reasons(lambda: evidence.amend(item, description="Other.", by=by, at=NOW)) == ["register_closed"]
    assert reasons(lambda: evidence.strike_out(item, because="Twice.", by=by, at=NOW)) == ["register_closed"]


def test_a_report_that_is_returned_opens_the_register_again() -> None:
    inspection = an_inspection_reported(exhibits=1)
    inspections.return_for_correction(inspection, because="One more.", by=person("quality_reviewer"), at=NOW)

    assert an_exhibit(inspection).number == 2


CHANGES: dict[str, Callable[[EvidenceItem], object]] = {
    "its words": lambda item: EvidenceItem.objects.filter(pk=item.pk).update(description="Other."),
    "its digest": lambda item: EvidenceItem.objects.filter(pk=item.pk).update(digest="0" * 64),
    "no exhibit any more": lambda item: EvidenceItem.objects.filter(pk=item.pk)._raw_delete("default"),
    "one more": lambda item: EvidenceItem.objects.create(
        inspection=item.inspection,
        number=2,
        kind="object",
        description="x",
        taken_at=NOW,
        taken_by=item.taken_by,
        logged_at=NOW,
    ),
    "a step of its way": lambda item: item.custody.update(holder="Somebody else"),
    "no way any more": lambda item: item.custody.all()._raw_delete("default"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_the_database_itself_keeps_exhibits_as_they_were_reported(change: Callable[[EvidenceItem], object]) -> None:
    item = an_inspection_confirmed(exhibits=1).exhibits.get()

    with pytest.raises(IntegrityError), transaction.atomic():
        change(item)


def test_an_exhibit_goes_from_hand_to_hand_also_after_the_report() -> None:
    item = an_inspection_confirmed(exhibits=1).exhibits.get()

    handed(item)
    last = handed(item, act="returned", holder="Dyffryn Labour Ltd", seal_number="")

    assert list(item.custody.order_by("number").values_list("number", "act", "seal_number")) == [
        (1, "taken", ""),
        (2, "stored", "S 4711"),
        (3, "returned", ""),
    ]
    assert last.recorded_by == item.inspection.inspector
    assert reasons(lambda: handed(item)) == ["nobody_holds_it"]


STEPS: dict[str, tuple[dict[str, Any], str]] = {
    "nobody": ({"holder": ""}, "no_holder"),
    "taken again": ({"act": "taken"}, "no_act"),
    "sent away without a reason": ({"act": "sent", "because": ""}, "no_reason"),
    "tomorrow": ({"happened_at": NOW + timedelta(days=1)}, "in_the_future"),
    "before it was taken": ({"happened_at": NOW - timedelta(days=1)}, "before_the_last_step"),
}


@pytest.mark.parametrize(("given", "code"), STEPS.values(), ids=STEPS)
def test_what_is_wrong_with_a_step_is_said(given: dict[str, Any], code: str) -> None:
    item = an_exhibit(an_inspection())

    assert reasons(lambda: handed(item, **given)) == [code]


def test_another_inspector_hands_nothing_on_and_a_manager_may() -> None:
    item = an_exhibit(an_inspection())

    assert reasons(lambda: evidence.hand_on(item, **STEP, by=person("inspector"), at=NOW)) == ["not_theirs"]
    assert evidence.hand_on(item, **STEP, by=person("manager"), at=NOW).number == 2


STEP: dict[str, Any] = {"act": "stored", "holder": "Store of exhibits", "happened_at": NOW}
