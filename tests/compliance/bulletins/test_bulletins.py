"""A monthly bulletin: drafted from published tables alone, written by one, released by another, read on the record."""

from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from compliance.bulletins import actions, queries
from compliance.bulletins.models import Bulletin
from registry.accounts.models import User
from registry.editions.queries import making
from registry.editions.queries.declaring import dimension, quarter_dimension
from registry.editions.tables import CountedThing, Mark, ReleaseTable
from registry.errors import Refused
from registry.tasks.models import Task
from tests.compliance.bulletins.world import LAST_MONTH, MONTH, TEXT, a_bulletin, a_released_bulletin
from tests.compliance.intelligence.sources_world import a_source
from tests.conftest import NOW
from tests.licensing.checks.agencies import a_partner, an_agency
from tests.people import person, signed_in
from tests.registry.editions.world import a_published_edition, words
from tests.registry.partner_statistics.world import an_agreement

pytestmark = pytest.mark.django_db


def tables(last_day: date) -> Iterable[ReleaseTable]:
    quarter = quarter_dimension("Quarter", last_day)
    method = dimension("method", "Method", {"all": "All", "M2": "Fees", "M3": "Housing", "M4": "Banks"})
    last = list(quarter.values)[-1]
    cells = (("all", 61), ("M2", 14), ("M3", 44), ("M4", Mark.HIDDEN))
    yield ReleaseTable(
        code="methods",
        counts=CountedThing.REPORTS,
        title=words("Methods"),
        about=words("Methods."),
        dimensions=(quarter, method),
        measures={"number": words("Reports")},
        units={"number": "reports"},
        rows=tuple((last, *cell) for cell in cells),
    )


@pytest.fixture
def edition(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "makers", lambda: [tables])
    a_published_edition()


@pytest.fixture
def partner() -> User:
    return a_partner(an_agency())


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.code for one in refused.value.reasons]


@pytest.mark.usefixtures("edition")
def test_it_is_drafted_from_published_numbers_with_nothing_hidden_in_it() -> None:
    shown = queries.newest(NOW)
    assert shown is not None
    assert queries.draft_of(shown).splitlines() == ["Methods, April to June 2026:", "Housing: 44", "Fees: 14"]
    assert a_bulletin().drafted.endswith("Fees: 14")


def test_there_is_none_before_statistics_are_published() -> None:
    with pytest.raises(Refused) as refused:
        a_bulletin()
    assert codes(refused) == ["no_tables"]


@pytest.mark.usefixtures("edition")
def test_it_is_one_for_each_month_that_has_begun_and_says_something() -> None:
    a_bulletin()
    for told, expected in (
        ({}, ["month_taken"]),
        ({"month": MONTH + timedelta(days=40)}, ["wrong_month"]),
        ({"month": LAST_MONTH, "text": " "}, ["no_text"]),
    ):
        with pytest.raises(Refused) as refused:
            a_bulletin(**told)
        assert codes(refused) == expected
    with pytest.raises(PermissionDenied):
        a_bulletin(month=LAST_MONTH, by=person("case_officer"))


@pytest.mark.usefixtures("edition")
def test_a_second_person_releases_it_and_has_a_task_until_then() -> None:
    writer = person("manager")
    bulletin = a_bulletin(by=writer)
    assert Task.objects.filter(kind="bulletin.release", done_at=None).count() == 1
    with pytest.raises(Refused) as refused:
        actions.release_bulletin(bulletin, by=writer, at=NOW)
    assert codes(refused) == ["same_person"]

    bulletin = actions.release_bulletin(bulletin, by=person("manager"), at=NOW)

    assert bulletin.status == "bulletin_released"
    assert not Task.objects.filter(kind="bulletin.release", done_at=None).exists()


@pytest.mark.usefixtures("edition")
def test_a_refused_one_is_written_again_for_its_month() -> None:
    bulletin = a_bulletin()
    actions.refuse_bulletin(bulletin, because="It names a place too small.", by=person("manager"), at=NOW)

    assert a_bulletin().month == MONTH


@pytest.mark.usefixtures("edition")
def test_no_name_of_a_source_is_in_it() -> None:
    a_source()

    with pytest.raises(Refused) as refused:
        a_bulletin(text="Ffion Canarybird says that fees are taken.")

    assert codes(refused) == ["name_of_source"]


@pytest.mark.usefixtures("edition")
def test_partners_with_an_agreement_read_what_is_released_and_each_reading_is_seen(partner: User) -> None:
    told, waiting = a_released_bulletin(), a_bulletin(month=LAST_MONTH)
    client = signed_in(partner)
    address = f"/partner/bulletins/{told.reference}/"
    assert client.get(address).status_code == 404
    assert partner.agency is not None
    an_agreement(partner.agency)

    assert TEXT in client.get(address).content.decode()
    assert client.get(f"/partner/bulletins/{waiting.reference}/").status_code == 404
    listed = client.get("/partner/bulletins/").content.decode()
    assert told.reference in listed and waiting.reference not in listed

    for role in ("manager", "auditor"):
        page = signed_in(person(role)).get(f"/staff/bulletins/{told.reference}/").content.decode()
        assert page.count(f"{partner.agency}: {partner}") == 1


@pytest.mark.usefixtures("edition")
def test_the_database_keeps_a_bulletin_as_it_was_written() -> None:
    bulletin = a_released_bulletin()

    for change in ({"text": "Another."}, {"status": "bulletin_refused"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Bulletin.objects.filter(pk=bulletin.pk).update(**change)


@pytest.mark.usefixtures("edition")
def test_it_is_written_and_released_on_its_pages() -> None:
    first, second = signed_in(person("intelligence_analyst")), signed_in(person("manager"))
    assert "Housing: 44" in first.get("/staff/bulletins/write/").content.decode()

    typed = {"month": MONTH.isoformat(), "text": TEXT}
    address = first.post("/staff/bulletins/write/", typed).headers["Location"]
    version = str(second.get(f"{address}release/").context["form"].page_version)

    assert second.post(f"{address}release/", {"version": version}).status_code == 302
    assert Bulletin.objects.get().status == "bulletin_released"
