"""`manage.py import_licences`: what another authority's files say comes in once, whole, and is never shown as witnessed by us."""

from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from public_lookup.bulk_checks import actions as bulk_checks
from public_lookup.bulk_checks.queries import lists, matching
from public_lookup.bulk_checks.states import UploadedColumn
from public_lookup.follows.forms.follows import What
from registry import jobs
from registry.accounts.models import User
from registry.documents.models import Document
from registry.imports.models import Import
from registry.licences.models import Licence
from registry.organisations import actions as organisations
from registry.organisations.models import Organisation
from registry.register import queries as register_queries
from registry.register.models import Entry
from registry.take_overs.actions import holders
from registry.take_overs.models import TakeOver
from registry.take_overs.queries import take_overs as queries
from registry.trail.queries import agreement, chain
from tests.conftest import NOW
from tests.people import person, signed_in
from tests.public_lookup.receipts.world import a_proof
from tests.registry.take_overs import world

pytestmark = pytest.mark.django_db

TODAY = NOW.date()


@pytest.fixture
def officer() -> User:
    return person("manager")


def said(path: Path, *options: str) -> str:
    out = StringIO()
    call_command("import_licences", str(path), *options, stdout=out)
    return out.getvalue()


def test_a_dry_run_says_every_fault_with_its_row_and_field_and_writes_nothing(tmp_path: Path) -> None:
    rows = world.a_firm(valid_until="31/12/2027", sectors="moon")
    rows["holders"].append({"holder": "H2", "legal_name": "", "company_number": "12"})
    rows["people"].append({"holder": "H9", "role": "king", "full_name": "X", "since": "2006-05-01"})
    rows["standings"][2]["standing"] = "revoked"

    output = said(world.written(tmp_path, rows, encoding="cp1252"), "--dry-run")

    for line in (
        "licences.csv row 2, valid_until: Enter a real date like 2026-03-27.",
        "licences.csv row 2, sectors: “moon” is no code of the scheme.",
        "holders.csv row 3, legal_name: The cell is empty. Fill it in.",
        "people.csv row 3, holder: holders.csv has no such holder.",
        "people.csv row 3, role: Enter one of:",
        "2 holders: 0 added, 0 changed, 0 unchanged, 2 refused.",
    ):
        assert line in output
    assert not Import.objects.exists()
    assert not Organisation.objects.exists()


def test_standings_must_agree_with_their_days_and_with_the_licence(tmp_path: Path) -> None:
    rows = world.a_firm()
    rows["standings"][0]["term_until"] = "2007-04-30"
    assert "standings.csv row 2, standing: By these days it was “expired” on 2010-04-30." in said(
        world.written(tmp_path, rows), "--dry-run"
    )

    rows = world.a_firm(status="revoked", status_from="2020-01-01")
    assert "The last standing is “licensed”, and licences.csv and conditions.csv say “revoked” today." in said(
        world.written(tmp_path, rows), "--dry-run"
    )


def test_a_past_day_answers_from_what_was_taken_over_and_says_from_whom(tmp_path: Path, officer: User) -> None:
    rows = world.a_firm()
    rows["licences"][0]["granted_on"] = rows["licences"][0]["granted_on"].replace("2006-04-20", "20/04/2006")
    for table, names in {
        "licences": ("valid_from", "valid_until"),
        "people": ("since",),
        "standings": ("first_day", "term_from", "term_until", "suspended_until"),
    }.items():
        for row in rows[table]:
            row.update({name: "/".join(reversed(row[name].split("-"))) for name in names if row.get(name)})

    said(world.written(tmp_path, rows, says=world.manifest("DD/MM/YYYY")), "--by", officer.email)

    licence = Licence.objects.get()
    api = Client()
    assert [
        api.get(f"/api/v1/register/{number}", {"at": day}).json()["standing"]
        for number in (licence.number, "OLD/2006-17".replace("/", "").replace("-", ""))
        for day in ("2010-04-30", "2010-05-01", "2010-06-01", "")
    ] == ["licensed", "suspended", "licensed", "licensed"] * 2
    then, now = (api.get(f"/api/v1/register/{licence.number}", {"at": day}).json() for day in ("2010-05-01", ""))
    mark = {"taken_over_from": world.AUTHORITY, "taken_over_on": TODAY.isoformat()}
    assert [{name: one[name] for name in (*mark, "published_by_us")} for one in (then, now)] == [
        {**mark, "published_by_us": False},
        {**mark, "published_by_us": True},
    ]
    assert api.get(f"/api/v1/register/{licence.number}", {"at": "2006-04-30"}).status_code == 404
    page = api.get(f"/check/{licence.number}/", {"at": "2010-05-01"}).content.decode()
    assert f"We did not publish this at the time: {world.AUTHORITY} told us" in page
    proof = a_proof(api, licence.number, at="2010-05-01")
    assert proof.record["answered"]["published_by_us"] is False
    told = f"We did not publish this at the time: {world.AUTHORITY} told us on 2 November 2026."
    assert told in api.get(f"/verify/{proof.number}/").content.decode()
    assert f"{world.AUTHORITY} says" in api.get(f"/check/{licence.number}/").content.decode()
    assert list(register_queries.faults()) == []
    assert list(chain.faults()) == []
    assert [fault for fault in agreement.faults() if "role" not in fault] == []


