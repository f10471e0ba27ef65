"""What old registers are like: cells that are empty, letters that an export lost, headings and codes of their own, licences that
overlap, and the same business twice. None of it loses a holder who is licensed, and none of it is guessed."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError
from django.test import Client

from registry.accounts.models import User
from registry.licences.models import Licence
from registry.organisations.models import Organisation, Person
from registry.take_overs.models import TakeOver, TakeOverQuestion
from registry.take_overs.queries import take_overs as queries
from registry.take_overs.states import QuestionKind
from registry.tasks import jobs
from registry.tasks import queries as tasks
from registry.tasks.following import new_task
from registry.tasks.models import Task
from registry.trail.models.events import Event
from registry.trail.queries import agreement, chain
from registry.waits import Wait
from tests.conftest import NOW
from tests.people import person, signed_in
from tests.registry.take_overs import world
from tests.registry.take_overs.test_import_licences import said

pytestmark = pytest.mark.django_db

OLD, NEW = "OLD/2006-17", "OLD/2015-18"


@pytest.fixture
def officer() -> User:
    return person("manager")


def firms(how_many: int, **particulars: Any) -> world.Rows:
    """So many licensed firms without an email address."""
    rows: world.Rows = {"holders": [], "people": [], "licences": [], "standings": []}
    for nth in range(1, how_many + 1):
        for table, found in world.a_firm(nth, holder=f"H{nth}").items():
            rows[table] += found
        rows["holders"][-1] |= {"legal_name": f"Harvest Hands {nth} Ltd", **particulars}
    return rows


def with_a_second_licence(valid_from: str, valid_until: str, **first: Any) -> world.Rows:
    """The firm of 2006 to 2027, and another licence of it on these days."""
    rows = world.a_firm(**first)
    term = {"term_from": valid_from, "term_until": valid_until}
    then = [{"first_day": valid_from, "standing": "licensed"}]
    if valid_until < NOW.date().isoformat():
        then.append({"first_day": date.fromisoformat(valid_until).replace(day=30).isoformat(), "standing": "expired"})
    rows["licences"].append(
        {
            **world.a_firm()["licences"][0],
            "licence_number": NEW,
            "granted_on": valid_from,
            "valid_from": valid_from,
            "valid_until": valid_until,
        }
    )
    rows["standings"] += [{"licence_number": NEW, **term, **row} for row in then]
    return rows


def asked(kind: QuestionKind) -> list[TakeOverQuestion]:
    return list(TakeOverQuestion.objects.filter(kind=kind).select_related("organisation").order_by("pk"))


def standing(number: str, at: str = "") -> str:
    compact = "".join(filter(str.isalnum, number))
    return str(Client().get(f"/api/v1/register/{compact}", {"at": at}).json()["standing"])


# --- faults


def test_an_empty_number_is_a_fault_with_its_file_row_and_field(tmp_path: Path) -> None:
    rows = firms(2)
    rows["licences"][0]["licence_number"] = rows["standings"][0]["licence_number"] = ""

    output = said(world.written(tmp_path, rows), "--dry-run")

    assert "licences.csv row 2, licence_number: The cell is empty. Fill it in." in output
    assert "standings.csv row 2, licence_number: The cell is empty. Fill it in." in output
    assert "2 holders: 1 added, 0 changed, 0 unchanged, 1 refused." in output


def test_faults_are_counted_by_kind_before_each_is_said(tmp_path: Path) -> None:
    rows = firms(5)
    for nth, row in enumerate(rows["licences"][:3]):
        row["valid_until"] = f"3{nth}th of May"
    rows["licences"][4]["sectors"] = "moon"

    lines = said(world.written(tmp_path, rows), "--dry-run").splitlines()

    kinds = ["3 × licences.csv, valid_until: Enter a real date like ….", "1 × licences.csv, sectors: … is no code"]
    places = [next(nth for nth, line in enumerate(lines) if line.startswith(kind)) for kind in kinds]
    first = next(nth for nth, line in enumerate(lines) if line.startswith("licences.csv row 2, valid_until"))
    assert places == sorted(places) and places[-1] < first
    assert "4 faults." in lines


def test_a_field_that_the_public_never_reads_is_left_out_and_keeps_no_firm_out(tmp_path: Path, officer: User) -> None:
    rows = world.a_firm()
    rows["people"][0]["date_of_birth"] = "2065-01-01"

    output = said(world.written(tmp_path, rows), "--by", officer.email)

    assert "people.csv row 2, date_of_birth: Enter a day of birth in the past." in output
    assert standing(OLD) == "licensed"
    assert Person.objects.get().date_of_birth is None
    assert [one.organisation for one in asked(QuestionKind.LEFT_OUT)] == [Organisation.objects.get()]
    report = [*queries.report_rows(TakeOver.objects.get())]
    assert ("refused", "people.csv row 2", "date_of_birth", "Enter a day of birth in the past.", "") in report
    assert ("kind", "people.csv, date_of_birth: Enter a day of birth in the past.", 1, "", "") in report


# --- headings, codes and dates of their own


def test_headings_codes_and_dates_of_an_old_register_are_named_in_the_manifest(tmp_path: Path, officer: User) -> None:
    rows = world.a_firm()
    rows["holders"] = [{"Firm No": "H1", "Firm  name": "Harvest Hands Ltd", "Remarks": "Nice people."}]
    rows["licences"][0] |= {"status": "Live", "granted_on": "20 Apr 2006", "valid_from": "01/05/2006"}
    rows["standings"][0] |= {"standing": "Live", "first_day": "1 May 2006", "term_until": "30.04.2027"}
    says = world.manifest().replace(
        'dates = "YYYY-MM-DD"', 'dates = ["YYYY-MM-DD", "DD/MM/YYYY", "DD.MM.YYYY", "DD Mon YYYY"]'
    )
    says += (
        '[columns.holders]\n"firm no" = "holder"\n"Firm name" = "legal_name"\n"Remarks" = "-"\n'
        '[codes.status]\n"LIVE" = "active"\n[codes.standing]\n"Live" = "licensed"\n[codes.status_from]\n"n/a" = ""\n'
    )
    rows["licences"][0]["status_from"] = "N/A"

    said(world.written(tmp_path, rows, says=says), "--by", officer.email)

    licence = Licence.objects.get()
    assert (licence.organisation.legal_name, licence.valid_from) == ("Harvest Hands Ltd", date(2006, 5, 1))
    assert standing(OLD, "2006-05-01") == standing(OLD) == "licensed"


@pytest.mark.parametrize(
    "says",
    [
        '[columns.moon]\n"a" = "b"\n',
        '[codes.moon]\n"a" = "b"\n',
        '[columns]\nholders = "holder"\n',
    ],
)
def test_a_manifest_that_speaks_of_something_else_is_refused_by_its_name(tmp_path: Path, says: str) -> None:
    with pytest.raises(CommandError, match="must say authority"):
        said(world.written(tmp_path, world.a_firm(), says=world.manifest() + says), "--dry-run")


def test_a_form_of_dates_that_could_be_read_in_two_ways_is_not_taken(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="MM/DD/YYYY"):
        said(world.written(tmp_path, world.a_firm(), says=world.manifest("MM/DD/YYYY")), "--dry-run")


# --- what a person is asked


@pytest.mark.parametrize("name", ["?ahin Farm Services Ltd", "\N{REPLACEMENT CHARACTER}ahin Farm Services Ltd"])
def test_a_name_that_lost_letters_is_a_question(tmp_path: Path, officer: User, name: str) -> None:
    rows = world.a_firm()
    rows["holders"][0]["legal_name"] = name

    output = said(world.written(tmp_path, rows), "--by", officer.email)

    assert f"1 names may have lost letters, such as “{name}”." in output
    assert [one.organisation.legal_name for one in asked(QuestionKind.LOST_LETTERS)] == [name]


def test_the_same_business_twice_without_a_company_number_is_one_question(tmp_path: Path, officer: User) -> None:
    where = {"line_1": "1 Mill Lane", "town": "Boston", "postcode": "PE21 6EH", "company_number": ""}
    rows = firms(4, **where)
    for row, name in zip(rows["holders"], ("Fern Crew", "FERN CREW", "Alder Field", "Birch Team"), strict=True):
        row["legal_name"] = name

    said(world.written(tmp_path, rows), "--by", officer.email)

    (question,) = asked(QuestionKind.LOOKS_ALIKE)
    assert question.other is not None
    assert (question.organisation.legal_name, question.other.legal_name) == ("FERN CREW", "Fern Crew")


# --- licences that overlap


def test_the_later_of_two_licences_that_overlap_takes_the_place_of_the_earlier(tmp_path: Path, officer: User) -> None:
    said(world.written(tmp_path, with_a_second_licence("2026-10-01", "2028-09-30")), "--by", officer.email)

    first, second = Licence.objects.order_by("valid_from")
    assert (first.status, first.ended_from, second.status) == ("ended", date(2026, 10, 1), "active")
    assert [standing(OLD, day) for day in ("2010-05-01", "2026-09-30", "2026-10-01", "")] == [
        *("suspended", "licensed", "licensed", "licensed")
    ]
    assert len(asked(QuestionKind.LEFT_OUT)) == 1
    assert ["began before this one was over" in fault[3] for fault in TakeOver.objects.get().refused] == [True]
    assert list(chain.faults()) == []
    assert [fault for fault in agreement.faults() if "role" not in fault] == []


def test_a_licence_within_another_is_left_out_and_counted(tmp_path: Path, officer: User) -> None:
    said(world.written(tmp_path, with_a_second_licence("2015-01-01", "2015-06-29")), "--by", officer.email)

    assert Licence.objects.count() == 1 and standing(OLD) == standing(OLD, "2015-03-01") == "licensed"
    assert len(asked(QuestionKind.LEFT_OUT)) == 1
    (counted,) = (one for one in queries.comparisons(TakeOver.objects.get()) if one.what == "licences: active")
    assert (counted.given, counted.held) == (2, 1)


def test_where_one_of_the_two_was_taken_away_the_files_must_say_which_holds(tmp_path: Path) -> None:
    rows = with_a_second_licence("2026-10-01", "2028-09-30", status="revoked", status_from="2026-10-20")
    rows["standings"].insert(
        3, {**rows["standings"][2], "first_day": "2026-10-20", "standing": "revoked", "suspended_until": ""}
    )

    output = said(world.written(tmp_path, rows), "--dry-run")

    assert "one of the two was taken away. Say which holds." in output
    assert "1 holders: 0 added, 0 changed, 0 unchanged, 1 refused." in output


# --- day one


def test_what_many_lack_is_one_task_with_a_list_and_settled_at_once(tmp_path: Path, officer: User) -> None:
    rows = firms(6)
    rows["people"] = rows["people"][:2]
    said(world.written(tmp_path, rows), "--by", officer.email)
    lacking = (asked(QuestionKind.NO_EMAIL), asked(QuestionKind.NO_PRINCIPAL))
    assert [len(some) for some in lacking] == [6, 4]
    (task,) = Task.objects.filter(kind__startswith="takeover", open_key__isnull=False)
    assert task.owner == officer

    desk = signed_in(officer)
    page = desk.get(task.address).content.decode()
    assert all(one.reference in page for some in lacking for one in some)
    for some, more in ((lacking[0], {"and_all": "on"}), (lacking[1], {})):
        assert Task.objects.filter(pk=task.pk, open_key__isnull=False).exists()
        address = f"/staff/take-overs/questions/{some[0].reference}/settle/"
        assert "every other business of this register" in desk.get(address).content.decode()
        desk.post(address, {"found": "We write to all of them on Monday.", **more})

    assert [len(asked(kind)) for kind in (QuestionKind.NO_EMAIL, QuestionKind.NO_PRINCIPAL)] == [6, 4]
    still_open = TakeOverQuestion.objects.filter(status="question_open")
    assert {one.kind for one in still_open} == {"no_principal"} and len(still_open) == 3
    address = f"/staff/take-overs/questions/{still_open[0].reference}/settle/"
    desk.post(address, {"found": "They name one when they renew.", "and_all": "on"})
    assert not TakeOverQuestion.objects.filter(status="question_open").exists()
    assert not Task.objects.filter(kind__startswith="takeover", open_key__isnull=False).exists()


def test_what_is_of_one_business_is_a_task_of_its_own_and_not_settled_with_others(
    tmp_path: Path, officer: User
) -> None:
    rows = firms(2, email="office@firm.example")
    for row in rows["holders"]:
        row["legal_name"] = f"?{row['legal_name']}"
    said(world.written(tmp_path, rows), "--by", officer.email)
    first, second = asked(QuestionKind.LOST_LETTERS)

    desk = signed_in(officer)
    desk.post(f"/staff/take-overs/questions/{first.reference}/settle/", {"found": "It is Şahin.", "and_all": "on"})

    second.refresh_from_db()
    assert second.status == "question_open"
    open_tasks = Task.objects.filter(reference=second.reference, open_key__isnull=False)
    assert open_tasks.count() == 1


def test_the_tasks_of_a_register_taken_over_by_an_older_version_become_one(tmp_path: Path, officer: User) -> None:
    said(world.written(tmp_path, firms(3)), "--by", officer.email)
    (one,) = Task.objects.filter(kind="takeover.complete")
    (wait,) = (wait for wait in TakeOverQuestion.lifecycle.waits if isinstance(wait, Wait))
    each = asked(QuestionKind.NO_EMAIL)
    Task.objects.bulk_create(new_task(question, wait, Event.objects.latest("number")) for question in each)
    one.delete()

    jobs.open_missing(at=NOW)

    assert [task.kind for task in Task.objects.filter(kind__startswith="takeover", done_at=None)] == [
        "takeover.complete"
    ]
    assert Task.objects.filter(kind="takeoverquestion.settle").exclude(done_at=None).count() == len(each) == 3
    assert [fault for fault in tasks.faults(NOW) if "takeover" in fault] == []
