"""The food and agriculture scheme as it stood from one day to the next. Sources are in the packs."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from registry import schemes
from registry.organisations.models import LegalStatus, RoleKind
from registry.schemes import form_faults, review
from registry.schemes.form import Role

NAME = "gla-food"
MAY_2012, OCTOBER_2013, JULY_2016, OCTOBER_2018, APRIL_2025, APRIL_2026 = schemes.versions(NAME)

# The set of May 2012 as the authority's own system held it in March 2018: 37 standards, these 17 of them critical.
CRITICAL_2012 = [
    "1.1", "1.2", "1.3", "2.1", "2.2", "3.1", "3.2", "3.3", "4.1", "6.4", "6.5", "6.6",
    "6.7", "6.8", "6.9", "7.1", "8.1",
]  # fmt: skip
OTHER_2012 = [
    "1.4", "2.3", "2.4", "4.2", "4.3", "5.1", "5.2", "5.3", "5.4", "5.5", "5.6", "5.7",
    "6.1", "6.2", "6.3", "7.2", "7.3", "7.4", "7.5", "8.2",
]  # fmt: skip


def scheme(version: date) -> schemes.Scheme:
    return schemes.get(NAME, version)


def points(version: date) -> dict[str, int]:
    return {standard.code: standard.points for standard in scheme(version).standards}


@pytest.fixture(params=schemes.versions(NAME), ids=str)
def each(request: pytest.FixtureRequest) -> schemes.Scheme:
    return scheme(request.param)


# --- versions and authorities ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "version", "authority"),
    [
        (date(2012, 5, 1), MAY_2012, "Gangmasters Licensing Authority"),
        (date(2013, 9, 30), MAY_2012, "Gangmasters Licensing Authority"),
        (date(2013, 10, 1), OCTOBER_2013, "Gangmasters Licensing Authority"),
        (date(2016, 7, 11), OCTOBER_2013, "Gangmasters Licensing Authority"),
        (date(2016, 7, 12), JULY_2016, "Gangmasters and Labour Abuse Authority"),
        (date(2018, 9, 30), JULY_2016, "Gangmasters and Labour Abuse Authority"),
        (date(2018, 10, 1), OCTOBER_2018, "Gangmasters and Labour Abuse Authority"),
        (date(2025, 4, 27), OCTOBER_2018, "Gangmasters and Labour Abuse Authority"),
        (date(2025, 4, 28), APRIL_2025, "Gangmasters and Labour Abuse Authority"),
        (date(2026, 4, 6), APRIL_2025, "Gangmasters and Labour Abuse Authority"),
        (date(2026, 4, 7), APRIL_2026, "Fair Work Agency"),
        (date(2026, 11, 28), APRIL_2026, "Fair Work Agency"),
    ],
)
def test_the_authority_is_the_one_of_the_day(day: date, version: date, authority: str) -> None:
    held = schemes.in_force(NAME, day)

    assert (held.version, str(held.authority.name)) == (version, authority)


def test_nothing_is_known_before_may_2012() -> None:
    with pytest.raises(schemes.NoSchemeInForce):
        schemes.in_force(NAME, date(2012, 4, 30))


def test_the_day_in_may_2012_is_still_to_be_confirmed() -> None:
    assert [version for version in schemes.versions(NAME) if "version" in scheme(version).review] == [MAY_2012]


def test_the_fair_work_agency_can_be_reached() -> None:
    authority = scheme(APRIL_2026).authority

    assert authority.telephone == "0345 161 6000"
    assert authority.email == "licensing@fairworkagency.gov.uk"
    assert authority.address == ("Loxley House", "Station Street", "Nottingham", "NG2 3NG")
    assert "Secretary of State" in str(authority.legal_basis)


def test_since_2026_every_letter_says_whose_powers_they_are() -> None:
    for letter in scheme(APRIL_2026).letters:
        assert any("Employment Rights Act 2025" in str(law) for law in letter.law), letter.code
    for letter in scheme(APRIL_2025).letters:
        assert not any("Employment Rights Act 2025" in str(law) for law in letter.law), letter.code


def test_the_application_names_the_places_of_supply() -> None:
    asked = {one.key: one.kind for one in scheme(APRIL_2026).form.page("labour-users").questions}

    assert asked == {"user_name": "text", "user_places": "premises", "user_work": "text"}


# --- standards -------------------------------------------------------------------------------------------------------


def test_the_standards_of_2012_are_37_of_which_17_are_critical() -> None:
    assert points(MAY_2012) == dict.fromkeys(CRITICAL_2012, 30) | dict.fromkeys(OTHER_2012, 8)
    assert [one.code for one in scheme(MAY_2012).standards if one.critical] == CRITICAL_2012


@pytest.mark.parametrize("version", [OCTOBER_2018, APRIL_2025, APRIL_2026])
def test_since_october_2018_holiday_pay_is_a_critical_standard(version: date) -> None:
    assert points(version) == points(MAY_2012) | {"2.5": 30}
    assert scheme(version).standard("2.5").critical


def test_october_2018_widened_the_standards_it_kept() -> None:
    guidance = {code: str(scheme(OCTOBER_2018).standard(code).guidance) for code in points(MAY_2012)}
    before = {code: str(scheme(MAY_2012).standard(code).guidance) for code in points(MAY_2012)}

    assert {code for code in guidance if guidance[code] != before[code]} == {
        "1.1",
        "1.3",
        "1.4",
        "3.1",
        "3.2",
        "3.3",
        "7.1",
    }
    assert "start of supply" in guidance["1.3"]
    assert all("International Labour Organization" in guidance[code] for code in ("3.1", "3.2", "3.3"))


def test_one_critical_standard_or_four_others_make_a_fail(each: schemes.Scheme) -> None:
    assert each.fail_at == 30
    assert {standard.points for standard in each.standards if standard.critical} == {30}
    assert {standard.points for standard in each.standards if not standard.critical} == {8}
    assert 3 * 8 < each.fail_at <= 4 * 8


HOUSING, AWAY, DRIVING = {"4.1", "4.2", "4.3"}, {"4.3"}, {"6.4"}
SHELLFISH, CHAIN = {"6.5", "6.6", "6.7", "6.8", "6.9"}, {"8.1", "8.2"}


@pytest.mark.parametrize(
    ("facts", "codes"),
    [
        ({}, set()),
        ({"accommodation": True}, HOUSING),
        ({"accommodation": False, "away_from_home": True}, AWAY),
        ({"transport": True}, DRIVING),
        ({"subcontracting": True}, CHAIN),
        ({"sectors": ["agriculture", "shellfish"]}, SHELLFISH),
        ({"sectors": ["agriculture", "processing"]}, set()),
        (
            {"accommodation": True, "transport": True, "subcontracting": True, "sectors": ["shellfish"]},
            HOUSING | DRIVING | CHAIN | SHELLFISH,
        ),
    ],
)
def test_a_standard_is_tested_only_where_the_business_does_that(
    each: schemes.Scheme, facts: dict[str, Any], codes: set[str]
) -> None:
    sometimes = HOUSING | AWAY | DRIVING | SHELLFISH | CHAIN
    always = {standard.code for standard in each.standards} - sometimes

    assert {standard.code for standard in each.relevant_standards(facts)} == always | codes


# --- fees ------------------------------------------------------------------------------------------------------------

FEES_2009 = {"A": (2_600, 2_900), "B": (2_000, 2_400), "C": (1_200, 2_150), "D": (400, 1_850)}
FEES_2025 = {"A": (4_000, 4_500), "B": (3_100, 3_720), "C": (1_860, 3_330), "D": (620, 2_870)}


@pytest.mark.parametrize(
    ("day", "fees"),
    [
        (date(2012, 5, 1), FEES_2009),
        (date(2018, 10, 1), FEES_2009),
        (date(2025, 4, 27), FEES_2009),
        (date(2025, 4, 28), FEES_2025),
        (date(2026, 4, 7), FEES_2025),
    ],
)
@pytest.mark.parametrize("band", "ABCD")
def test_the_fee_is_that_of_the_day(day: date, fees: dict[str, tuple[int, int]], band: str) -> None:
    held = schemes.in_force(NAME, day)
    yearly, inspection = fees[band]

    assert held.fee(band) == held.fee(band, "renewal") == yearly
    assert held.fee(band, "inspection") == inspection


@pytest.mark.parametrize(
    ("turnover", "band"),
    [
        (0, "D"),
        (Decimal("999999.99"), "D"),
        (1_000_000, "C"),
        (Decimal("4999999.99"), "C"),
        (5_000_000, "B"),
        (Decimal("9999999.99"), "B"),
        (10_000_000, "A"),
        (10**12, "A"),
    ],
)
def test_a_band_begins_with_its_lower_end(each: schemes.Scheme, turnover: Decimal | int, band: str) -> None:
    assert each.band(turnover).code == band


def test_the_fee_is_never_given_back(each: schemes.Scheme) -> None:
    assert not each.fees.refundable


def test_the_fee_tables_since_2006_are_kept() -> None:
    history = {table.in_force: table.amounts for table in scheme(MAY_2012).fees.history}

    assert list(history) == [date(2006, 4, 6), date(2008, 4, 6), date(2009, 4, 6)]
    assert history[date(2006, 4, 6)]["inspection"] == {"A": 2_500, "B": 2_100, "C": 1_850, "D": 1_600}
    assert history[date(2008, 4, 6)]["application"] == {"A": 12_900, "B": 7_400, "C": 4_050, "D": 2_250}
    assert history[date(2008, 4, 6)]["renewal"] == {"A": 10_000, "B": 5_000, "C": 1_900, "D": 400}
    assert history[date(2009, 4, 6)]["application"] == {band: fees[0] for band, fees in FEES_2009.items()}


# --- clocks ----------------------------------------------------------------------------------------------------------


def test_the_clocks_are_those_of_the_law(each: schemes.Scheme) -> None:
    assert each.licence_months == 12
    assert each.renewal.reminders_weeks == (6, 3)
    assert each.immediate.max_working_days == 5
    assert (each.appeal.working_days, each.appeal.immediate_working_days) == (20, 10)
    assert each.appeal.continues
    assert not each.appeal.immediate_continues
    assert each.changes.working_days == 20
    assert each.changes.ends_licence == ("company_number", "utr", "vat_number")


@pytest.mark.parametrize("letter", ["decision_refuse", "suspension", "revocation", "decision_grant_with_conditions"])
def test_a_letter_gives_the_days_of_the_appeal_clock(each: schemes.Scheme, letter: str) -> None:
    assert days_to_appeal(each, letter) == [each.appeal.working_days]


def test_a_letter_of_immediate_effect_gives_the_shorter_clock(each: schemes.Scheme) -> None:
    assert days_to_appeal(each, "revocation_immediate") == [each.appeal.immediate_working_days]
    assert "An appeal does not stop this decision" in " ".join(map(str, each.letter("revocation_immediate").appeal))


def days_to_appeal(version: schemes.Scheme, letter: str) -> list[int]:
    wording = " ".join(map(str, version.letter(letter).appeal))
    return [int(days) for days in re.findall(r"must receive the appeal within (\d+) working days", wording)]


def test_every_letter_that_decides_states_the_law_it_rests_on(each: schemes.Scheme) -> None:
    for letter in each.letters:
        if letter.code.startswith(("decision", "revocation", "suspension", "condition", "licence", "surrender")):
            assert letter.law, letter.code


# --- the form --------------------------------------------------------------------------------------------------------


def test_the_form_has_sections_a_to_h(each: schemes.Scheme) -> None:
    assert [section.code for section in each.form.sections] == list("ABCDEFGH")


@pytest.mark.parametrize(
    ("status", "pages"),
    [
        ("sole_trader", set()),
        ("company", {"company", "directors", "secretaries"}),
        ("partnership", {"partners"}),
        ("unincorporated", {"officers"}),
        ("other", {"officers"}),
    ],
)
def test_the_form_asks_for_those_who_answer_for_that_kind_of_business(
    each: schemes.Scheme, status: str, pages: set[str]
) -> None:
    shown = {page.slug for page in each.form.shown({"legal_status": status, "nation": "wales"})}

    assert shown & {"company", "directors", "secretaries", "partners", "officers"} == pages


@pytest.mark.parametrize(
    ("facts", "pages"),
    [
        ({"accommodation": True}, {"premises"}),
        ({"transport": True}, {"vehicles"}),
        ({"subcontracting": True}, {"subcontractors"}),
        ({"overseas_agents": True}, {"agents"}),
        ({"sectors": ["shellfish"]}, {"shellfish", "supervisors"}),
        ({"sectors": ["horticulture"]}, set()),
    ],
)
def test_the_form_asks_more_only_where_the_business_does_more(
    each: schemes.Scheme, facts: dict[str, Any], pages: set[str]
) -> None:
    assert {page.slug for page in each.form.shown(facts)} - {page.slug for page in each.form.shown({})} == pages


def test_every_security_question_asks_for_details_after_a_yes(each: schemes.Scheme) -> None:
    (section,) = (section for section in each.form.sections if section.code == "E")
    asked = [question for page in section.pages for question in page.questions]
    yes_or_no = [question for question in asked if question.kind == "yes_no"]

    assert len(yes_or_no) >= 14
    for question in yes_or_no:
        details = each.form.question(f"{question.key}_details")
        assert schemes.holds(details.show_when, {question.key: True})
        assert not schemes.holds(details.show_when, {question.key: False})
        assert bool(details.from_each) == bool(question.from_each)


def test_everyone_named_must_be_sixteen(each: schemes.Scheme) -> None:
    births = [one for page in each.form.pages for one in page.questions if one.key == "date_of_birth"]

    assert len(births) >= 7
    assert {one.min_age for one in births} == {16}


def test_the_declaration_must_be_made_whole_and_signed(each: schemes.Scheme) -> None:
    assert each.form.question("declaration").all_of
    assert each.form.question("consent").all_of
    assert not each.form.question("signature").optional


def test_the_form_speaks_of_the_kinds_that_the_register_knows(each: schemes.Scheme) -> None:
    assert [choice.value for choice in each.form.question("legal_status").choices] == LegalStatus.values


def test_a_pack_may_name_only_the_kinds_of_organisation_that_the_register_knows() -> None:
    assert list(form_faults.LEGAL_STATUSES) == LegalStatus.values


def test_a_pack_may_name_exactly_the_roles_that_the_register_knows() -> None:
    assert set(Role.__args__) == set(RoleKind.values)  # type: ignore[attr-defined]


def test_what_is_about_a_living_person_is_never_public(each: schemes.Scheme) -> None:
    for page in each.form.pages:
        about_someone = page.person or (page.list_of and page.list_of.of == "person")
        for question in page.questions:
            assert not (question.personal and question.public)
            assert question.personal or not about_someone, f"{page.slug}: {question.key}"


# --- inspecting and checking -----------------------------------------------------------------------------------------


BY_RISK = pytest.mark.parametrize("version", [OCTOBER_2013, JULY_2016, OCTOBER_2018, APRIL_2025, APRIL_2026])


@BY_RISK
@pytest.mark.parametrize(
    ("facts", "codes"),
    [
        ({"renewal": False}, []),
        ({"licence_refused": True}, ["refused_before"]),
        ({"refused_before": True}, ["refused_before"]),
        ({"licence_revoked": True}, ["revoked_before"]),
        ({"adverse_reply": True}, ["adverse_reply"]),
        ({"accommodation": True}, []),
        ({"accommodation": True, "transport": True}, ["housing_and_transport"]),
        ({"supplied_before": False}, []),
    ],
)
def test_since_october_2013_applicants_are_inspected_by_risk(
    version: date, facts: dict[str, Any], codes: list[str]
) -> None:
    assert [trigger.code for trigger in scheme(version).triggers_for("application", facts)] == codes


@pytest.mark.parametrize(("renewal", "codes"), [(False, ["every_applicant"]), (True, [])])
def test_until_october_2013_every_new_applicant_is_inspected(renewal: bool, codes: list[str]) -> None:
    found = scheme(MAY_2012).triggers_for("application", {"renewal": renewal})

    assert [trigger.code for trigger in found] == codes


@pytest.mark.parametrize("version", [APRIL_2025, APRIL_2026])
@pytest.mark.parametrize(
    ("facts", "codes"),
    [
        ({"supplied_before": False}, ["new_supplier"]),
        ({"supplied_before": True}, []),
        ({"conditions_at_grant": True}, ["conditions_at_grant"]),
    ],
)
def test_who_is_new_is_visited_once_it_supplies(version: date, facts: dict[str, Any], codes: list[str]) -> None:
    assert [trigger.code for trigger in scheme(version).triggers_for("granted", facts)] == codes
    assert not scheme(OCTOBER_2018).triggers_for("granted", facts), "that policy began on 1 October 2021"


def test_what_the_tax_authority_says_may_not_be_passed_on(each: schemes.Scheme) -> None:
    assert not each.check("tax").handling.may_be_passed_on


def test_checks_follow_what_the_business_does(each: schemes.Scheme) -> None:
    always = {check.code for check in each.checks_for({})}
    everything = {"sectors": ["shellfish"], "transport": True, "accommodation": True, "based_overseas": True}

    assert {"tax", "police", "immigration"} <= always
    assert {check.code for check in each.checks_for(everything)} - always == {
        "coastguard",
        "vehicles",
        "housing",
        "overseas",
    }


# --- firms abroad ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("country", "is_asked"), [("wales", True), ("elsewhere", False)])
def test_only_whoever_has_an_address_here_is_asked_for_a_utr(country: str, is_asked: bool) -> None:
    form = scheme(APRIL_2026).form
    (utr,) = [question for question in form.page("tax").questions if question.key == "utr"]

    assert utr.is_shown({"nation": country}) is is_asked
    slugs = [page.slug for page in form.pages]
    assert slugs.index("address") < slugs.index("tax"), "the address is known before the number is asked"
    assert not any(q.optional for q in form.page("overseas").questions if q.key == "overseas_tax_number")


# --- what the public is shown, and in which language -----------------------------------------------------------------


def test_the_register_shows_applicants_people_and_conditions_but_no_refusal(each: schemes.Scheme) -> None:
    public = each.public

    assert (public.show_applicants, public.named_people, public.conditions) == (True, "listed", True)
    assert not public.show_refused
    assert not public.email


def test_every_text_is_there_in_welsh(each: schemes.Scheme) -> None:
    assert each.translation == {"cy": "draft"}
    assert [key for key, text in review.texts(each) if "cy" not in text.languages] == []


def test_no_welsh_text_is_english_left_standing(each: schemes.Scheme) -> None:
    same = {str(text) for _, text in review.texts(each) if text["cy"] == text["en"]}

    assert same <= {"Acas", "partner"}


def test_what_is_not_confirmed_is_marked_with_its_source(each: schemes.Scheme) -> None:
    marked = dict(schemes.to_review(each))

    assert "standards[5.5]" in marked
    assert "form.sections[F].pages[insurance]" in marked
    assert "scheme.translation.cy" in marked
    assert "standards[2.1]" not in marked
