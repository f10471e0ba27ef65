"""The page of bank holidays."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from registry.holidays.models import Holiday
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db

DAY = {"day_day": "7", "day_month": "6", "day_year": "2027"}
TYPED = {"calendar": "scotland", "name": "Coronation", "because": "Proclamation of 1 March.", **DAY}


@pytest.fixture
def manager() -> Client:
    return signed_in(person("manager"))


def test_the_table_is_narrowed_by_part_and_year(manager: Client) -> None:
    page = manager.get("/staff/holidays/", {"calendar": "northern_ireland", "year": "2027"})

    days = [(one.nation, one.day) for one in page.context["page"].rows]
    assert ("northern_ireland", date(2027, 3, 17)) in days
    assert {(nation, day.year) for nation, day in days} == {("northern_ireland", 2027)}


def test_the_next_holiday_stands_first_and_the_past_is_one_click_away(manager: Client) -> None:
    today = timezone.localdate()

    page = manager.get("/staff/holidays/")
    days = [one.day for one in page.context["page"].rows]
    assert days == sorted(days)
    assert days[0] >= today
    assert min(Holiday.objects.filter(day__gte=today).values_list("day", flat=True)) == days[0]

    past = today.year - 1
    assert f'href="/staff/holidays/?year={past}"' in page.content.decode()
    days = [one.day for one in manager.get("/staff/holidays/", {"year": str(past)}).context["page"].rows]
    assert days
    assert {day.year for day in days} == {past}


def test_a_manager_adds_a_holiday_and_takes_it_out_again(manager: Client) -> None:
    assert manager.post("/staff/holidays/add/", TYPED).status_code == 302
    assert "Coronation" in manager.get("/staff/holidays/", {"year": "2027", "calendar": "scotland"}).content.decode()

    gone = manager.post("/staff/holidays/scotland/2027-06-07/remove/", {"because": "It was taken back."})

    assert gone.status_code == 302
    assert not Holiday.objects.filter(name="Coronation").exists()
    page = manager.get("/staff/holidays/").content.decode()
    assert "Proclamation of 1 March." in page
    assert "It was taken back." in page


def test_what_is_wrong_is_said_beside_what_was_typed(manager: Client) -> None:
    page = manager.post("/staff/holidays/add/", {**TYPED, "day_day": "5"})

    assert page.status_code == 422
    assert "Enter the substitute day" in page.content.decode()
    assert "Coronation" in page.content.decode()


@pytest.mark.parametrize("address", ["scotland/2027-06-31", "scotland/tomorrow", "atlantis/2027-01-04"])
def test_a_holiday_that_there_is_not_is_not_found(manager: Client, address: str) -> None:
    assert manager.get(f"/staff/holidays/{address}/remove/").status_code == 404


def test_a_table_that_ends_soon_says_so(manager: Client) -> None:
    assert "Add the next years." not in manager.get("/staff/holidays/").content.decode()

    Holiday.objects.filter(nation="scotland", day__gte=date(2027, 1, 1)).delete()

    page = manager.get("/staff/holidays/").content.decode()
    assert "Add the next years." in page
    assert "The holidays of Scotland are entered up to" in page


def test_officers_read_the_table_and_do_not_edit_it() -> None:
    officer = signed_in(person("case_officer"))

    assert "Remove" not in officer.get("/staff/holidays/").content.decode()
    assert officer.get("/staff/holidays/add/").status_code == 403


def test_the_table_costs_a_known_number_of_queries(
    manager: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    manager.get("/staff/holidays/")
    with django_assert_num_queries(11):
        manager.get("/staff/holidays/")
