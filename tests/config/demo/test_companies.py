"""The sample snapshot of the companies register: read by the real command, it agrees with most firms and differs from some."""

from collections import Counter
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.utils import timezone
from pytest_django import Settings

from config.demo import companies, loading
from config.demo.words import INVENTED_PLACES
from licensing.applications.models import Application
from licensing.applications.queries import applications
from licensing.applications.queries import companies as companies_queries
from registry.accounts.models import User
from registry.companies.queries import company
from tests import stories
from tests.conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture(autouse=True)
def files(settings: Settings, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path


def read_in() -> None:
    list(companies.snapshot(NOW))


def differences(application: Application) -> list[str]:
    match = companies_queries.company_match(
        applications.form_of(application, today=timezone.localdate(NOW)), today=timezone.localdate(NOW)
    )
    assert match is not None and match.company is not None and match.is_fresh
    return [reason.code for reason in match.differences]


def a_draft(number: str, **facts: object) -> Application:
    return stories.an_application_answered(profile=stories.a_profile(company_number=number, former_names=[], **facts))


def test_the_newest_edition_is_that_of_this_month_and_in_the_official_layout(tmp_path: Path) -> None:
    read_in()

    edition, found = company("95000001")
    assert edition is not None and edition.edition_on == NOW.date().replace(day=1)
    assert found is not None and found.is_active
    header = (
        (tmp_path / "companies" / f"BasicCompanyDataAsOneFile-{edition.edition_on}.csv").read_text().splitlines()[0]
    )
    assert header.startswith("CompanyName, CompanyNumber, RegAddress.CareOf") and header.count(",") == 54


def test_of_the_companies_to_try_one_is_well_one_being_struck_off_and_one_gone() -> None:
    read_in()

    found = {number: company(number)[1] for number, _name, _differs in companies.TO_TRY}
    said = {number: (one.status, one.gone_since is None) for number, one in found.items() if one}
    assert said == {
        "95000001": ("Active", True),
        "95000002": ("Active - Proposal to Strike off", True),
        "95000003": ("Active", False),
    }
    shown = render_to_string("parts/demo_people.html", {"people": []})
    assert all(number in shown for number in said)


def test_the_firms_of_the_sample_employer_each_show_another_difference() -> None:
    list(loading.people(NOW))
    employer = User.objects.get(email="applicant@demo.example")
    drafts = []
    names = ("One Hands Ltd", "Two Hands Ltd", "Three Hands Ltd", *(f"{place} Ltd" for place in INVENTED_PLACES[:2]))
    for nth, name in enumerate(names):
        own = stories.an_application(stories.a_provider(name, by=employer))
        profile = stories.a_profile(legal_name=name, company_number=f"9400000{nth}", former_names=[])
        drafts.append(stories.an_application_answered(own, profile=profile))

    read_in()

    assert [differences(one) for one in drafts] == [
        ["former_name"],
        ["former_name_missing"],
        ["address"],
        ["address"],
        ["status"],
    ]


def test_most_agree_and_nothing_adverse_is_said_of_a_firm_that_might_exist() -> None:
    kinds = Counter(
        (companies.may_be_adverse(name), companies.difference(f"9{nth:07}", name))
        for nth in range(2000)
        for name in (f"{INVENTED_PLACES[0]} Hands Ltd", "Jones Hands Ltd")
    )

    assert 0.75 < sum(count for (_may, differs), count in kinds.items() if not differs) / 4000 < 0.85
    assert {differs for may, differs in kinds if may} > {*companies.ADVERSE}
    assert not {differs for may, differs in kinds if not may} & {*companies.ADVERSE}
