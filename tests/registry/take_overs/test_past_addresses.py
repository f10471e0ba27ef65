"""Addresses of past days come in with a register, and each past day shows the one of then."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from registry import schemes
from registry.accounts.models import User
from registry.licences.models import Licence
from registry.register import queries as register_queries
from registry.register.models import Entry
from registry.take_overs.models import TakeOver
from registry.take_overs.queries import take_overs as queries
from tests.registry.take_overs import world
from tests.registry.take_overs.test_import_licences import TODAY, officer, said

__all__ = ["officer"]

pytestmark = pytest.mark.django_db

BOSTON = {
    "holder": "H1",
    "line_1": "1 Quay Street",
    "town": "Boston",
    "postcode": "PE21 8AA",
    "since": "2006-05-01",
    "until": "2010-05-15",
}
HEREFORD = {**BOSTON, "line_1": "2 Mill Lane", "town": "Hereford", "since": "2010-05-15", "until": "2015-01-01"}
STREETS = ("1 Quay Street", "2 Mill Lane", "3 New Road")


def a_firm_that_moved() -> world.Rows:
    rows = world.a_firm()
    rows["holders"][0] |= {"line_1": "3 New Road", "town": "Evesham"}
    return rows


def test_a_past_day_shows_the_address_of_then(tmp_path: Path, officer: User) -> None:
    rows = a_firm_that_moved()
    old_name = {"holder": "H1", "name": "Pear Tree Labour Ltd", "since": "2006-05-01", "until": "2008-01-01"}
    rows |= {"addresses": [HEREFORD, BOSTON], "names": [old_name]}
    folder = world.written(tmp_path, rows)

    said(folder, "--by", officer.email)

    number, browser = Licence.objects.get().number, Client()
    days = ("2007-12-31", "2008-01-01", "2010-05-14", "2010-05-15", "2015-01-01", TODAY.isoformat())
    pages = [browser.get(f"/check/{number}/", {"at": day}).content.decode() for day in days]
    boston, hereford, evesham = STREETS
    shown = [next(one for one in STREETS if one in page) for page in pages]
    assert shown == [boston, boston, boston, hereford, evesham, evesham]
    kept = Entry.objects.order_by("entry_number").values_list("name", "address__town")
    assert list(kept) == [
        ("Pear Tree Labour Ltd", "Boston"),
        ("Harvest Hands Ltd", "Boston"),
        ("Harvest Hands Ltd", "Boston"),
        ("Harvest Hands Ltd", "Hereford"),
        ("Harvest Hands Ltd", "Hereford"),
        ("Harvest Hands Ltd", "Evesham"),
        ("Harvest Hands Ltd", "Evesham"),
    ]
    counted = queries.comparisons(TakeOver.objects.get())
    assert [(one.given, one.held) for one in counted if one.what == queries.STANDINGS] == [(6, 6)]
    assert list(register_queries.faults()) == []
    count = Entry.objects.count()
    said(folder, "--by", officer.email)
    assert Entry.objects.count() == count, "the same files again change nothing"


def test_no_past_address_is_shown_where_the_scheme_publishes_none(
    tmp_path: Path, officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = schemes.in_force

    def without_addresses(name: str, on: date) -> Any:
        scheme = found(name, on)
        return scheme.model_copy(update={"public": scheme.public.model_copy(update={"address": False})})

    monkeypatch.setattr(schemes, "in_force", without_addresses)
    rows = a_firm_that_moved() | {"addresses": [BOSTON]}

    said(world.written(tmp_path, rows), "--by", officer.email)

    assert {*Entry.objects.values_list("address__town", flat=True)} == {None}


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        (
            {"since": "2010-05-14"},
            "addresses.csv row 3, since: It was still at “1 Quay Street, Boston, PE21 8AA” then.",
        ),
        ({"until": "2010-05-15"}, "addresses.csv row 3, until: The last day is before the first."),
        ({"until": "2027-01-01"}, "addresses.csv row 3, until: The day is in the future."),
        ({"line_1": "", "town": "", "postcode": ""}, "addresses.csv row 3, line_1: The address is empty."),
        ({"holder": "H9"}, "addresses.csv row 3, holder: holders.csv has no such holder."),
    ],
)
def test_a_row_that_cannot_be_so_says_why(tmp_path: Path, changed: dict[str, str], fault: str) -> None:
    rows = a_firm_that_moved()
    rows["addresses"] = [BOSTON, {**HEREFORD, **changed}]

    assert fault in said(world.written(tmp_path, rows), "--dry-run")
