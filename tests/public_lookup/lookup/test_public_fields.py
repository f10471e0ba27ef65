"""One row of the table of public fields shows a field on every surface, and a surface says what the table says."""

import csv
import json
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import Client
from ninja import NinjaAPI
from ninja.testing import TestClient

from public_lookup.lookup.api import entry_out, schema_of_fields
from public_lookup.lookup.queries import entries
from public_lookup.lookup.rules import public_fields
from public_lookup.lookup.rules.fields import PublicField, Surface
from public_lookup.lookup.rules.public_fields import PUBLIC_FIELDS, fields_on
from public_lookup.open_data.queries.changes import Position
from public_lookup.private.queries import snapshot
from registry.register.models import Entry
from tests.conftest import NOW
from tests.public_lookup.receipts.world import a_proof
from tests.public_lookup.stories import a_holder

#: The one line that is added in these tests: it reads what an entry holds already.
COUNTY = PublicField(
    "county", str, "County of the business", Surface.EVERYWHERE, ("address",), lambda e: e.address["county"], "County"
)
ROW = (
    '<dt class="govuk-summary-list__key">County</dt><dd class="govuk-summary-list__value"><bdi>Herefordshire</bdi></dd>'
)


@pytest.fixture
def county(monkeypatch: pytest.MonkeyPatch) -> PublicField:
    monkeypatch.setattr(public_fields, "PUBLIC_FIELDS", (*PUBLIC_FIELDS, COUNTY))
    return COUNTY


@pytest.fixture
def number(county: PublicField) -> str:
    return a_holder("Harvest Hands Ltd").number


def read(address: str) -> str:
    answer = Client().get(address)
    assert answer.status_code == 200
    return b"".join(answer).decode()


@pytest.mark.django_db
def test_a_field_of_one_line_is_on_the_page(number: str) -> None:
    assert ROW in read(f"/check/{number}/")


@pytest.mark.django_db
def test_a_field_of_one_line_is_in_the_api_and_its_document(number: str) -> None:
    api = NinjaAPI(urls_namespace="a_field_of_one_line")

    @api.get("/{number}", response=schema_of_fields())
    def one(request: HttpRequest, number: str) -> Any:
        return entry_out(entries.entry(number, at=NOW).entry, NOW)

    described = api.get_openapi_schema(path_prefix="")["components"]["schemas"]["EntryFields"]["properties"]["county"]

    assert TestClient(api).get(f"/{number}").json()["county"] == "Herefordshire"
    assert (described["type"], described["description"]) == ("string", "County of the business")


@pytest.mark.django_db
def test_a_field_of_one_line_is_in_the_data_files_and_what_describes_them(number: str) -> None:
    [line] = csv.DictReader(read("/data/register.csv").splitlines())
    [row] = json.loads(read("/data/register.json"))["items"]
    column = json.loads(read("/data/register.csv-metadata.json"))["tableSchema"]["columns"][-1]
    field = json.loads(read("/data/datapackage.json"))["resources"][0]["schema"]["fields"][-1]

    assert (line["county"], row["county"]) == ("Herefordshire", "Herefordshire")
    assert (column["name"], column["datatype"]) == ("county", "string")
    assert field == {"name": "county", "type": "string", "description": "County of the business"}
    assert "County of the business" in read("/data/")


@pytest.mark.django_db
def test_a_field_of_one_line_is_in_the_feed(number: str) -> None:
    [made] = json.loads(read("/api/v1/changes"))["made"]

    assert made["row"]["county"] == "Herefordshire"


@pytest.mark.django_db
def test_a_field_of_one_line_is_in_the_proof_and_on_its_page(number: str) -> None:
    receipt = a_proof(Client(), number)

    assert receipt.record["answered"]["county"] == "Herefordshire"
    assert ROW in read(f"/verify/{receipt.number}/")


@pytest.mark.django_db
def test_a_proof_that_is_older_than_a_field_reads_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    receipt = a_proof(Client(), a_holder("Harvest Hands Ltd").number)
    monkeypatch.setattr(public_fields, "PUBLIC_FIELDS", (*PUBLIC_FIELDS, COUNTY))

    page = read(f"/verify/{receipt.number}/")

    assert "Harvest Hands Ltd" in page
    assert ROW not in page


@pytest.mark.django_db
def test_a_field_of_one_line_is_in_the_copy_for_phones(number: str) -> None:
    [line] = snapshot.lines(Position.newest())

    assert json.loads(line)["county"] == "Herefordshire"


@pytest.mark.parametrize("surface", list(Surface))
def test_a_name_is_once_on_a_surface(surface: Surface) -> None:
    names = [one.name for one in fields_on(surface)]

    assert names
    assert len(names) == len(set(names))


def test_a_field_reads_only_columns_that_an_entry_has() -> None:
    columns = {field.name for field in Entry._meta.concrete_fields} | {"standing"}

    assert [one.name for one in PUBLIC_FIELDS if not set(one.columns) <= columns] == []
