"""A yearly statement: figures of frozen tables, two signatures, and an opinion that the authority cannot change."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from registry.errors import Refused
from registry.tasks.models import Task
from registry.yearly_statements import actions, queries
from registry.yearly_statements.models import OPINION_WITHIN, StatementOpinion, YearlyStatement
from tests.conftest import NOW
from tests.people import person, signed_in
from tests.registry.editions.world import a_published_edition, counted
from tests.registry.yearly_statements.world import (
    DAY,
    TEXTS,
    YEAR,
    a_published_statement,
    a_signed_statement,
    a_written_statement,
    an_announced_statement,
)

pytestmark = pytest.mark.django_db
PAGE = f"/statistics/yearly/{YEAR}/"
OPINION = "The figures bear out what is said. The letters should have been measured a year ago."


@pytest.fixture(autouse=True)
def edition(monkeypatch: pytest.MonkeyPatch) -> None:
    counted(monkeypatch)
    a_published_edition()


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.code for one in refused.value.reasons]


def waits() -> list[tuple[str, object]]:
    open_ones = Task.objects.open().filter(kind__startswith="yearlystatement")
    return list(open_ones.values_list("kind", "due_on"))


def test_the_public_reads_it_once_two_people_have_signed_with_the_figures_of_the_year() -> None:
    statement = a_signed_statement()
    assert Client().get(PAGE).status_code == 404
    assert "by 2 December 2026" in Client().get("/statistics/").content.decode()

    actions.publish_statement(statement, by=person("manager"), at=NOW)

    page = Client().get(PAGE).content.decode()
    assert all(text in page for text in TEXTS.values())
    # The eight quarters of the edition end with the second of 2026: the year is the third to the sixth.
    assert all(f">{held}<" in page for held in ("1,131", "1,127", "1,140", "1,152"))
    assert "1,163" not in page
    assert PAGE in Client().get("/statistics/").content.decode()


def test_each_step_is_a_task_of_the_next_person_with_the_announced_day() -> None:
    an_announced_statement()
    assert waits() == [("yearlystatement.write", DAY)]
    statement = actions.write_statement(YearlyStatement.objects.get(), **TEXTS, by=person("manager"), at=NOW)
    assert waits() == [("yearlystatement.sign", DAY)]
    statement = actions.sign_statement(statement, by=person("manager"), at=NOW)
    assert waits() == [("yearlystatement.countersign", DAY)]
    statement = actions.publish_statement(statement, by=person("manager"), at=NOW)
    assert waits() == [("yearlystatement.give_opinion", (NOW + OPINION_WITHIN).date())]
    actions.give_opinion(statement, text=OPINION, by=person("independent_reviewer"), at=NOW)
    assert waits() == []


def test_the_one_who_signed_first_does_not_sign_second_and_the_database_says_so_too() -> None:
    first = person("manager")
    statement = actions.sign_statement(a_written_statement(), by=first, at=NOW)

    with pytest.raises(Refused) as refused:
        actions.publish_statement(statement, by=first, at=NOW)

    assert codes(refused) == ["same_person"]
    with pytest.raises(DatabaseError), transaction.atomic():
        YearlyStatement.objects.update(countersigned_by=first, countersigned_at=NOW)


def test_what_is_typed_on_the_page_is_kept_and_what_is_missing_is_said_at_its_field() -> None:
    an_announced_statement()
    client, address = signed_in(person("manager")), f"/staff/yearly-statements/{YEAR}/write/"
    typed = {**TEXTS, "will_change": TEXTS["changes"], "version": str(client.get(address).context["form"].page_version)}

    missing = client.post(address, {**typed, "will_change": ""})
    assert missing.status_code == 422
    assert TEXTS["worked"] in missing.content.decode()
    assert "Write what you will change." in missing.content.decode()

    assert client.post(address, typed).status_code == 302
    assert YearlyStatement.objects.get().changes == TEXTS["changes"]


def test_a_year_that_no_published_release_has_in_full_has_no_statement() -> None:
    assert queries.source_of("2024", NOW) is None
    with pytest.raises(Refused) as refused:
        a_written_statement("2024", worked=" ")
    assert codes(refused) == ["no_figures", "no_text"]


def test_what_is_written_is_fixed_until_it_is_returned_and_what_is_published_for_good() -> None:
    statement = a_written_statement()
    with pytest.raises(DatabaseError), transaction.atomic():
        YearlyStatement.objects.update(worked="Everything.")

    statement = actions.return_statement(statement, because="Say how you know it.", by=person("manager"), at=NOW)
    again = {**TEXTS, "worked": "Unannounced visits, by the comparison of 2025."}
    statement = actions.write_statement(statement, **again, by=person("manager"), at=NOW)
    statement = actions.sign_statement(statement, by=person("manager"), at=NOW)
    statement = actions.publish_statement(statement, by=person("manager"), at=NOW)

    for change in ({"worked": "Everything."}, {"status": "statement_announced"}, {"signed_by": person("manager")}):
        with pytest.raises(DatabaseError), transaction.atomic():
            YearlyStatement.objects.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        statement.delete()


def test_the_opinion_is_published_beside_it_and_no_one_changes_it() -> None:
    statement, reviewer = a_published_statement(), person("independent_reviewer", name="Ottilie Byrne")
    assert "There is no opinion yet" in Client().get(PAGE).content.decode()

    actions.give_opinion(statement, text=OPINION, by=reviewer, at=NOW)

    page = Client().get(PAGE).content.decode()
    assert OPINION in page
    assert "Ottilie Byrne" in page
    for write in (lambda: StatementOpinion.objects.update(text="All is well."), StatementOpinion.objects.all().delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            write()


def test_an_opinion_that_comes_too_late_is_refused_and_so_is_an_empty_one() -> None:
    statement, late = a_published_statement(), NOW + OPINION_WITHIN + timedelta(days=2)

    with pytest.raises(Refused) as refused:
        actions.give_opinion(statement, text=" ", by=person("independent_reviewer"), at=late)

    assert codes(refused) == ["too_late", "no_text"]
