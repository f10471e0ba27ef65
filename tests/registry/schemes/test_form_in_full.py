"""The form in full: all that the authority's own system recorded in 2018 and its guidance of 2017 lists is asked.

Sources: domain notes, sections 1.5 (glaa-web 2018) and 3.3 (FORM17, RULES06). The tables below are those lists.
"""

from datetime import date

import pytest

from registry import schemes

FOOD = schemes.get("gla-food", date(2026, 4, 7))
BUILDING = (schemes.get("construction", date(2026, 10, 1)), schemes.get("construction", date(2027, 4, 6)))
NEWEST = [schemes.get(name, schemes.versions(name)[-1]) for name in schemes.names()]
IN_FULL = pytest.mark.parametrize("scheme", [FOOD, *BUILDING], ids=str)

OF_THE_ORGANISATION = {
    "legal-status": "legal_status",
    "names": "legal_name trading_names former_names",
    "previous-names": "previous_name previous_name_town previous_name_country",
    "company": "company_number registered_on",
    "tax": "utr vat_registered vat_number vat_since paye_reference paye_since",
    "paye-references": "paye_number paye_number_since",
    "address": "address trading_address correspondence_address",
    "contact": "telephone mobile email website contact_preference",
    "business": "started_on part_of_group group_details franchise franchise_details has_branches branches",
    "overseas": "home_country overseas_registration overseas_tax_number overseas_labour_registration overseas_inspectorate",
    "control": "significant_control",
    "controllers": "full_name control_kinds control_since control_details",
    "job-titles": "job_title holders",
    "convictions": "convictions convictions_details pending_prosecutions",
    "judgments": "judgments investigations labour_enforcement immigration_penalties",
    "insolvency": "bankruptcy disqualified company_insolvency restraint_orders",
    "history": "traded_before held_before licence_refused licence_revoked associated banned banned_on banned_details",
    "sectors": "sectors activities",
    "places": "countries_supplied places_supplied countries_abroad",
    "supply": "outside_sectors outside_sectors_details employment_status employment_status_other contracts written_agreements",
    "workers": "worker_numbers_now worker_numbers_peak worker_sources worker_countries recruitment overseas_agents",
    "agents": "agent_name agent_country agent_licence agent_fees",
    "pay": "payroll paid_how paid_every payslips deductions loans",
    "accommodation": "accommodation accommodation_properties accommodation_deducted accommodation_choose",
    "premises": "premises_address premises_owner premises_licence",
    "transport": "transport transport_vehicles transport_deducted transport_choose",
    "vehicles": "registration seats operator_licence",
    "labour-users": "user_name",
    "subcontractors": "subcontractor_name subcontractor_licence",
    "insurance": "insured insurer insured_until",
    "turnover": "turnover_basis turnover turnover_year_end forecast_year_start",
    "turnover-by-year": "earlier_year_end earlier_turnover",
    "declaration": "declaration signature",
}
OF_SHELLFISH = (
    "shellfish_workers shellfish_nationalities shellfish_experience shellfish_before_where shellfish_before_when "
    "gathering_place gathering_starts"
)
OF_A_PERSON = (
    "full_name former_name date_of_birth town_of_birth county_of_birth country_of_birth telephone extension mobile email "
    "nino foreign_social_security address nationality passport_number passport_country right_to_work visa_number visa_kind "
    "leave_until"
)
DECLARED = (
    "own_bankruptcy own_bankruptcy_on own_bankruptcy_number own_disqualified own_disqualified_details own_orders own_orders_on "
    "own_orders_amount own_convictions own_convictions_details own_trial own_trial_details own_licence own_licence_details"
)
OF_THE_PRINCIPAL_AUTHORITY = ["job_title", "is_director", "experience", "uk_work_since"]
EVERYONE_IN_CHARGE = ["controllers", "alternative-representative", "directors", "secretaries", "partners", "officers"]


def asked(scheme: schemes.Scheme, slug: str) -> set[str]:
    return {question.key for question in scheme.form.page(slug).questions}


@IN_FULL
@pytest.mark.parametrize("slug", OF_THE_ORGANISATION)
def test_all_is_asked_of_the_organisation(scheme: schemes.Scheme, slug: str) -> None:
    assert set(OF_THE_ORGANISATION[slug].split()) <= asked(scheme, slug)


def test_gatherers_of_shellfish_are_asked_what_they_did_before_and_where() -> None:
    assert set(OF_SHELLFISH.split()) <= asked(FOOD, "shellfish")


