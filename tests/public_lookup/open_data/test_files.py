"""The register as data: whole files, a feed that a copy can be kept by, a badge, the map of the site."""

import csv
import json
import re
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from typing import Any, cast

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

from config import api
from public_lookup.open_data.queries import register_files as whole
from public_lookup.open_data.views import files as open_data
from registry import schemes
from registry.licences.actions import licences
from registry.licences.models import Licence
from registry.organisations import actions as organisations
from registry.register.actions import listings
from registry.register.actions import publishing as register
from registry.register.models import Entry, Listing
from registry.web import Limit, spreadsheet_cell
from tests.conftest import NOW, SetClock
from tests.public_lookup.stories import Statements, a_holder, one_of_each_standing
from tests.registry.stories import a_decider, an_organisation

pytestmark = pytest.mark.django_db


def body_of(address: str, **headers: str) -> tuple[Any, bytes]:
    answer = Client().get(address, headers=headers)
    return answer, b"".join(answer)


def rows_of(address: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(body_of(address)[1])["items"]
    return found


def revoke(number: str) -> None:
    licences.revoke(Licence.objects.get(number=number), takes_effect=NOW.date(), because="x", by=a_decider(), at=NOW)


# --- the whole register ---


def test_the_file_says_of_everyone_what_the_page_says() -> None:
    shown = one_of_each_standing()

    found = {row["number"]: row for row in rows_of("/data/register.json")}

    assert {found[number]["standing"]: number for number in shown.values() if number in found} == {
        standing: number for standing, number in shown.items() if number in found
    }
    assert found.keys() == set(Entry.objects.shown_at(NOW).values_list("number", flat=True))
    for number, row in found.items():
        one = Client().get(f"/api/v1/register/{number}").json()
        assert (row["standing"], row["outcome"], row["licensed"]) == (one["standing"], one["outcome"], one["licensed"])


def test_csv_and_json_hold_the_same_rows() -> None:
    one_of_each_standing()

    lines = list(csv.DictReader(body_of("/data/register.csv")[1].decode().splitlines()))

    assert [line["number"] for line in lines] == [row["number"] for row in rows_of("/data/register.json")]
    assert list(lines[0]) == [column.name for column in whole.columns()]
    assert {line["licensed"] for line in lines} == {"true", "false"}


def test_follow_the_money_has_an_entity_for_each_row_with_what_it_says() -> None:
    one_of_each_standing()

    lines = body_of("/data/register.ftm.json")[1].decode().splitlines()
    entities = {one["properties"]["licenseNumber"][0]: one for one in map(json.loads, lines)}

    for row in (rows := rows_of("/data/register.json")):
        said = entities[row["number"]]["properties"]
        assert said["name"] == [row["name"]] and said["status"] == [row["outcome"]]
        assert entities[row["number"]]["schema"] == ("Company" if row["company_number"] else "LegalEntity")
    assert len(entities) == len(rows) == len({one["id"] for one in entities.values()})


def test_the_columns_are_described_in_both_ways() -> None:
    names = [column.name for column in whole.columns()]

    table = json.loads(body_of("/data/register.csv-metadata.json")[1])
    package = json.loads(body_of("/data/datapackage.json")[1])

    assert [column["name"] for column in table["tableSchema"]["columns"]] == names
    assert [field["name"] for field in package["resources"][0]["schema"]["fields"]] == names


def test_a_past_day_is_asked_of_the_file_too(set_clock: SetClock) -> None:
    number = a_holder("Harvest Hands Ltd").number
    set_clock(NOW + timedelta(days=3))
    licences.revoke(
        Licence.objects.get(number=number),
        takes_effect=NOW.date() + timedelta(days=3),
        because="x",
        by=a_decider(),
        at=NOW + timedelta(days=3),
    )

    assert [row["standing"] for row in rows_of("/data/register.json")] == ["revoked"]
    assert [row["standing"] for row in rows_of(f"/data/register.json?at={NOW.date()}")] == ["licensed"]


def test_who_has_the_file_is_told_so_until_something_is_made_or_taken_off() -> None:
    number = a_holder("Harvest Hands Ltd").number
    etag = body_of("/data/register.csv")[0].headers["ETag"]

    assert body_of("/data/register.csv", if_none_match=etag)[0].status_code == 304

    register.hide(Listing.objects.get(), at=NOW)
    assert body_of("/data/register.csv", if_none_match=etag)[0].status_code == 200
    assert rows_of("/data/register.json") == []
    assert Client().get(f"/api/v1/register/{number}").status_code == 404


def test_a_search_by_a_program_is_answered_anew_once_somebody_was_taken_off() -> None:
    a_holder("Harvest Hands Ltd")
    etag = Client().get("/api/v1/register?q=harvest").headers["ETag"]

    register.hide(Listing.objects.get(), at=NOW)

    assert Client().get("/api/v1/register?q=harvest", headers={"if-none-match": etag}).status_code == 200


@pytest.mark.parametrize("cell", ["=1+1", "+44 1632", "-1", "@sum", "\t=1", " =1", "＝1"])
def test_no_cell_can_begin_a_formula(cell: str) -> None:
    assert spreadsheet_cell(cell) == f"'{cell}"


def test_an_ordinary_cell_stays_as_it_is() -> None:
    assert spreadsheet_cell("Harvest & Sons = good") == "Harvest & Sons = good"


@pytest.mark.parametrize("address", ["/data/register.csv", "/data/register.json", "/sitemap.xml"])
def test_a_fault_is_a_problem_and_never_half_a_file(address: str) -> None:
    a_holder("Harvest Hands Ltd")

    with connection.execute_wrapper(Statements(fail_at=1)):
        answer, body = body_of(address)

    assert answer.status_code == 503
    assert json.loads(body)["type"] == "/problems/cannot-tell"
    assert json.loads(body)["licensed"] is None


def test_a_day_that_is_none_is_refused() -> None:
    answer, body = body_of("/data/register.csv?at=2026-02-31")

    assert answer.status_code == 422
    assert json.loads(body)["reasons"][0]["where"] == "at"


# --- a copy kept by the feed ---


class Copy:
    """What a program of somebody else keeps: the file once, then what the feed says."""

    def __init__(self) -> None:
        answer = Client().get("/data/register.json")
        parts: Iterator[bytes] = iter(answer)
        self.position = answer.headers["Register-Position"]
        self.parts, self.begun = parts, b""

    def read(self) -> None:
        self.rows = {row["entry"]: row for row in json.loads(self.begun + b"".join(self.parts))["items"]}

    def follow(self, limit: int = 2) -> None:
        while True:
            told = Client().get("/api/v1/changes", {"after": self.position, "limit": str(limit)}).json()
            for made in told["made"]:
                assert made["entry"] not in self.rows
                self.rows.pop(made["replaces"], None)
                self.rows[made["entry"]] = made["row"]
            for withdrawn in told["withdrawn"]:
                self.rows.pop(withdrawn["entry"])
            self.position = told["position"]
            if told["is_all"]:
                return

    def as_bytes(self) -> bytes:
        return json.dumps([self.rows[entry] for entry in sorted(self.rows)], ensure_ascii=False).encode()


def test_a_copy_is_kept_byte_for_byte_while_changes_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whole, "_FIRST", 1)
    monkeypatch.setattr(whole, "_BATCH", 2)
    numbers = [a_holder(f"Harvest Hands {word} Ltd").number for word in ("One", "Two", "Three", "Four", "Five")]
    copy = Copy()
    copy.begun = next(copy.parts)  # the file has begun to flow …

    revoke(numbers[4])  # … and the register goes on
    register.hide(Listing.objects.get(licences__number=numbers[3]), at=NOW)
    a_holder("Harvest Hands Six Ltd")
    copy.read()
    assert {row["number"] for row in copy.rows.values()} == set(numbers)

    copy.follow()
    assert copy.as_bytes() == json.dumps(rows_of("/data/register.json"), ensure_ascii=False).encode()

    holder = Licence.objects.get(number=numbers[0]).organisation
    organisations.update(holder, changes={"legal_name": "Newer Name Ltd"}, by=None, at=NOW)
    listings.republish(holder, by=None, at=NOW)
    register.hide(Listing.objects.get(licences__number=numbers[1]), at=NOW)
    copy.follow(limit=1)
    assert copy.as_bytes() == json.dumps(rows_of("/data/register.json"), ensure_ascii=False).encode()


