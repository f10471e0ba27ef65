"""The draft scheme for construction: what it asks, checks, tests and charges, and that all of it is marked as a draft."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from registry import schemes
from registry.schemes import review

NAME = "construction"
SINCE = date(2026, 10, 1)
PACK = schemes.get(NAME, SINCE)


def test_it_is_in_force_beside_the_other_scheme_since_october_2026() -> None:
    assert schemes.in_force(NAME, SINCE).version == SINCE
    assert schemes.in_force("gla-food", SINCE).version < SINCE
    with pytest.raises(schemes.NoSchemeInForce):
        schemes.in_force(NAME, SINCE - timedelta(days=1))


# --- a draft, and said to be one --------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "cy"])
def test_its_title_says_that_it_is_a_draft(language: str) -> None:
    assert {"en": "(draft)", "cy": "(drafft)"}[language] in schemes.said(PACK.title, language)


def test_its_summary_says_that_no_law_asks_for_it() -> None:
    assert "no law asks for the licence yet" in str(PACK.summary)
    assert "law" in PACK.review


def test_every_rule_in_it_is_still_to_be_confirmed() -> None:
    rules: list[Any] = [*PACK.standards, *PACK.checks, *PACK.triggers, *PACK.letters, *PACK.sectors, *PACK.form.pages]
    terms = [PACK.fees, PACK.authority, PACK.renewal, PACK.immediate, PACK.notice, PACK.appeal, PACK.changes]

    assert [one for one in [*rules, *terms, PACK.number, PACK.public, PACK.ended] if not one.needs_review] == []


def test_every_letter_says_that_its_law_is_not_made() -> None:
    assert all(str(letter.law[0]).startswith("Draft: no Act") for letter in PACK.letters)


def test_what_is_its_own_names_a_source() -> None:
    own = [one for one in PACK.standards if one.code.startswith("C")]
    own_checks = [PACK.check(code) for code in ("cis", "labour_fraud", "cards", "f10")]

    assert len(own) == 7
    assert all(one.source for one in [*own, *own_checks])


def test_its_welsh_is_a_draft_without_gaps() -> None:
    assert PACK.translation == {"cy": "draft"}
    assert [key for key, text in review.texts(PACK) if "cy" not in text.languages] == []


@pytest.mark.parametrize("word", ["shellfish", "gangmaster", "coastguard", "farm", "crop"])
def test_nothing_is_left_of_the_other_sector(word: str) -> None:
    found = {key for key, text in review.texts(PACK) if word in str(text).lower()}

    # The appeals are modelled on Regulations that are named so.
    assert {key for key in found if ".appeal[" not in key} == set()


# --- standards --------------------------------------------------------------------------------------------------------


def test_one_critical_standard_or_four_others_make_a_fail() -> None:
    assert {one.points for one in PACK.standards if one.critical} == {PACK.fail_at} == {30}
    assert {one.points for one in PACK.standards if not one.critical} == {8}


HOUSING, CHAIN = {"4.1", "4.2", "4.3", "C7"}, {"8.1", "8.2", "C6"}


@pytest.mark.parametrize(
    ("facts", "codes"),
    [
        ({}, set()),
        ({"sectors": ["building_sites"]}, set()),
        ({"sectors": ["building_sites", "demolition"]}, {"C5"}),
        ({"plant": True}, {"C5"}),
        ({"work_at_height": "yes", "asbestos": "no"}, {"C5"}),
        ({"accommodation": True}, HOUSING),
        ({"subcontracting": True}, CHAIN),
        ({"payroll": "umbrella"}, {"C6"}),
        ({"payroll": "own", "accommodation": False}, set()),
    ],
)
def test_a_standard_is_tested_only_where_the_business_does_that(facts: dict[str, Any], codes: set[str]) -> None:
    sometimes = HOUSING | CHAIN | {"C5", "6.4"}
    always = {one.code for one in PACK.standards} - sometimes

    assert {"C1", "C2", "C3", "C4"} <= always
    assert {one.code for one in PACK.relevant_standards(facts)} == always | codes


# --- checks and triggers ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "codes"),
    [
        ({"cis_registered": False}, set()),
        ({"cis_registered": True}, {"cis"}),
        ({"worker_numbers_now": 0}, set()),
        ({"worker_numbers_now": 1}, {"f10"}),
        ({"payroll": "umbrella"}, {"labour_fraud"}),
        ({"third_party_payments": True}, {"labour_fraud"}),
        ({"accommodation": True}, {"housing"}),
        ({"legal_status": "company", "transport": True}, {"companies", "vehicles"}),
    ],
)
def test_each_authority_is_asked_where_it_can_answer(facts: dict[str, Any], codes: set[str]) -> None:
    always = {"tax", "police", "immigration", "insolvency", "safety", "benefits", "cards"}

    assert {check.code for check in PACK.checks_for(facts)} == always | codes


def test_who_checks_a_card_is_told_to_write_it_down() -> None:
    assert "does not keep the check" in str(PACK.check("cards").handling.note)


def test_what_the_tax_authority_answers_is_not_passed_on() -> None:
    answers = [PACK.check(code).handling for code in ("tax", "cis", "labour_fraud")]

    assert not any(one.may_be_shown_to_subject or one.may_be_passed_on for one in answers)


@pytest.mark.parametrize(
    ("facts", "codes"),
    [
        ({"cards_checked": True, "cis_verified": True, "third_party_payments": False}, []),
        ({"cards_checked": False}, ["cards_not_checked"]),
        ({"cards_paid_by_workers": "yes"}, ["cards_paid_by_workers"]),
        ({"cis_verified": "no"}, ["subcontractors_not_verified"]),
        ({"third_party_payments": True}, ["third_party_payments"]),
        ({"adverse_reply": True}, ["adverse_reply"]),
    ],
)
def test_the_signs_of_labour_fraud_lead_to_an_inspection(facts: dict[str, Any], codes: list[str]) -> None:
    assert [trigger.code for trigger in PACK.triggers_for("application", facts)] == codes


# --- fees and form ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("turnover", "fee"),
    [(0, 540), (Decimal("499999.99"), 540), (500_000, 1_500), (Decimal("4999999.99"), 1_500), (5_000_000, 3_600)],
)
def test_it_has_fees_of_its_own(turnover: Decimal | int, fee: int) -> None:
    assert PACK.fee(turnover) == PACK.fee(turnover, "renewal") == fee


def test_whoever_supplies_workers_now_names_the_sites() -> None:
    sites = PACK.form.page("sites").list_of

    assert sites is not None
    assert (sites.needed({"worker_numbers_now": 0}), sites.needed({"worker_numbers_now": 3})) == (0, 1)


def test_whether_subcontractors_are_verified_is_asked_of_those_who_have_some() -> None:
    verified = PACK.form.question("cis_verified")

    assert verified.is_shown({"uses_subcontractors": True})
    assert not verified.is_shown({"uses_subcontractors": False})
