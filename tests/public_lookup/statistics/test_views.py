"""The public reads an edition from its announced minute on and not before: page, files, feed, API and caches alike."""

import csv
import json
import sqlite3
from datetime import timedelta
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from django.test import Client

from registry.editions import actions
from registry.editions.queries import pages
from registry.editions.queries import published as queries
from registry.editions.queries.headlines import headlines_of
from registry.editions.tables import Mark
from tests.conftest import NOW, SetClock
from tests.people import person, signed_in
from tests.registry.editions.world import CODE, PUBLISHED, WHY, announced, counted, signed

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
PAGE = f"/statistics/{CODE}/"
FILES = [
    f"{PAGE}all.zip",
    f"{PAGE}datapackage.json",
    f"{PAGE}csv-metadata.json",
    f"{PAGE}licences.csv",
    f"{PAGE}tables.ods",
    f"/cy/statistics/{CODE}/tables.ods",
    f"/statistics/{CODE}-v1/licences.csv",
    f"/api/v1/statistics/{CODE}",
]


@pytest.fixture(autouse=True)
def figures(monkeypatch: pytest.MonkeyPatch) -> None:
    counted(monkeypatch)


def test_nothing_is_read_before_the_minute_and_all_of_it_from_then_on(client: Client, set_clock: SetClock) -> None:
    signed(announced())

    set_clock(PUBLISHED - MINUTE)
    before = {address: client.get(address) for address in (PAGE, *FILES)}
    assert {address: answer.status_code for address, answer in before.items()} == {
        **dict.fromkeys(FILES, 404),
        PAGE: 200,
    }
    assert client.get("/statistics/2026-Q4/").status_code == client.get("/statistics/x/").status_code == 404
    assert all("1184" not in str(answer.content) and "1,184" not in str(answer.content) for answer in before.values())
    assert "no-store" in before[PAGE].headers["Cache-Control"]
    assert "It will be published on 26 November 2026 at 10am" in before[PAGE].content.decode()
    assert "1184" not in client.get("/statistics/feed.atom").content.decode()
    assert CODE not in client.get("/statistics/feed.atom").content.decode()
    assert client.get("/api/v1/statistics").json()["editions"] == []
    set_clock(PUBLISHED)
    assert {address: client.get(address).status_code for address in (PAGE, *FILES)} == dict.fromkeys(
        (PAGE, *FILES), 200
    )
    assert "1,184" in client.get(PAGE).content.decode()
    assert CODE in client.get("/statistics/feed.atom").content.decode()
    assert [one["edition"] for one in client.get("/api/v1/statistics").json()["editions"]] == [CODE]


