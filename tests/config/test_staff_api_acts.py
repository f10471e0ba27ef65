"""What a program does by a key is what its person does on the page: the same act, refused in the same sentence."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import pytest

from licensing.appeals.models import Appeal
from licensing.cases.models import Note
from licensing.holding.models import Change
from registry.accounts.actions import keys
from registry.accounts.models import Scope, User
from registry.licences.models import Condition, Licence
from registry.licences.states import ConditionStatus
from tests import stories
from tests.compliance.stories import an_inspection
from tests.config.test_staff_api import EVERY, Program, a_program
from tests.conftest import NOW, SetClock
from tests.licensing.appeals.world import DECIDED, a_revocation_to_come, received
from tests.licensing.correspondence.world import a_file_entry
from tests.licensing.holding.transfers_world import FROM, a_transfer_agreed
from tests.licensing.holding.world import a_change
from tests.licensing.phoenix_matches.world import a_look_alike
from tests.licensing.stories import a_licence, a_refusal_proposed, a_suspension_proposed, day, decided, notified
from tests.people import person, signed_in
from tests.registry.stories import a_condition

pytestmark = pytest.mark.django_db

TOO_LATE = "something else has happened in the meantime"


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that can be done on a page and by a program: where, and what is typed and given."""

    page: str
    typed: dict[str, str]
    path: str
    body: dict[str, Any] = field(default_factory=dict)
    done: int = 200


def a_day(name: str, on: date) -> dict[str, str]:
    return {f"{name}_{part}": str(getattr(on, part)) for part in ("day", "month", "year")}


def answers(act: Act, by: User) -> dict[str, tuple[bool, str]]:
    """Of each face whether it was done, and everything that was said."""
    by_api = a_program(by).post(act.path, **act.body)
    by_page = signed_in(by).post(act.page, act.typed)
    told = " ".join(reason["text"] for reason in by_api.json().get("reasons", []))
    assert by_api.status_code in {200, 409}, by_api.content
    assert by_page.status_code in {302, 422}, by_page.content
    return {"api": (by_api.status_code == 200, told), "page": (by_page.status_code == 302, by_page.content.decode())}


def on_licence(licence: Licence, kind: str, typed: dict[str, str], **body: Any) -> Act:
    path = f"licences/{licence.number}/propose"
    page = f"/staff/licences/{licence.number}/propose/{kind}/"
    return Act(page, {"because": "So.", **typed}, path, {"kind": kind, "because": "So.", **body})


def on_condition(condition: Condition, kind: str, typed: dict[str, str], **body: Any) -> Act:
    of = f"licences/{condition.licence.number}/conditions/{condition.reference}/propose"
    page = f"/staff/{of}/{kind}/"
    return Act(page, {"because": "So.", **typed}, of, {"kind": kind, "because": "So.", **body})


GROUND = {"ground-0-standard": "3.1", "ground-0-text": "Eight to a room.", "ground-0-evidence": "Photographs."}
GIVEN = [{"standard": "3.1", "text": "Eight to a room.", "evidence": "Photographs."}]


def suspending() -> Act:
    typed = {**a_day("takes_effect", day(40)), **a_day("until", day(39)), **GROUND}
    return on_licence(a_licence(), "suspend", typed, takes_effect=str(day(40)), until=str(day(39)), grounds=GIVEN)


def revoking_in_the_past() -> Act:
    typed = {**a_day("takes_effect", day(-4)), **GROUND}
    return on_licence(a_licence(), "revoke", typed, takes_effect=str(day(-4)), grounds=GIVEN)


def lifting_what_is_not_suspended() -> Act:
    return on_licence(a_licence(), "lift", a_day("takes_effect", day(1)), takes_effect=str(day(1)))


def adding_a_condition_due_before_it_holds() -> Act:
    typed = {**a_day("takes_effect", day(60)), **a_day("due_on", day(50)), "standard": "3.1", "requirement": "Beds."}
    given = [{"standard": "3.1", "requirement": "Beds.", "due_on": str(day(50))}]
    typed |= GROUND
    return on_licence(a_licence(), "impose", typed, takes_effect=str(day(60)), conditions=given, grounds=GIVEN)


def discharging_what_nobody_has_seen() -> Act:
    return on_condition(a_condition(a_licence()), "discharge", {})


