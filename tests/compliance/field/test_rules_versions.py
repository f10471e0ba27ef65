"""Of two versions: what differs, who wrote which, and what stands when somebody has chosen field by field."""

import json
from typing import Any

import pytest

from compliance.field.actions import field
from compliance.field.models import FieldItem, VisitPart
from compliance.field.queries import versions
from compliance.field.queries.versions import side_by_side
from compliance.field.rules.versions import composed, differing, may_have_both
from compliance.inspections.models import Inspection
from registry.errors import Refused
from tests.compliance.field.world import Device, a_conflict, finding, interview
from tests.people import signed_in

pytestmark = pytest.mark.django_db


def test_words_that_stand_in_one_version_alone_are_marked() -> None:
    assert side_by_side("Four payslips lack hours.", "Five payslips lack hours.") == (
        (("Four", True), (" payslips lack hours.", False)),
        (("Five", True), (" payslips lack hours.", False)),
    )
    assert side_by_side("", "Nothing before.") == ((), (("Nothing before.", False),))


def test_fields_that_say_the_same_do_not_differ_and_what_is_empty_is_as_what_is_not_there() -> None:
    mine, theirs = {"finding": "met", "evidence": "A."}, {"finding": "met", "evidence": "B.", "business_comment": ""}

    assert differing(mine, theirs) == ["evidence"]


def test_each_answer_of_an_interview_is_chosen_for_itself() -> None:
    mine: dict[str, Any] = {"notes": "Mine.", "answers": {"pay": {"said": "", "words": "380."}}}
    theirs: dict[str, Any] = {
        "notes": "Theirs.",
        "answers": {"pay": {"said": "", "words": "400."}, "hours": {"said": "", "words": "60."}},
    }

    fields = {"notes": "stood", "answers.pay": "both", "answers.hours": "stood"}

    assert differing(mine, theirs) == list(fields)
    assert composed(mine, theirs, fields=fields) == {
        "notes": "Theirs.",
        "answers": {"pay": {"said": "", "words": "400.\n\n380."}, "hours": {"said": "", "words": "60."}},
    }


def test_both_can_stand_only_where_there_are_words_on_both_sides() -> None:
    said_yes, said_no = {"said": "yes", "words": "A."}, {"said": "no", "words": "B."}

    assert may_have_both("evidence", "A.", "B.")
    assert not may_have_both("evidence", "A.", "")
    assert not may_have_both("finding", "met", "not_met")
    assert not may_have_both("answers.papers", said_yes, said_no)
    assert may_have_both("answers.papers", said_yes, {**said_yes, "words": "C."})


def chosen(item: FieldItem, device: Device, **fields: str) -> FieldItem:
    return field.settle(item, keep="chosen", fields=fields, by=device.by, at=item.received_at)


def test_both_stand_one_after_the_other_when_somebody_says_so() -> None:
    device, item = a_conflict()

    settled = chosen(item, device, evidence="both")

    assert settled.settled == "chosen"
    stands = device.visit.results.get(standard="2.1").evidence
    assert stands == "Written at the desk.\n\nFour payslips of May lack the hours."
    # What the device had written since is based on it.
    later = device.write(VisitPart.FINDING, finding("And June."), of="2.1", base=str(item.key))
    assert later.outcome == "taken"


@pytest.mark.parametrize("fields", [{}, {"evidence": "neither"}, {"finding": "sent"}])
def test_nothing_is_settled_while_a_field_is_not_chosen(fields: dict[str, str]) -> None:
    device, item = a_conflict()

    with pytest.raises(Refused, match="not_chosen"):
        chosen(item, device, **fields)

    assert device.visit.results.get(standard="2.1").evidence == "Written at the desk."


def test_an_interview_that_was_changed_in_both_places_is_put_together_as_somebody_chose() -> None:
    device = Device()
    key = "0c6c2a35-5d8a-4a3e-9d8e-6c1f1a2b3c4d"
    device.write(VisitPart.INTERVIEW, interview(), of=key)
    device.write(VisitPart.INTERVIEW, interview(notes="Seen by the desk.", language="ro"), of=key)
    item = device.write(VisitPart.INTERVIEW, interview(notes="Seen on the tablet."), of=key, base="")
    assert item.outcome == "conflict"

    chosen(item, device, language="stood", notes="both")

    kept = device.visit.interviews.get()
    assert (kept.language, kept.notes) == ("ro", "Seen by the desk.\n\nSeen on the tablet.")


def test_who_wrote_which_version_when_and_where_is_said() -> None:
    _device, item = a_conflict()

    shown = versions.in_words(FieldItem.objects.select_related("device__user", "inspection").get(pk=item.pk))

    assert (shown.sent_from.who, shown.sent_from.where) == ("Ifan Price", "Tablet 3")
    assert shown.stood_from is not None
    assert (shown.stood_from.who, shown.stood_from.where) == ("Ifan Price", "At the desk")


def test_what_another_device_wrote_says_so() -> None:
    one = Device()
    other = Device(one.visit)
    one.write(VisitPart.FINDING, finding("By the first."), of="2.1")

    item = other.write(VisitPart.FINDING, finding("By the second."), of="2.1", base="")

    origin = versions.in_words(item).stood_from
    assert origin is not None
    assert origin.where == "Tablet 3"
    assert origin.at is not None


def test_the_app_gets_both_versions_in_words_and_sends_what_was_chosen() -> None:
    device, item = a_conflict()
    client = signed_in(device.by)

    told = versions.as_told(item)
    asked = {"key": str(item.key), "keep": "chosen", "fields": {"evidence": "both"}}
    answer = client.post("/staff/field/settle/", {"settles": json.dumps(asked)}).json()

    (row,) = (row for row in told["rows"] if row["differs"])
    assert (row["field"], row["name"], row["both"]) == ("evidence", "Evidence", True)
    assert answer["stands"]["evidence"].startswith("Written at the desk.")


def test_what_the_business_says_to_a_standard_comes_along_and_can_be_taken_out() -> None:
    device = Device()
    device.write(VisitPart.FINDING, {**finding("No hours."), "business_comment": "At the farm."}, of="2.1")

    taken = Inspection.objects.get(pk=device.visit.pk).results.get(standard="2.1")
    assert taken.business_comment == "At the farm."
    device.write(VisitPart.FINDING, finding("No hours."), of="2.1")
    taken.refresh_from_db()
    assert taken.business_comment == ""
