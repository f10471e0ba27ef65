"""The pages for the people met on a visit and for devices, and the JSON that the app fetches and sends."""

import html
import json
import re
import uuid
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from compliance.field.actions import copies as field
from compliance.field.models import FieldDevice, FieldItem
from compliance.inspections.models import Inspection
from compliance.interviews import actions as interviews
from compliance.interviews.models import Interview
from registry.trail.models.events import Event
from tests.compliance.field.world import NOT_MET, TOLD, Device, a_conflict, an_interview
from tests.compliance.stories import an_inspection, an_inspection_recorded
from tests.conftest import NOW
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db


def page(visit: Inspection, rest: str = "interviews/") -> str:
    return f"/staff/inspections/{visit.reference}/{rest}"


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


ASKED = {
    "language": "pl",
    "interpreted": "on",
    "sampled": "came",
    "explained": ["who", "choice", "private", "help"],
    "consents": "yes",
    "said-papers": "no",
    "words-pay": "About 380 pounds,\r\nno payslip.",
    "indicators": ["7"],
    "notes": "",
}


def test_an_interview_is_typed_without_a_device_by_the_same_action() -> None:
    visit = an_inspection()
    client = signed_in(visit.inspector)
    begun = client.get(page(visit, "interviews/add/?language=pl"))

    asks = text_of(client.get(begun.headers["Location"]))
    for _twice in range(2):
        client.post(begun.headers["Location"], ASKED)

    kept = visit.interviews.get()
    assert "Does the worker want to talk?" in asks
    assert kept.answers == {
        "papers": {"said": "no", "words": ""},
        "pay": {"said": "", "words": "About 380 pounds,\nno payslip."},
    }
    assert kept.reference in text_of(client.get(page(visit)))
    assert "380 pounds" in text_of(client.get(page(visit, f"interviews/{kept.key}/")))


def test_an_interview_that_is_refused_keeps_what_was_typed() -> None:
    visit = an_inspection()

    response = signed_in(visit.inspector).post(
        page(visit, f"interviews/{uuid.uuid4()}/"), {**ASKED, "explained": ["who"]}
    )

    assert response.status_code == 422
    assert "First tell the worker all of this" in text_of(response)
    assert "About 380 pounds" in text_of(response)


def test_what_the_worker_is_told_first_is_not_called_optional_and_the_notes_are_once() -> None:
    visit = an_inspection()
    client = signed_in(visit.inspector)

    asks = text_of(client.get(client.get(page(visit, "interviews/add/?language=pl")).headers["Location"]))

    assert "Tell the worker first (optional)" not in asks
    assert "Your notes (optional)" in asks and "(optional) (optional)" not in asks


def test_the_interview_of_another_visit_is_not_there() -> None:
    theirs, mine = an_interview(an_inspection()), an_inspection(case="A-2222-2222")

    assert signed_in(mine.inspector).get(page(mine, f"interviews/{theirs.key}/")).status_code == 404


def test_the_lot_is_drawn_on_a_page_and_once_more_with_a_reason() -> None:
    visit = an_inspection()
    client = signed_in(visit.inspector)

    client.post(page(visit, "interviews/draw/"), {"workers_present": "42"})
    refused = client.post(page(visit, "interviews/draw/"), {"workers_present": "42"})
    client.post(page(visit, "interviews/draw/"), {"workers_present": "60", "because": "The night shift came."})

    assert refused.status_code == 422
    assert [sample.workers_present for sample in visit.samples.all()] == [42, 60]
    assert "Selection 2, of 60 workers" in text_of(client.get(page(visit)))


def test_signs_of_forced_labour_are_noted_all_at_once_or_not_at_all() -> None:
    visit = an_inspection()
    client = signed_in(visit.inspector)
    noted = {"seen-7": "on", "evidence-7": "Passports in a drawer.", "seen-8": "on", "evidence-8": ""}

    refused = client.post(page(visit, "indicators/"), noted)
    assert refused.status_code == 422
    assert "Write where sign 8 shows." in text_of(refused)
    assert not visit.seen_indicators.exists()

    client.post(page(visit, "indicators/"), {**noted, "evidence-8": "Two weeks unpaid."})
    assert list(visit.seen_indicators.order_by("code").values_list("code", flat=True)) == ["7", "8"]


def test_somebody_signs_on_a_page() -> None:
    visit = an_inspection()
    signed = {"name": "Alun Rees", "role": "Principal authority", "statement": "Was read to me.", "how": "typed"}

    signed_in(visit.inspector).post(page(visit, "signatures/add/"), signed)

    assert visit.signatures.get().name == "Alun Rees"