def giving_no_more_time() -> Act:
    condition = a_condition(a_licence())
    return on_condition(condition, "extend", a_day("due_on", condition.due_on), due_on=str(condition.due_on))


def giving_time_that_is_over() -> Act:
    condition = a_condition(a_licence())
    return on_condition(condition, "extend", a_day("due_on", day(-2)), due_on=str(day(-2)))


def failing_what_is_not_due() -> Act:
    condition = a_condition(a_licence())
    typed = {**GROUND, "ground-0-standard": condition.reference}
    given = [{**GIVEN[0], "standard": "", "condition": condition.reference}]
    return on_condition(condition, "fail", typed, grounds=given)


def refusing_a_change_that_is_over() -> Act:
    change = a_change()
    Program(keys.make(name="x", scopes=EVERY, days=1, by=person("case_officer"), at=NOW).secret).post(
        f"changes/{change.reference}/refuse", because="No."
    )
    return Act(
        f"/staff/changes/{change.reference}/refuse/",
        {"because": "No."},
        f"changes/{change.reference}/refuse",
        {"because": "No."},
    )


def acknowledging_before_it_came() -> Act:
    appeal = received()
    tomorrow = day(40)
    of = f"appeals/{appeal.reference}/acknowledge"
    return Act(f"/staff/{of}/", a_day("copied_on", tomorrow), of, {"copied_on": str(tomorrow)})


def passing_on_what_is_suspended() -> Act:
    transfer = a_transfer_agreed()
    decided(notified(a_suspension_proposed(transfer.licence)))
    typed = a_day("takes_effect", FROM)
    act = on_licence(transfer.licence, "allow_transfer", typed, takes_effect=str(FROM))
    return replace(act, page=act.page.replace("allow_transfer", "consent-to-transfer"))


def notifying_twice() -> Act:
    decision = notified(a_refusal_proposed())
    of = f"decisions/{decision.reference}/notify"
    return Act(f"/staff/{of}/", {}, of)


def dropping_without_a_reason() -> Act:
    decision = a_refusal_proposed()
    of = f"decisions/{decision.reference}/drop"
    return Act(f"/staff/{of}/", {"because": "x", "sent": "1"}, of, {"because": "x"})


@pytest.mark.parametrize(
    ("story", "said"),
    [
        (suspending, "The suspension would end before it starts."),
        (revoking_in_the_past, "past"),
        (lifting_what_is_not_suspended, "not suspended"),
        (adding_a_condition_due_before_it_holds, "A condition is due after the day from which it holds."),
        (discharging_what_nobody_has_seen, "The condition has not been checked"),
        (giving_no_more_time, "The new date must be later than the present one."),
        (giving_time_that_is_over, "The new day must be after today."),
        (failing_what_is_not_due, "The condition is not due yet."),
        (refusing_a_change_that_is_over, TOO_LATE),
        (acknowledging_before_it_came, "future"),
        (passing_on_what_is_suspended, "It can pass on from the day after"),
        (notifying_twice, TOO_LATE),
    ],
)
def test_page_and_program_are_refused_in_the_same_words(
    story: Callable[[], Act], said: str, set_clock: SetClock
) -> None:
    act = story()
    if "/appeals/" in act.page:
        set_clock(DECIDED)

    found = answers(act, person("case_officer"))

    for face, (done, words) in found.items():
        assert not done and said in words, (face, words[-3000:])


# --- what is done


@pytest.fixture
def officer() -> User:
    return person("case_officer")


@pytest.fixture
def program(officer: User) -> Program:
    return a_program(officer)


def test_a_condition_goes_its_whole_way_by_a_program(program: Program, set_clock: SetClock) -> None:
    condition = a_condition(a_licence())
    of = f"licences/{condition.licence.number}/conditions/{condition.reference}"

    assert program.post(f"{of}/check", is_met=True, text="The lease.").json()["status"] == "open"
    proposed = program.post(f"{of}/propose", kind="discharge", because="It is met.").json()
    assert (proposed["kind"], proposed["about"]) == ("discharge", condition.licence.number)

    decider = person("decision_maker")
    made = keys.make(name="Decides", scopes=[Scope.DECIDE, Scope.READ], days=30, by=decider, at=NOW)
    keys.step_up(made.key, by=decider, at=NOW)
    decides = Program(made.secret)
    answer = decides.post(f"decisions/{proposed['reference']}/decide", because="It is met.", from_day=None)
    assert answer.status_code == 200, answer.content
    condition.refresh_from_db()
    assert condition.status == ConditionStatus.DISCHARGED
    (row,) = decides.get("conditions?status=discharged").json()["items"]
    assert (row["reference"], row["proposed_by"]) == (condition.reference, None)