def test_a_copy_from_the_beginning_needs_no_file() -> None:
    one_of_each_standing()
    hidden = an_organisation("Gone Again Ltd")
    register.publish(register.listing_of(hidden, "gla-food"), at=NOW)
    register.hide(hidden.listings.get(), at=NOW)
    copy = Copy()
    copy.rows, copy.position = {}, ""

    copy.follow(limit=3)

    assert copy.as_bytes() == json.dumps(rows_of("/data/register.json"), ensure_ascii=False).encode()


def test_the_feed_says_when_a_standing_will_change_by_itself() -> None:
    number = a_holder("Harvest Hands Ltd").number
    last_day = Licence.objects.get(number=number).valid_until

    told = Client().get("/api/v1/changes").json()

    assert told["made"][-1]["changes_on"] == [(last_day + timedelta(days=1)).isoformat()]


@pytest.mark.parametrize("after", ["nonsense", "e1", "e-1w0", "e1w1x", "e99999999999999999999w1"])
def test_a_position_that_was_not_given_out_is_refused(after: str) -> None:
    answer = Client().get("/api/v1/changes", {"after": after})

    assert answer.status_code == 422
    assert answer.json()["reasons"][0]["where"] == "after"


# --- limits, badge, map ---


def test_each_answer_says_how_often_one_may_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(settings.LIMITS, "api", (2, 60))
    monkeypatch.setattr(api, "limit", Limit("api"))

    first, second, third = (Client().get("/api/v1/register?q=harvest") for _time in range(3))

    assert (first.status_code, second.status_code, third.status_code) == (200, 200, 429)
    assert first.headers["RateLimit-Policy"] == '"default";q=2;w=60'
    assert first.headers["RateLimit"].startswith('"default";r=1;t=')
    assert int(third.headers["Retry-After"]) <= 60
    assert third.json()["licensed"] is None
    assert Client(REMOTE_ADDR="203.0.113.9").get("/api/v1/register?q=harvest").status_code == 200


