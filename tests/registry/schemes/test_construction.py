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
LATEST = schemes.get(NAME, schemes.versions(NAME)[-1])
EVERY = pytest.mark.parametrize("pack", [schemes.get(NAME, version) for version in schemes.versions(NAME)], ids=str)


def test_it_is_in_force_beside_the_other_scheme_since_october_2026() -> None:
    assert schemes.in_force(NAME, SINCE).version == SINCE
    assert schemes.in_force("gla-food", SINCE).version < SINCE
    with pytest.raises(schemes.NoSchemeInForce):
        schemes.in_force(NAME, SINCE - timedelta(days=1))


# --- a draft, and said to be one --------------------------------------------------------------------------------------


@EVERY
@pytest.mark.parametrize("language", ["en", "cy"])
def test_its_title_says_that_it_is_a_draft(pack: schemes.Scheme, language: str) -> None:
    assert {"en": "(draft)", "cy": "(drafft)"}[language] in schemes.said(pack.title, language)


@EVERY
def test_its_summary_says_that_no_law_asks_for_it(pack: schemes.Scheme) -> None:
    assert "no law asks for the licence yet" in str(pack.summary)
    assert pack.is_draft


@EVERY
def test_every_rule_in_it_is_still_to_be_confirmed(pack: schemes.Scheme) -> None:
    rules: list[Any] = [*pack.standards, *pack.checks, *pack.triggers, *pack.letters, *pack.sectors, *pack.form.pages]
    terms = [pack.fees, pack.authority, pack.renewal, pack.immediate, pack.notice, pack.appeal, pack.changes]

    assert [one for one in [*rules, *terms, pack.public, pack.ended] if not one.needs_review] == []


@EVERY
def test_every_letter_says_that_its_law_is_not_made(pack: schemes.Scheme) -> None:
    assert all(str(letter.law[0]).startswith("Draft: no Act") for letter in pack.letters)


@EVERY
def test_what_is_its_own_names_a_source(pack: schemes.Scheme) -> None:
    own = [one for one in pack.standards if one.code.startswith("C")]
    own_checks = [pack.check(code) for code in ("cis", "labour_fraud", "cards", "f10")]

    assert len(own) == 7
    assert all(one.source for one in [*own, *own_checks])


@EVERY
def test_its_welsh_is_a_draft_without_gaps(pack: schemes.Scheme) -> None:
    assert pack.translation == {"cy": "draft"}
    assert [key for key, text in review.texts(pack) if "cy" not in text.languages] == []


@EVERY
@pytest.mark.parametrize("word", ["shellfish", "gangmaster", "coastguard", "farm", "crop"])
def test_nothing_is_left_of_the_other_sector(pack: schemes.Scheme, word: str) -> None:
    found = {key for key, text in review.texts(pack) if word in str(text).lower()}

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


# --- the version of April 2027 ----------------------------------------------------------------------------------------


def test_the_later_version_asks_of_a_site_what_its_notification_says() -> None:
    asked = {question.key for question in LATEST.form.page("sites").questions}

    assert {
        "site_client",
        "site_designer",
        "principal_contractor",
        "site_authority",
        "site_starts",
        "site_days",
    } <= asked
    assert "site_people" in asked


@pytest.mark.parametrize(
    ("facts", "codes"),
    [
        ({"chain_known": True, "chain_short_lived": False, "chain_expenses": False, "cis_returns": True}, []),
        ({"chain_known": False}, ["chain_not_known"]),
        ({"chain_short_lived": True}, ["labour_fraud_signs"]),
        ({"chain_expenses": True, "cis_returns": False}, ["labour_fraud_signs", "returns_late"]),
    ],
)
def test_the_later_version_sees_more_signs_of_labour_fraud(facts: dict[str, Any], codes: list[str]) -> None:
    assert [trigger.code for trigger in LATEST.triggers_for("application", facts)] == codes
    assert [trigger.code for trigger in PACK.triggers_for("application", facts)] == []


@pytest.mark.parametrize("fact", ["chain_short_lived", "chain_expenses"])
def test_the_tax_authority_is_asked_about_what_looks_like_labour_fraud(fact: str) -> None:
    assert "labour_fraud" in {check.code for check in LATEST.checks_for({fact: True})}


def test_the_later_version_changes_what_is_asked_and_checked_and_nothing_else() -> None:
    changes = schemes.changes(PACK, LATEST)
    changed = {change.key.split("[")[0].split(".")[0] for change in changes}

    assert changed == {"form", "checks", "triggers", "parts"}