def test_whoever_goes_through_the_report_says_why_they_read_interviews() -> None:
    visit = an_inspection_recorded()
    an_interview(visit)
    reader = signed_in(person("quality_reviewer"))

    assert "380 pounds" not in text_of(reader.get(page(visit)))
    reader.post(page(visit), {"because": "To go through the report."})

    assert "380 pounds" in text_of(reader.get(page(visit)))
    assert Event.objects.get(verb="read_interviews").because == "To go through the report."


@pytest.mark.parametrize("role", ["case_officer", "decision_maker", "manager", "auditor", "intelligence_analyst"])
def test_others_read_no_interviews(role: str) -> None:
    visit = an_inspection()

    assert signed_in(person(role)).get(page(visit)).status_code == 403


def test_the_page_of_people_met_costs_a_known_number_of_queries(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    visit = an_inspection()
    client = signed_in(visit.inspector)
    for _worker in range(5):
        an_interview(visit)

    with django_assert_num_queries(MET_QUERIES):
        client.get(page(visit))


#: One of them asks whose tasks the person does today, and two write down who reads it.
MET_QUERIES = 15


# --- two versions ---


def seen_on(answer: Any) -> str:
    """What the page says in its main part, as it is read."""
    words = re.sub(r"<[^>]+>", "", answer.content.decode().split("<main", 1)[1])
    return html.unescape(" ".join(words.split()))


def test_two_versions_stand_side_by_side_and_one_is_chosen() -> None:
    device, item = a_conflict()
    client = signed_in(device.by)

    shown = seen_on(client.get(page(device.visit, "sent/")))
    assert NOT_MET["evidence"] in shown
    assert "Written at the desk." in shown
    assert client.post(page(device.visit, f"sent/{item.key}/"), {}).status_code == 422
    client.post(page(device.visit, f"sent/{item.key}/"), {"evidence": "sent"})

    assert device.visit.results.get(standard="2.1").evidence == NOT_MET["evidence"]
    assert "Chosen: What the device sent" in text_of(client.get(page(device.visit, "sent/")))


# --- devices ---


def test_a_lost_device_is_signed_out_on_a_page_and_then_told_to_forget() -> None:
    device = Device()
    standing = f"/staff/field/devices/{device.key}/standing/"
    assert Client().get(standing).status_code == 204

    client = signed_in(person("manager"))
    assert "Tablet 3" in text_of(client.get("/staff/field/devices/"))
    client.post(f"/staff/field/devices/{device.key}/sign-out/")

    assert Client().get(standing).status_code == 410
    assert Client().get(f"/staff/field/devices/{uuid.uuid4()}/standing/").status_code == 204
    assert "Signed out" in text_of(client.get("/staff/field/devices/"))


def test_an_inspector_sees_no_device_of_another() -> None:
    device, client = Device(), signed_in(person("inspector"))

    assert "Tablet 3" not in text_of(client.get("/staff/field/devices/"))
    assert client.post(f"/staff/field/devices/{device.key}/sign-out/").status_code == 404


def test_the_page_of_devices_costs_a_known_number_of_queries(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    visits = [an_inspection(), an_inspection(case="A-2222-2222")]
    for visit in visits:
        Device(visit)
    client = signed_in(person("manager"))

    with django_assert_num_queries(DEVICE_QUERIES):
        client.get("/staff/field/devices/")


DEVICE_QUERIES = 7


def test_without_scripts_the_app_says_what_it_needs_and_leads_to_the_ordinary_pages() -> None:
    page = signed_in(person("inspector")).get("/staff/field/").content.decode()

    shown = re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)
    assert "It needs a newer browser with scripts switched on." in shown
    assert 'href="/staff/inspections/"' in shown.split("<main", 1)[1]
    assert 'href="/staff/danger/"' in shown.split("<main", 1)[1]


# --- what the app fetches and sends ---


def take_along(client: Client, visit: Inspection, key: uuid.UUID) -> Any:
    asked = json.dumps({"device": str(key), "label": "Tablet 3", "visits": [visit.reference]})
    return client.post("/staff/field/take-along/", {"asked": asked})


def sent(visit: Inspection, device: uuid.UUID, **more: Any) -> dict[str, str]:
    item = {
        "device": str(device),
        "key": str(uuid.uuid4()),
        "sequence": 1,
        "visit": visit.reference,
        "part": "finding",
        "of": "2.1",
        "base": "",
        "content": NOT_MET,
        "written_at": NOW.isoformat(),
        **more,
    }
    return {"item": json.dumps(item)}


@pytest.fixture
def taken() -> tuple[Client, Inspection, uuid.UUID]:
    visit, key = an_inspection(), uuid.uuid4()
    client = signed_in(visit.inspector)
    assert take_along(client, visit, key).status_code == 200
    return client, visit, key


Taken = tuple[Client, Inspection, uuid.UUID]


def test_the_app_learns_who_has_signed_in_and_which_visits_there_are() -> None:
    visit = an_inspection()

    told = signed_in(visit.inspector).get("/staff/field/session/").json()

    assert told["who"] == visit.inspector.reference
    assert [one["reference"] for one in told["visits"]] == [visit.reference]


def test_the_app_takes_along_and_sends_and_hears_what_became_of_it(taken: Taken) -> None:
    client, visit, key = taken
    item = sent(visit, key)

    first, again = client.post("/staff/field/take/", item), client.post("/staff/field/take/", item)

    assert first.json()["outcome"] == "taken"
    assert again.json() == first.json()
    assert FieldItem.objects.count() == 1
    assert visit.results.get(standard="2.1").evidence == NOT_MET["evidence"]


def test_what_comes_too_soon_is_told_what_is_expected(taken: Taken) -> None:
    client, visit, key = taken

    answer = client.post("/staff/field/take/", sent(visit, key, sequence=3))

    assert (answer.status_code, answer.json()["codes"], answer.json()["expects"]) == (409, ["out_of_order"], 1)


@pytest.mark.parametrize(
    "wrong",
    [
        {"key": "7"},
        {"sequence": "1"},
        {"sequence": True},
        {"part": "secret"},
        {"of": "x" * 41},
        {"base": "x" * 65},
        {"content": []},
        {"content": {"evidence": "\u0000"}},
        {"content": {"evidence": "\ud800"}},
        {"content": {"evidence": float("nan")}},
        {"written_at": "2026-11-02T10:00:00"},
        {"written_at": "2026-13-02T10:00:00Z"},
    ],
)
def test_nonsense_is_malformed_and_nothing_is_kept(taken: Taken, wrong: dict[str, Any]) -> None:
    client, visit, key = taken

    assert client.post("/staff/field/take/", sent(visit, key, **wrong)).status_code == 400
    assert not FieldItem.objects.exists()


def test_nobody_sends_from_the_device_of_another(taken: Taken) -> None:
    _client, visit, key = taken

    assert signed_in(person("inspector")).post("/staff/field/take/", sent(visit, key)).status_code == 400


def test_a_device_that_was_signed_out_hears_so_from_everything(taken: Taken) -> None:
    client, visit, key = taken
    field.sign_out(FieldDevice.objects.get(), by=visit.inspector, at=NOW)

    assert client.post("/staff/field/take/", sent(visit, key)).status_code == 410
    assert take_along(client, visit, key).status_code == 410
    assert client.post("/staff/field/finish/", {"asked": json.dumps({"device": str(key)})}).status_code == 410


def test_whose_session_has_ended_is_led_to_the_sign_in_and_nothing_is_kept(taken: Taken) -> None:
    client, visit, key = taken
    client.logout()

    answer = client.post("/staff/field/take/", sent(visit, key))

    assert answer.status_code == 302
    assert not FieldItem.objects.exists()


def test_the_app_settles_and_finishes(taken: Taken) -> None:
    client, visit, key = taken
    interviews.note_indicator(visit, code="7", seen=True, evidence="At the desk.", by=visit.inspector, at=NOW)
    content = {"seen": True, "evidence": "On the tablet."}
    item = client.post("/staff/field/take/", sent(visit, key, part="indicator", of="7", content=content)).json()
    assert (item["outcome"], item["stood"]) == ("conflict", {"seen": True, "evidence": "At the desk."})

    settled = client.post("/staff/field/settle/", {"settles": json.dumps({"key": item["key"], "keep": "sent"})}).json()
    done = client.post("/staff/field/finish/", {"asked": json.dumps({"device": str(key)})})

    assert settled["settled"] == "sent"
    assert visit.seen_indicators.get().evidence == "On the tablet."
    assert done.status_code == 200
    assert FieldDevice.objects.get().copies.get().gone_at == NOW


def test_an_interview_from_a_device_is_one_of_those_typed_here() -> None:
    visit = an_inspection()
    an_interview(visit, language="uk")

    assert Interview.objects.get().answers == TOLD["answers"]
    assert "українська" in text_of(signed_in(visit.inspector).get(page(visit))).lower()
