"""A company of one person: director, owner and principal authority in one states each fact once."""

from collections import Counter

import pytest
from django.urls import reverse

from licensing.applications.queries.applications import form_of
from tests.conftest import NOW
from tests.licensing.applications.walking import Walk
from tests.people import signed_in
from tests.stories import an_application, holder_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]

# Who signs types their name: that is an act, and not a fact.
ACT = "signature"
FACTS = {
    "legal_status": "company",
    "address_line_1": "Stable Cottage",
    "address_town": "Bangor",
    "address_postcode": "LL57 1AA",
    "address_country": "wales",
    "company_number": "01234567",
    "utr": "1955839661",
    "significant_control": "yes",
    "full_name": "Maria Kowalska",
    "date_of_birth_day": "14",
    "date_of_birth_month": "5",
    "date_of_birth_year": "1984",
    "country_of_birth": "Poland",
    "nationality": "Polish",
    "nino": "AB123456C",
    "job_title": "Managing director",
    "right_to_work": "citizen",
    "experience": "Ten years with a packhouse",
    "telephone": "01632 960 001",
    "mobile": "07700 900 123",
    "contact_preference": "email",
    "recruitment": "Advertisements",
    "worker_countries": "United Kingdom",
    "worker_numbers_now": "0",
    "worker_numbers_peak": "12",
    "payroll": "own",
    "turnover_basis": "forecast",
    "turnover": "250000",
    "forecast_year_start_day": "1",
    "forecast_year_start_month": "12",
    "forecast_year_start_year": "2026",
    ACT: "Maria Kowalska",
}


def typing(name: str) -> str | None:
    return "principal-authority" if name == "person" else FACTS.get(name)


def test_a_one_man_company_states_each_fact_once() -> None:
    application = an_application(legal_name="Kowalska Harvest Ltd")
    walk = Walk(signed_in(holder_of(application.organisation)), typing)

    tasks = walk.open(reverse("application_tasks", args=[application.reference]))
    walk.answer_until(tasks, "check-answers/")

    filled = form_of(application, today=NOW.date())
    assert not list(filled.missing())
    times = Counter(words for name, words in walk.typed if words and name != ACT and len(words) > 2)
    assert {"Maria Kowalska", "Polish", "1984", "AB123456C", "Stable Cottage", "01632 960 001"} <= times.keys()
    assert [words for words, often in times.items() if often > 1] == []
    reached = filled.person("principal_authority")
    assert [reached[key] for key in ("telephone", "email", "mobile")] == [
        filled.facts[key] for key in ("telephone", "email", "mobile")
    ]
    assert {page.slug for page, _item in filled.listed("person")} == {"directors", "controllers"}