def test_the_badge_says_the_standing_of_this_moment() -> None:
    number = a_holder("Harvest <Hands> Ltd").number
    before = body_of(f"/badge/{number}.svg")

    revoke(number)
    after = body_of(f"/badge/{number}.svg", if_none_match=before[0].headers["ETag"])

    assert b">Licensed<" in before[1]
    assert b"Harvest &lt;Hands&gt; Ltd" in before[1] and number.encode() in before[1]
    assert b"<Hands>" not in before[1]
    assert after[0].status_code == 200
    assert b">Not licensed<" in after[1]
    assert before[0].headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert not before[0].cookies


def test_the_badge_never_says_licensed_where_we_cannot_tell() -> None:
    number = a_holder("Harvest Hands Ltd").number

    with connection.execute_wrapper(Statements(fail_at=1)):
        answer, body = body_of(f"/badge/{number}.svg")

    assert answer.status_code == 503
    assert "We cannot tell now" in body.decode()
    assert body_of("/badge/NONE0001.svg")[0].status_code == 404


def test_the_map_leads_to_every_page_of_the_register() -> None:
    numbers = {a_holder("Harvest Hands Ltd").number, a_holder("Harvest Home Ltd").number}

    index = body_of("/sitemap.xml")[1].decode()
    parts = [re.sub(r"^http://[^/]+", "", address) for address in re.findall(r"<loc>([^<]+)</loc>", index)]
    found = {address for part in parts for address in re.findall(r"<loc>([^<]+)</loc>", body_of(part)[1].decode())}

    assert {address.rstrip("/").rsplit("/", 1)[1] for address in found if "/check/" in address} >= numbers


@pytest.mark.parametrize("part", [0, 2, 10**20])
def test_the_map_has_no_other_part(part: int) -> None:
    a_holder("Harvest Hands Ltd")

    assert body_of("/sitemap/entries-1.xml")[0].status_code == 200
    assert body_of(f"/sitemap/entries-{part}.xml")[0].status_code == 404