def test_a_revocation_is_proposed_supplemented_and_dropped_by_a_program(program: Program) -> None:
    licence = a_licence()
    offered = program.get(f"licences/{licence.number}/evidence").json()
    assert {
        "code": "3.1",
        "title": offered["standards"][[one["code"] for one in offered["standards"]].index("3.1")]["title"],
    } in offered["standards"]

    proposed = program.post(
        f"licences/{licence.number}/propose",
        kind="revoke",
        because="Workers are in danger.",
        immediate=True,
        immediate_because="Workers would go unpaid for weeks.",
        takes_effect=str(day(0)),
        grounds=GIVEN,
    ).json()
    of = f"decisions/{proposed['reference']}"
    assert program.post(f"{of}/supplement", grounds=[{**GIVEN[0], "standard": "1.1"}]).json()["status"] == "proposed"
    file = program.get(of).json()
    assert [one["text"] for one in file["grounds"]] == ["Eight to a room.", "Eight to a room."]
    assert file["grounds"][0]["exhibits"][0]["text"] == "Photographs."
    assert program.post(f"{of}/notify").json()["status"] == "notified"
    assert program.post(f"{of}/drop", because="Another licence was meant.").json()["status"] == "dropped"
    assert program.get(f"licences/{licence.number}").json()["decisions"][0]["status"] == "dropped"


def test_an_appeal_goes_its_way_by_a_program_and_another_person_carries_it_out(set_clock: SetClock) -> None:
    decision = a_revocation_to_come()
    set_clock(DECIDED)
    on = DECIDED.date().isoformat()
    officer = person("case_officer")
    program = Program(keys.make(name="Appeals", scopes=EVERY, days=30, by=officer, at=DECIDED).secret)

    told = program.post(f"decisions/{decision.reference}/appeal", received_on=on, grounds="Another house.").json()
    of = f"appeals/{told['reference']}"
    assert program.post(f"{of}/acknowledge", copied_on=on).json()["status"] == "acknowledged"
    assert program.post(f"{of}/reply", replied_on=on, reply_text="It is the house.").json()["status"] == "with_tribunal"
    assert program.post(f"{of}/fix-hearing", on_paper=True).json()["status"] == "listed"
    end = {"outcome": "dismissed", "ended_on": on, "effect_on": on, "outcome_because": "The evidence."}
    assert program.post(f"{of}/determine", **end).json()["status"] == "ended"
    file = program.get(of).json()
    assert (file["outcome"], file["grounds"]) == ("dismissed", "Another house.")
    assert "revoked" in file["follows"]

    assert program.post(f"{of}/carry-out").status_code == 403
    decider = person("decision_maker")
    made = keys.make(name="Decides", scopes=[Scope.DECIDE], days=30, by=decider, at=DECIDED)
    refused = Program(made.secret).post(f"{of}/carry-out")
    assert [one["code"] for one in refused.json()["reasons"]] == ["step_up"]
    keys.step_up(made.key, by=decider, at=DECIDED)
    refused = Program(made.secret).post(f"{of}/carry-out")
    assert [one["code"] for one in refused.json()["reasons"]] == ["no_document"]
    a_file_entry(Appeal.objects.get(), kind="tribunal", at=DECIDED)
    assert Program(made.secret).post(f"{of}/carry-out").status_code == 200
    assert Appeal.objects.get().closed_by == decider


@pytest.mark.parametrize(
    ("kind", "step", "status"), [("address", "accept", "accepted"), ("address", "refuse", "refused")]
)
def test_a_change_is_read_and_answered_by_a_program(program: Program, kind: str, step: str, status: str) -> None:
    change = a_change(kind)
    (row,) = program.get("changes").json()["items"]
    file = program.get(f"changes/{row['reference']}").json()
    assert "4 Quay Street" in " ".join(one["answer"] for one in file["told"])
    assert step in {move["name"] for move in file["moves"]}

    answer = program.post(f"changes/{row['reference']}/{step}", because="It is not theirs.")

    assert answer.status_code == 200, answer.content
    assert Change.objects.get(pk=change.pk).status == status


