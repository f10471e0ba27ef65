"""Many vehicles or places at once from a table: read, shown with what is wrong in which row, and added when confirmed."""

import csv
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from licensing.applications.models import Application
from tests.people import signed_in
from tests.registry.table_reader.workbooks import workbook
from tests.stories import a_profile, an_application, an_application_answered, holder_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def draft() -> Application:
    facts = a_profile(transport=True, accommodation=True)
    return an_application_answered(an_application(), profile=facts, evidence=False)


@pytest.fixture
def client(draft: Application) -> Client:
    return signed_in(holder_of(draft.organisation))


def upload(draft: Application, page: str) -> str:
    return f"/apply/{draft.reference}/{page}/upload/"


def headings(client: Client, draft: Application, page: str) -> list[str]:
    template = client.get(f"{upload(draft, page)}template/").getvalue().decode("utf-8-sig")
    return next(csv.reader(StringIO(template)))


def kept(draft: Application, page: str) -> list[dict[str, object]]:
    return list(draft.answers.filter(page=page).order_by("pk").values_list("data", flat=True))


def test_a_workbook_of_vehicles_is_shown_first_and_added_when_confirmed(client: Client, draft: Application) -> None:
    before, columns = kept(draft, "vehicles"), headings(client, draft, "vehicles")
    owner = client.get(upload(draft, "vehicles")).context["columns"][2].choices[0][1]
    rows = [columns, ["CD34 EFG", "8", owner], ["gh56ijk", "16", owner.upper()]]
    file = SimpleUploadedFile("vehicles.xlsx", workbook([row + [""] * (len(columns) - len(row)) for row in rows]))

    shown = client.post(upload(draft, "vehicles"), {"file": file})

    assert kept(draft, "vehicles") == before
    assert [row.faults for row in shown.context["rows"]] == [(), ()]
    done = client.post(upload(draft, "vehicles"), {"text": shown.context["text"], "confirm": "yes"}, follow=True)
    assert [one["registration"] for one in kept(draft, "vehicles")[len(before) :]] == ["CD34 EFG", "GH56 IJK"]
    assert "2 added to the list." in done.content.decode()


def test_each_row_says_what_is_wrong_and_nothing_of_the_table_is_added(client: Client, draft: Application) -> None:
    name, line, *_rest = columns = headings(client, draft, "premises")
    places = {name: ["Hostel", "Hostel", "Barn"], line: ["1 Lane", "1 Lane", ""]}
    rows = [[places.get(column, ["", "", ""])[number] for column in columns] for number in range(3)]
    text = "\n".join("\t".join(row) for row in [columns, *rows])

    shown = client.post(upload(draft, "premises"), {"text": text, "confirm": "yes"})

    first, second, third = shown.context["rows"]
    assert any("town" in fault for fault in first.faults)
    assert "“Hostel” is on the list already." in second.faults
    assert third.number == 4
    assert not draft.answers.filter(page="premises", data__premises_name="Hostel").exists()


def test_an_unknown_heading_is_named_and_people_come_by_no_table(client: Client, draft: Application) -> None:
    shown = client.post(upload(draft, "vehicles"), {"text": "Colour\tSeats\nred\t8"})

    assert shown.status_code == 422
    assert "The heading “Colour” is not one of those that we ask for." in shown.content.decode()
    assert client.get(upload(draft, "directors")).headers["Location"].endswith("/directors/")


def test_what_is_confirmed_is_what_was_shown_whatever_quotation_marks_it_holds(
    client: Client, draft: Application
) -> None:
    columns = headings(client, draft, "premises")
    rows = [columns, ['"Y Bont" Hostel', "1 Lane", "", "Boston", "", "PE21 6EH", "England", '"Us', "8", "hmo"]]
    file = SimpleUploadedFile("places.xlsx", workbook(rows))
    shown = client.post(upload(draft, "premises"), {"file": file})
    assert [row.faults for row in shown.context["rows"]] == [()]

    client.post(upload(draft, "premises"), {"text": shown.context["text"], "confirm": "yes"})

    added = kept(draft, "premises")[-1]
    assert (added["premises_name"], added["premises_owner"]) == ('"Y Bont" Hostel', '"Us')


def test_what_is_too_long_is_a_fault_and_not_cut(client: Client, draft: Application) -> None:
    columns = headings(client, draft, "vehicles")
    row = ["CD34 EFG", "8", "own", "9" * 500]

    shown = client.post(upload(draft, "vehicles"), {"text": "\n".join("\t".join(one) for one in (columns, row))})

    assert [len(one.faults) for one in shown.context["rows"]] == [1]


def test_a_template_that_was_downloaded_in_the_other_language_is_read_too(client: Client, draft: Application) -> None:
    columns = headings(client, draft, "vehicles")
    rows = [columns, ["CD34 EFG", "8", "Hired", ""]]

    shown = client.post(f"/cy{upload(draft, 'vehicles')}", {"text": "\n".join("\t".join(row) for row in rows)})

    assert [one.faults for one in shown.context["rows"]] == [()]
    twice = {"text": "\t".join([*columns, "Rhif cofrestru"]) + "\nCD34 EFG\t8\tHired\t\tX"}
    assert client.post(upload(draft, "vehicles"), twice).status_code == 422