def test_the_page_of_an_entry_speaks_to_programs_too() -> None:
    number = a_holder("Harvest </script> Hands Ltd").number

    page = Client().get(f"/check/{number}/").content.decode()
    said = json.loads(re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)[0])

    assert said["name"] == "Harvest </script> Hands Ltd"
    assert said["hasCertification"]["certificationStatus"] == "https://schema.org/CertificationActive"


@pytest.mark.parametrize("ending", ["csv", "json"])
def test_a_file_that_breaks_off_cannot_be_taken_for_a_whole_one(ending: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server ends such an answer as if all had been said: the last line must not be one."""
    for word in ("One", "Two", "Three"):
        a_holder(f"Harvest Hands {word} Ltd")
    monkeypatch.setattr(whole, "_FIRST", 1)
    monkeypatch.setattr(open_data, "_AT_ONCE", 1)
    answer = Client().get(f"/data/register.{ending}")
    parts = cast(Iterator[bytes], answer.streaming_content)  # type: ignore[attr-defined]
    begun = next(parts)

    with connection.execute_wrapper(_gone):
        text = (begun + b"".join(parts)).decode()

    assert "Harvest Hands One Ltd" in text and "Harvest Hands Three Ltd" not in text
    assert text.endswith("this file is not complete")
    with pytest.raises((csv.Error, json.JSONDecodeError)):
        json.loads(text) if ending == "json" else list(csv.reader(StringIO(text), strict=True))


def _gone(*_statement: object) -> None:
    raise OperationalError("gone away")


def test_the_badge_that_is_offered_is_a_link_with_words() -> None:
    """For who does not see the picture; and they say nothing of a standing, which may be another by then."""
    page = Client().get("/data/").content.decode()

    (words,) = re.findall(r'/badge/ABCD0001.svg" alt="([^"]*)"', page)
    assert words.endswith(": ABCD0001") and len(words) > len(": ABCD0001")


#: What a program needs of us, besides the API: each is named on the page of the data.
FILES = (
    "register_csv",
    "register_json",
    "register_ftm",
    "csv_metadata",
    "data_package",
    "code_lists",
    "public_keys",
    "verifier",
    "snapshot",
    "snapshot_index",
    "sitemap",
)


def test_the_page_names_every_file() -> None:
    page = Client().get("/data/").content.decode()

    assert [name for name in FILES if f'href="{reverse(name)}"' not in page] == []


def test_every_code_of_a_row_is_in_the_lists_with_its_words() -> None:
    one_of_each_standing()

    lists = json.loads(body_of("/data/codes.json")[1])
    page = Client().get("/cy/data/").content.decode()

    for row in rows_of("/data/register.json"):
        sectors = {one["code"] for one in lists["sectors"] if one["scheme"] == row["scheme"]}
        nations = {one["code"] for one in lists["nations"] if one["scheme"] == row["scheme"]}
        assert row["standing"] in {one["code"] for one in lists["standing"]}
        assert row["outcome"] in {one["code"] for one in lists["outcome"]}
        assert row["scheme"] in {one["code"] for one in lists["scheme"]}
        assert set(row["sectors"]) <= sectors and set(row["supplies_to"]) <= nations
    assert len(lists["standing"]) == 9 and len(lists["outcome"]) == 7
    assert {"code": "revoked", "en": "Revoked", "cy": "Dirymwyd"} in lists["standing"]
    assert all(one["code"] in page and one["cy"] in page for one in lists["standing"])


def test_a_code_of_a_version_that_has_gone_stays_in_the_lists() -> None:
    """Rows of past days hold it."""
    first = schemes.versions("gla-food")[0]
    codes = {(one["scheme"], one["code"]) for one in json.loads(body_of("/data/codes.json")[1])["sectors"]}

    assert {("gla-food", sector.code) for sector in schemes.get("gla-food", first).sectors} <= codes


def test_the_verifier_is_given_out_as_it_is() -> None:
    answer, body = body_of("/data/verify.py")

    assert body == (settings.BASE_DIR / "docs" / "verify.py").read_bytes()
    assert answer.headers["Content-Type"].startswith("text/x-python")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="verify.py"'