@IN_FULL
def test_all_is_asked_of_the_principal_authority(scheme: schemes.Scheme) -> None:
    pages = [page for page in scheme.form.pages if page.person == "principal_authority"]

    found = set().union(*(asked(scheme, page.slug) for page in pages))

    assert {*OF_A_PERSON.split(), *DECLARED.split(), *OF_THE_PRINCIPAL_AUTHORITY} <= found


@IN_FULL
@pytest.mark.parametrize("slug", EVERYONE_IN_CHARGE)
def test_all_is_asked_of_everyone_in_charge(scheme: schemes.Scheme, slug: str) -> None:
    assert {*OF_A_PERSON.split(), *DECLARED.split()} <= asked(scheme, slug)


@IN_FULL
def test_everyone_named_makes_the_same_declarations(scheme: schemes.Scheme) -> None:
    lists = [page for page in scheme.form.pages if page.list_of and page.list_of.of == "person"]

    assert [page.slug for page in lists if not set(DECLARED.split()) <= asked(scheme, page.slug)] == []


@IN_FULL
def test_what_a_person_declares_is_never_public(scheme: schemes.Scheme) -> None:
    declared = [
        question for page in scheme.form.pages for question in page.questions if question.key in DECLARED.split()
    ]

    assert all(question.personal and not question.public for question in declared)


@IN_FULL
def test_whoever_says_that_somebody_has_control_must_name_that_person(scheme: schemes.Scheme) -> None:
    list_of = scheme.form.page("controllers").list_of

    assert list_of is not None
    assert [list_of.needed({"significant_control": said}) for said in (True, False)] == [1, 0]


@IN_FULL
@pytest.mark.parametrize(("basis", "year"), [("last_year", "turnover_year_end"), ("forecast", "forecast_year_start")])
def test_a_turnover_always_says_of_which_year_it_is(scheme: schemes.Scheme, basis: str, year: str) -> None:
    shown = [q for q in scheme.form.page("turnover").questions if q.is_shown({"turnover_basis": basis})]

    assert [q.key for q in shown if not q.optional] == ["turnover_basis", "turnover", year]


@IN_FULL
def test_earlier_years_are_asked_only_of_who_traded_in_them(scheme: schemes.Scheme) -> None:
    page = scheme.form.page("turnover-by-year")

    assert page.is_shown({"turnover_basis": "last_year"})
    assert not page.is_shown({"turnover_basis": "forecast"})


@pytest.mark.parametrize("scheme", [*NEWEST, BUILDING[0]], ids=str)
@pytest.mark.parametrize(("nation", "is_asked"), [("wales", True), ("elsewhere", False)])
def test_numbers_that_only_firms_here_have_are_asked_of_no_firm_abroad(
    scheme: schemes.Scheme, nation: str, is_asked: bool
) -> None:
    form = scheme.form
    (utr,) = [question for question in form.page("tax").questions if question.key == "utr"]
    known = {"nation": nation, "legal_status": "company"}

    assert (utr.is_shown(known), form.page("company").is_shown(known)) == (is_asked, is_asked)
    slugs = [page.slug for page in form.pages]
    assert slugs.index("address") < min(slugs.index("company"), slugs.index("tax")), "where it is, is known before"
    assert not any(q.optional for q in form.page("overseas").questions if q.key == "overseas_tax_number")


@pytest.mark.parametrize("scheme", NEWEST, ids=str)
@pytest.mark.parametrize("language", ["en", "cy"])
def test_every_page_says_why_it_is_asked(scheme: schemes.Scheme, language: str) -> None:
    pages = scheme.form.pages

    assert [page.slug for page in pages if not page.why.root.get(language, "").strip()] == []
    assert len({page.why.root[language] for page in pages}) >= 0.9 * len(pages)  # said of this page, not of any


def test_no_question_of_the_form_before_is_lost_but_the_visa_in_one_line_and_the_place_as_a_text() -> None:
    before = schemes.get("gla-food", date(2025, 4, 28))
    now = {(page.slug, question.key): question.kind for page in FOOD.form.pages for question in page.questions}
    old = {(page.slug, question.key): question.kind for page in before.form.pages for question in page.questions}

    assert old.keys() - now.keys() == {
        ("principal-authority-role", "visa_details"),
        ("labour-users", "user_place"),
    }
    assert {key: old[key] for key in old.keys() & now.keys()} == {key: now[key] for key in old.keys() & now.keys()}
