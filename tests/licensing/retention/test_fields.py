"""The page and the file of every personal field; and the terms that the public reads."""

import csv
from io import StringIO
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import translation

from licensing.retention.queries import fields, periods
from registry import personal_data, schemes
from registry.trail.models.events import Event
from tests.conftest import NOW
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db


def test_the_page_says_each_personal_field_with_purpose_basis_term_and_readers() -> None:
    page = signed_in(person("manager")).get("/staff/personal-data/").content.decode()

    assert "Reports of concerns" in page
    assert "84 months since the report was closed" in page
    assert "Public task (UK GDPR article 6(1)(e))" in page
    shown = {name for rule in fields.under_rules(NOW.date()) for table in rule.tables for name in table[1].split(", ")}
    assert {use.name for use in personal_data.uses() if use.is_personal} == shown


def test_the_file_has_a_row_for_each_field_and_term() -> None:
    answer = signed_in(person("manager")).post("/staff/personal-data/csv/")
    rows = list(csv.reader(StringIO(answer.getvalue().decode("utf-8-sig"))))

    assert len(rows) - 1 == sum(len(use.terms) for use in personal_data.uses())
    sealed = next(row for row in rows if row[0] == "compliance.SealedIdentity")
    assert sealed[1:3] == ["sealed", "People who give intelligence"]
    assert "Source handler" in sealed[-1]
    assert Event.objects.latest("number").verb == "take_list"


@pytest.mark.parametrize("role", ["case_officer", "applicant", "intelligence_analyst"])
def test_others_do_not_see_it(role: str) -> None:
    assert signed_in(person(role)).get("/staff/personal-data/").status_code == 403


def test_the_public_reads_the_terms_in_english_and_welsh(client: Client) -> None:
    english = client.get("/privacy/").content.decode()
    with translation.override("cy"):
        welsh = client.get("/cy/privacy/").content.decode()

    assert "24 months since the report was closed and the last message written" in english
    assert "Blychau post pobl" in welsh


def test_a_worker_reads_for_how_many_years_a_report_is_held(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    said = "after we close it, and longer if a court needs it."
    assert f"for 7 years {said} We keep the messages between you and us for 2 years" in (
        client.get("/privacy/").content.decode()
    )
    for language, words in {"pl": "przez 7 lat", "ar": "سنتين بعد آخر رسالة", "cy": "am ddwy flynedd"}.items():
        with translation.override(language):
            assert words in client.get(f"/{language}/privacy/").content.decode()

    of_scheme = schemes.in_force("gla-food", NOW.date()).retention
    for_good = [rule.model_copy(update={"months": None}) for rule in of_scheme]
    monkeypatch.setattr(periods, "schemes_offered", lambda _day: {"one": SimpleNamespace(retention=for_good)})
    assert said not in client.get("/privacy/").content.decode(), "no number of years is said of what is held for good"