def test_a_case_is_begun_noted_and_sent_for_inspection_by_a_program(program: Program) -> None:
    case = stories.an_application_paid()
    inspector = person("inspector")
    of = f"applications/{case.reference}"

    assert program.post(f"{of}/begin-assessment").json()["status"] == "assessing"
    assert program.post(f"{of}/notes", text="Asked twice.").json()["text"] == "Asked twice."
    assert Note.objects.get().application == case
    assert program.post(f"{of}/messages", text="Please call us.").status_code == 200
    assert inspector.reference in {one["reference"] for one in program.get("inspectors").json()}
    sent = program.post(
        f"{of}/commission-inspection", brief="The house.", inspector=inspector.reference, due_on=str(day(30))
    )
    assert sent.json()["status"] == "commissioned", sent.content
    (row,) = program.get("inspections").json()["items"]
    assert (row["case"], row["inspector"]["reference"]) == (case.reference, inspector.reference)
    assert program.get(of).json()["notes"][0]["text"] == "Asked twice."


def test_a_reason_to_inspect_is_set_aside_and_counts_again_by_a_program(program: Program) -> None:
    case = stories.an_application_being_assessed(accommodation=True, transport=True)
    of = f"applications/{case.reference}"
    (reason,) = program.get(of).json()["triggers"]
    assert (reason["code"], len(reason["because_of"]), reason["records"]) == ("housing_and_transport", 2, [])

    waived = program.post(f"{of}/triggers/{reason['code']}/waive", because="Visited in May, and nothing has changed.")
    assert waived.json()["waived_because"] == "Visited in May, and nothing has changed."

    assert program.post(f"{of}/triggers/{reason['code']}/take-back").json()["reference"] == case.reference
    assert program.get(of).json()["triggers"][0]["waived_because"] == ""
    assert program.post(f"{of}/triggers/{reason['code']}/take-back").status_code == 404


def test_an_inspection_is_given_to_another_and_called_off_by_a_program(program: Program) -> None:
    inspection, another = an_inspection(), person("inspector")
    of = f"inspections/{inspection.reference}"

    assert program.post(f"{of}/reassign", inspector=another.reference, because="Ill.").status_code == 200
    inspection.refresh_from_db()
    assert inspection.inspector == another
    assert program.post(f"{of}/call-off", because="Withdrawn.").json()["status"] == "called_off"


def test_many_cases_are_given_at_once_and_what_was_left_says_why() -> None:
    case, closed = stories.an_application_submitted(), a_licence().applications.get()
    officer = person("case_officer")

    answer = a_program(person("manager")).post(
        "assign", applications=[case.reference, closed.reference, "A-0000-0000"], case_officer=officer.reference
    )

    assert answer.status_code == 200, answer.content
    assert answer.json()["given"] == [case.reference]
    assert {one["reference"] for one in answer.json()["left"]} == {closed.reference, "A-0000-0000"}


def test_a_look_alike_shows_its_evidence_to_a_program(program: Program) -> None:
    found = a_look_alike()

    file = program.get(f"look-alikes/{found.reference}").json()

    assert sum(one["points"] for one in file["signals"]) >= file["points"] > 0
    assert file["records"]
    assert {move["name"] for move in file["moves"]} == {"confirm", "dismiss"}


def test_every_list_is_searched_by_number_name_person_postcode_and_telephone(set_clock: SetClock) -> None:
    licence = a_licence()
    organisation = licence.organisation
    a_condition(licence)
    a_change(licence=licence)
    an_inspection(organisation=organisation, case="", licence_number=licence.number)
    received(a_revocation_to_come(licence=licence))
    set_clock(DECIDED)
    program = Program(keys.make(name="Lists", scopes=EVERY, days=30, by=person("case_officer"), at=DECIDED).secret)
    director = organisation.roles.filter(until=None, person__isnull=False).order_by("pk")[0].person
    assert director

    lists = [
        "applications",
        "licences",
        "changes",
        "appeals",
        "conditions",
        "inspections",
        "checks",
        "organisations",
        "decisions",
    ]
    for path in lists:
        for typed in (
            licence.number,
            organisation.legal_name,
            director.full_name,
            organisation.address["postcode"],
            organisation.telephone,
        ):
            assert program.get(f"{path}?q={typed}").json()["items"], (path, typed)
        assert program.get(f"{path}?q=Quuxington Zyzzyva").json()["items"] == [], path