def test_no_cache_keeps_an_answer_without_asking(
    client: Client, set_clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition = signed(announced())
    set_clock(PUBLISHED - MINUTE)
    early = client.get("/statistics/")
    set_clock(PUBLISHED)

    for address in ("/statistics/", PAGE, "/statistics/feed.atom", *FILES):
        answer = client.get(address)
        assert answer.headers["Cache-Control"] == "no-cache", address
        assert answer.headers["ETag"], address
        assert client.get(address, headers={"if-none-match": answer.headers["ETag"]}).status_code == 304
    assert client.get("/statistics/", headers={"if-none-match": early.headers["ETag"]}).status_code == 200
    page, table = client.get(PAGE), client.get(f"{PAGE}licences.csv")
    counted(monkeypatch, held=1186)
    signed(actions.correct_tables(edition, because=WHY, by=person("manager"), at=PUBLISHED), at=PUBLISHED + MINUTE)
    set_clock(PUBLISHED + MINUTE)
    for address, known in ((PAGE, page), (f"{PAGE}licences.csv", table)):
        again = client.get(address, headers={"if-none-match": known.headers["ETag"]})
        assert again.status_code == 200
        assert again.content != known.content


def test_what_is_drawn_is_kept_and_never_for_other_readers_another_version_or_another_language(
    client: Client, set_clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    manager = person("manager")
    counted(monkeypatch, held=1180)
    edition = actions.freeze_tables(announced(), by=manager, at=NOW)
    assert "1,180" in signed_in(manager).get(f"/staff/editions/{CODE}/preview/").content.decode()
    edition = actions.refuse_tables(edition, because=WHY, by=manager, at=NOW)
    counted(monkeypatch)
    edition = signed(edition)
    preview = signed_in(manager).get(f"/staff/editions/{CODE}/preview/").content.decode()
    assert "1,184" in preview and "Download as CSV" not in preview
    set_clock(PUBLISHED - MINUTE)
    assert "1,184" not in client.get(PAGE).content.decode()
    set_clock(PUBLISHED)
    published = client.get(PAGE).content.decode()
    assert "1,184" in published and "Download as CSV" in published
    assert "licences held" not in client.get(f"/cy{PAGE}").content.decode()
    with monkeypatch.context() as patched:
        patched.setattr(pages, "figures_of", lambda shown: pytest.fail("drawn again"))
        assert client.get(PAGE).content.decode() == published

    counted(monkeypatch, held=1186)
    edition = actions.correct_tables(edition, because=WHY, by=manager, at=PUBLISHED)
    signed_in(manager).get(f"/staff/editions/{CODE}/preview/")
    assert client.get(PAGE).content.decode() == published
    signed(edition, at=PUBLISHED)
    figures = {address: figures_on(client, address) for address in (PAGE, f"/statistics/{CODE}-v1/")}
    assert "1,186" in figures[PAGE] and "1,184" not in figures[PAGE]
    assert "1,184" in figures[f"/statistics/{CODE}-v1/"] and "1,186" not in figures[f"/statistics/{CODE}-v1/"]


def figures_on(client: Client, address: str) -> str:
    """The page without what it says of corrections."""
    return client.get(address).content.decode().split('id="changed"')[0]


def test_a_correction_is_marked_and_both_versions_are_read(
    client: Client, set_clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition = signed(announced())
    counted(monkeypatch, held=1186)
    signed(actions.correct_tables(edition, because=WHY, by=person("manager"), at=PUBLISHED), at=PUBLISHED + MINUTE)
    set_clock(PUBLISHED + MINUTE)

    page = client.get(PAGE).content.decode()
    assert "Corrected on 26 November 2026 at 10:01am" in page
    assert WHY in page
    assert "1 figure has changed since it was published before." in page
    first = client.get(f"/statistics/{CODE}-v1/").content.decode()
    assert "1,184" in first
    assert "These figures have been corrected since." in first
    assert "Corrected: July to September 2026" in client.get("/statistics/feed.atom").content.decode()
    assert WHY in client.get("/statistics/").content.decode()


def test_a_release_that_is_late_says_so_and_why(client: Client, set_clock: SetClock) -> None:
    edition = announced()
    set_clock(PUBLISHED)

    for address in ("/statistics/", PAGE):
        assert "Late: it was announced for 26 November 2026 at 10am." in client.get(address).content.decode()
        assert "Two people have not signed the figures yet" in client.get(address).content.decode()
    actions.explain_lateness(edition, because="The counts of one scheme are wrong.", by=person("manager"), at=PUBLISHED)
    assert "The counts of one scheme are wrong." in client.get("/statistics/").content.decode()


def test_a_moved_date_is_read_with_its_reason(client: Client) -> None:
    later = PUBLISHED + timedelta(days=7)
    actions.move_date(
        announced(), publish_at=later, because="A scheme began.", by=person("manager"), at=PUBLISHED - MINUTE
    )

    page = client.get("/statistics/").content.decode()
    assert "The date was moved from 26 November 2026 at 10am to 3 December 2026 at 10am: A scheme began." in page


def test_who_saw_it_before_is_read_by_post_and_not_by_name(client: Client, set_clock: SetClock) -> None:
    edition = announced()
    actions.add_reader(
        edition,
        name="Ada Lovelace",
        post="Chief executive",
        because="To answer questions.",
        by=person("manager"),
        at=PUBLISHED - timedelta(days=1),
    )
    signed(edition)
    set_clock(PUBLISHED)

    page = client.get(PAGE).content.decode()
    assert "Chief executive: To answer questions." in page
    assert "Ada" not in page
    assert "Signed by Amara Obi and Helen Price." in page


def test_the_page_is_whole_in_welsh(client: Client, set_clock: SetClock) -> None:
    signed(announced())
    set_clock(PUBLISHED)

    page = client.get(f"/cy{PAGE}").content.decode()

    assert "Gorffennaf – Medi 2026" in page
    for english in ("What changed", "Download", "What is hidden", "Statistics published", "licences held"):
        assert english not in page


def test_a_mark_is_shown_and_explained(client: Client, set_clock: SetClock, monkeypatch: pytest.MonkeyPatch) -> None:
    counted(monkeypatch, held=Mark.HIDDEN)
    signed(announced())
    set_clock(PUBLISHED)

    page = client.get(PAGE).content.decode()
    assert ">[c]<" in page
    assert "[c] means hidden" in page
    assert "Hidden in this release: 1 of 16 figures." in page
    rows = list(csv.DictReader(StringIO(client.get(f"{PAGE}licences.csv").content.decode())))
    assert rows[-1]["held"] == "[c]"


def test_the_files_describe_each_other(client: Client, set_clock: SetClock) -> None:
    signed(announced())
    set_clock(PUBLISHED)

    package = client.get(f"{PAGE}datapackage.json").json()
    metadata = json.loads(client.get(f"{PAGE}csv-metadata.json").content)
    header = next(csv.reader(StringIO(client.get(f"{PAGE}licences.csv").content.decode())))
    (resource,) = package["resources"]
    assert [field["name"] for field in resource["schema"]["fields"]] == header
    assert [column["name"] for column in metadata["tables"][0]["tableSchema"]["columns"]] == header
    assert header == ["quarter", "quarter_en", "quarter_cy", "held", "revoked"]
    archive = ZipFile(BytesIO(client.get(f"{PAGE}all.zip").content))
    assert archive.namelist() == ["README.txt", "queries.sql", "datapackage.json", "csv-metadata.json", "licences.csv"]
    assert json.loads(archive.read("datapackage.json")) == package
    assert client.get(f"{PAGE}all.zip").content == client.get(f"{PAGE}all.zip").content


def test_every_headline_is_counted_again_from_the_zip_alone(client: Client, set_clock: SetClock) -> None:
    signed(announced())
    set_clock(PUBLISHED)

    recounted = recount(client.get(f"{PAGE}all.zip").content)

    shown = queries.published_edition(CODE, PUBLISHED)
    assert shown is not None
    assert recounted == [one.value for one in headlines_of(shown)] == ["1,184", "3"]


def recount(content: bytes) -> list[str]:
    """The headline figures by the queries of the ZIP, over its CSV files and nothing else."""
    archive, database = ZipFile(BytesIO(content)), sqlite3.connect(":memory:")
    for name in archive.namelist():
        if name.endswith(".csv"):
            header, *rows = csv.reader(StringIO(archive.read(name).decode()))
            columns = ", ".join(f'"{column}"' for column in header)
            database.execute(f'CREATE TABLE "{name.removesuffix(".csv")}" ({columns})')
            marks = ", ".join("?" * len(header))
            database.executemany(f'INSERT INTO "{name.removesuffix(".csv")}" VALUES ({marks})', rows)
    found = []
    for query in archive.read("queries.sql").decode().splitlines():
        ((value,),) = database.execute(query)
        found.append(value if value.startswith("[") else f"{int(value):,}")
    database.close()
    return found