def test_new_numbers_never_collide_with_those_that_were_taken_over(tmp_path: Path, officer: User) -> None:
    rows = world.a_firm()
    for row in (*rows["licences"], *rows["standings"]):
        row["licence_number"] = "HARV0042"
    said(world.written(tmp_path / "one", rows), "--by", officer.email)
    other = world.a_firm()
    other["holders"][0] |= {"holder": "H2", "company_number": "07654321"}
    other["people"][0]["holder"] = other["licences"][0]["holder"] = "H2"

    said(world.written(tmp_path / "two", other), "--by", officer.email)

    assert sorted(Licence.objects.values_list("number", flat=True)) == ["HARV0042", "HARV0043"]
    other["holders"][0]["holder"] = other["people"][0]["holder"] = other["licences"][0]["holder"] = "H3"
    for row in (*other["licences"], *other["standings"]):
        row["licence_number"] = "harv 0043"
    assert "We have given the number HARV0043 to another licence." in said(
        world.written(tmp_path / "three", other), "--dry-run"
    )


def test_killed_three_times_nothing_is_lost_and_nothing_is_doubled(
    tmp_path: Path, officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("registry.management.commands.import_licences.Command.chunk", 3)
    rows = world.a_register(12, years=3, today=TODAY, documents=True)
    folder = world.written(tmp_path, rows)
    world.with_documents(folder, rows)
    places = {"licences.take_over": 2, "register.publish_many": 2, "trail.record": 20}
    for place, after in places.items():
        with monkeypatch.context() as broken:
            _break(broken, place, after)
            with pytest.raises(KeyboardInterrupt):
                said(folder, "--by", officer.email, "--resume")
        with pytest.raises(CommandError, match="Add --resume"):
            said(folder, "--by", officer.email)

    said(folder, "--by", officer.email, "--resume")

    take_over = TakeOver.objects.get()
    assert [(one.what, one.difference) for one in queries.comparisons(take_over) if one.difference] == []
    assert (take_over.under.read, take_over.under.added) == (12, 12)
    assert list(register_queries.faults()) == []
    assert list(chain.faults()) == []
    entries = Entry.objects.count()
    assert "Nothing was changed." in said(folder, "--by", officer.email)
    assert Entry.objects.count() == entries


def _break(monkeypatch: pytest.MonkeyPatch, place: str, after: int) -> None:
    module, name = place.split(".")
    target, calls = getattr(holders, module), iter(range(after))
    real = getattr(target, name)

    def killed(*args: Any, **options: Any) -> Any:
        if next(calls, None) is None:
            raise KeyboardInterrupt
        return real(*args, **options)

    monkeypatch.setattr(target, name, killed)


def test_changed_rows_are_said_and_refused_and_only_particulars_can_be_corrected(tmp_path: Path, officer: User) -> None:
    said(world.written(tmp_path, world.a_firm()), "--by", officer.email)
    rows = world.a_firm()
    rows["holders"][0]["legal_name"] = "Harvest Hand Ltd"

    refused = said(world.written(tmp_path, rows), "--by", officer.email)
    assert "Add --correct to change it." in refused
    assert Organisation.objects.get().legal_name == "Harvest Hands Ltd"

    rows["holders"][0]["website"] = "harvest.example"
    assert "1 changed" in said(world.written(tmp_path, rows), "--by", officer.email, "--correct")
    newest = Entry.objects.get(shown_until=None)
    assert newest.taken_over is not None
    assert (newest.name, newest.taken_over["from"]) == ("Harvest Hand Ltd", world.AUTHORITY)

    rows["licences"][0]["valid_until"] = rows["standings"][2]["term_until"] = "2028-04-30"
    assert "Change it in the registry, by a decision." in said(
        world.written(tmp_path, rows), "--by", officer.email, "--correct"
    )
    assert Licence.objects.get().valid_until == date(2027, 4, 30)


def test_who_is_in_the_corrected_files_no_more_has_the_role_no_more(tmp_path: Path, officer: User) -> None:
    rows = world.a_firm()
    anna = rows["people"][0]
    rows["people"] += [
        {**anna, "role": "director", "full_name": "Emil Toth"},
        {**anna, "role": "secretary", "full_name": "Gwen Reid", "until": "2010-01-01"},
    ]
    said(world.written(tmp_path, rows), "--by", officer.email)
    organisation = Organisation.objects.get()
    since = date(2020, 1, 1)
    organisations.name(
        organisation, kind="director", particulars={"full_name": "Named Here"}, since=since, by=officer, at=NOW
    )

    rows["people"][1]["full_name"] = "Hana Silva"
    assert "1 changed" in said(world.written(tmp_path, rows), "--by", officer.email, "--correct")

    held = organisation.roles.order_by("person__full_name").values_list("person__full_name", "until")
    assert list(held) == [
        ("Anna Novak", None),
        ("Emil Toth", TODAY),
        ("Gwen Reid", date(2010, 1, 1)),
        ("Hana Silva", None),
        ("Named Here", None),
    ]


def test_the_documents_of_a_holder_are_in_its_file_for_those_who_read_cases(
    tmp_path: Path, officer: User, settings: Settings
) -> None:
    settings.CLAMD_ADDRESS = "none"
    rows = world.a_firm()
    rows["documents"] = [{"holder": "H1", "file": "form.pdf", "title": "Application form 2019"}]
    folder = world.written(tmp_path, rows)
    world.with_documents(folder, rows)
    said(folder, "--by", officer.email)
    assert jobs.check_documents(at=NOW) == 1

    file = f"/staff/organisations/{Organisation.objects.get().reference}/"
    address = f"{file}documents/{Document.objects.get().reference}/"
    pages = {role: signed_in(person(role)).get(file).content.decode() for role in ("case_officer", "quality_reviewer")}
    assert {role: address in page for role, page in pages.items()} == {"case_officer": True, "quality_reviewer": False}
    served = signed_in(person("case_officer")).get(address)
    assert b"".join(served).startswith(b"%PDF")
    assert served["Content-Disposition"] == 'attachment; filename="Application form 2019.pdf"'


def test_the_old_number_is_followed_and_checked_in_a_list(officer: User) -> None:
    world.taken_over(world.a_firm(), by=officer)
    licence = Licence.objects.get()

    what = What({"number": "old 2006/17"}, on=TODAY)
    assert what.is_valid(), what.errors
    assert what.what()["listing"] == licence.listing

    cells = [["OLD/2006-17", "12/2026"], ["OLD2006-17", "13/2026"]]
    checked = bulk_checks.make(rows=cells, by=None, at=NOW)
    assert checked.columns == [UploadedColumn.NUMBER, ""]
    found = matching.check(lists.asked_of(lists.part_to_check(checked, 2), checked), NOW)
    assert [one.sure and one.sure.entry.listing for one in found] == [licence.listing] * 2


def test_a_past_day_answers_with_the_name_of_then_and_the_old_name_is_found(tmp_path: Path, officer: User) -> None:
    rows = world.a_firm()
    rows["holders"][0]["former_names"] = "Apple Crew Ltd"
    old = {"holder": "H1", "name": "Pear Tree Labour Ltd", "since": "2006-05-01", "until": "2010-05-15"}
    rows["names"] = [{**old, "name": "Plum Ltd", "since": "2010-05-14", "until": "2010-09-01"}, old]
    folder = world.written(tmp_path, rows)
    assert "names.csv row 2, since: It was still called “Pear Tree Labour Ltd” then." in said(folder, "--dry-run")

    rows["names"] = [old]
    rows["holders"].append({"holder": "H2", "legal_name": "Never Licensed Ltd"})
    said(world.written(folder, rows), "--by", officer.email)

    licence, api = Licence.objects.get(), Client()
    days = ("2010-05-14", "2010-05-15", TODAY.isoformat())
    shown = [api.get(f"/api/v1/register/{licence.number}", {"at": day}).json() for day in days]
    assert [(one["standing"], one["name"]) for one in shown] == [
        ("suspended", "Pear Tree Labour Ltd"),
        ("suspended", "Harvest Hands Ltd"),
        ("licensed", "Harvest Hands Ltd"),
    ]
    assert list(Entry.objects.order_by("entry_number").values_list("former_names", flat=True)) == [
        *[["Apple Crew Ltd"]] * 2,
        *[["Apple Crew Ltd", "Pear Tree Labour Ltd"]] * 3,
    ]
    found = api.get("/api/v1/register", {"q": "pear tree labour"}).json()
    assert [one["number"] for one in found["items"]] == [licence.number]
    then = api.get("/check/", {"q": "Pear Tree Labour Ltd", "at": "2010-05-14"}).content.decode()
    assert "Pear Tree Labour Ltd was not licensed on 14 May 2010: its licence was suspended." in then
    assert f"We did not publish this at the time: {world.AUTHORITY} told us on 2 November 2026." in then
    assert "The register said this" not in then
    counted = queries.comparisons(TakeOver.objects.get())
    assert [(one.given, one.held) for one in counted if one.what == queries.STANDINGS] == [(4, 4)]
    assert list(register_queries.faults()) == []
