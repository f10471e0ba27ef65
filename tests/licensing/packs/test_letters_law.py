"""What the letters of food and agriculture say of the law, beside the notes on the law: sections, days, appeals, offences.

Each row names the rule by the key of `docs/bibliography.md` and the words in which the letter has to say it.
"""

import re
from datetime import date, timedelta

import pytest

from compliance.enforcement.rules import underpayment
from licensing.packs.letters import kinds
from registry import schemes
from registry.papers import words

NAME = "gla-food"
SCHEME = schemes.get(NAME, max(schemes.versions(NAME)))
TRIBUNAL = "Gangmaster Licensing Appeals Alexandra House 14 to 22 The Parsonage Manchester M3 2JA"
BELFAST = "Office of the Industrial Tribunals and the Fair Employment Tribunal, Killymeal House, 2 Cromac Quay"
FAILED = "it appears that a condition of the licence, or a requirement of the Act, has not been complied with"
OFFENCE = "Section 12: it is an offence to act without a licence"
ORIGINAL_TERMS = (
    "If you appeal, the licence continues on its original terms until the date that the appointed person sets"
)
NOT_STOPPED = "An appeal does not stop this decision. It is decided within 35 working days of its receipt"

#: Letters that can be appealed against: working days (APPEALS reg 6), and what happens meanwhile (APPEALS reg 5).
APPEALS = {
    "decision_refuse": (20, "An appeal gives no right to supply workers in the meantime"),
    "decision_grant_with_conditions": (20, "The conditions apply until the appeal is decided"),
    "condition_added": (20, ORIGINAL_TERMS),
    "suspension": (20, ORIGINAL_TERMS),
    "revocation": (20, ORIGINAL_TERMS),
    "transfer_refused": (
        20,
        "Until the appeal is decided, the licence continues and does not pass to the other business",
    ),
    "suspension_immediate": (10, NOT_STOPPED),
    "revocation_immediate": (10, NOT_STOPPED),
}
#: What else a letter has to say, by the rule that asks for it.
LAW = [
    ("application_received", "RULES r.3, r.6", "rule 3 (documents, interviews and inspections) and rule 6 (fees)"),
    ("application_received", "RULES r.6(4)", "We begin to assess the application when the fee has arrived"),
    ("application_received", "COST", "It is not given back, even if the licence is refused"),
    ("application_received", "ACT s.12", "You may not supply workers in the licensed sectors until you hold a licence"),
    ("request", "RULES r.3", "rule 3 (documents, interviews and inspections)"),
    ("notice_of_proposal", "ACT s.9(1)", FAILED),
    ("notice_of_proposal", "FWA-DEC", "Someone who did not make this proposal will read your reply and decide"),
    ("decision_grant", "ACT s.7", "section 7 (licences and conditions) and section 11 (public register)"),
    ("decision_grant", "RULES sch para 5(1)", "Tell us within 20 working days when you begin to supply workers"),
    ("decision_grant", "RULES sch para 5(2)", "of every significant change in the details you gave us"),
    ("decision_grant", "RULES sch para 5(3)", "as soon as you can if you suspect someone uses your licence"),
    ("decision_grant", "RULES r.5", "It also ends if your company number, UTR or VAT number changes"),
    ("decision_grant_with_conditions", "LICDEC", "If you do not meet one in time, we may revoke the licence"),
    ("decision_refuse", "ACT s.12", OFFENCE),
    ("decision_refuse", "LICDEC", "you may tell us within 10 days, before you appeal"),
    ("decision_refuse", "COST", "The fee is not given back"),
    ("condition_added", "ACT s.9(1)", FAILED),
    ("condition_added", "LICDEC", "If you do not meet this condition in time, we may revoke the licence"),
    ("condition_failed", "APPEALS", "You cannot appeal against this finding alone"),
    ("suspension", "ACT s.9(1), (2)", f"section 9(1): {FAILED}. Section 9(2) (suspension)"),
    ("suspension", "ACT s.12", OFFENCE),
    ("suspension_immediate", "ACT s.9(1), (2)", f"section 9(1): {FAILED}. Section 9(2) (suspension)"),
    ("suspension_immediate", "APPEALS reg 1", "within 5 working days after the date of this letter"),
    ("suspension_immediate", "ACT s.12", OFFENCE),
    ("revocation", "ACT s.9(1)", FAILED),
    ("revocation", "APPEALS reg 5", "Until the date given you may supply workers"),
    ("revocation", "ACT s.12", OFFENCE),
    ("revocation_immediate", "ACT s.9(1)", FAILED),
    ("revocation_immediate", "APPEALS reg 1", "within 5 working days after the date of this letter"),
    ("revocation_immediate", "ACT s.12", OFFENCE),
    ("surrender", "ACT s.9(1)", "section 9(1) (revocation with your consent)"),
    ("surrender", "ACT s.12", OFFENCE),
    ("licence_ended", "RULES r.5", "rule 5 (end of a licence when these numbers change)"),
    ("licence_ended", "ACT s.12", "section 12: it is an offence to act without a licence"),
    ("renewal_reminder", "R09 r.3(5), r.6(4)", "rules 3(5) and 6(4): renew and pay before the licence ends"),
    ("transfer_allowed", "ACT s.9", "section 9 (transfer with written consent)"),
    ("transfer_refused", "ACT s.9", "section 9 (transfer with written consent)"),
    ("enforcement_notice", "LUINSP", "This notice does not forbid you to continue, but to continue is an offence"),
    ("enforcement_notice", "ACT s.13", "unless you took all reasonable steps and had no reason to suspect it"),
    ("enforcement_warning", "ACT s.13", "section 13 (offence of using an unlicensed gangmaster)"),
    ("undertaking_notice", "ERA s.119", "Section 12(1): Acting as a gangmaster without a licence"),
    ("undertaking_notice", "ERA s.122", "We email this notice only if you have agreed to that"),
    ("undertaking_notice", "ERA s.122", "It then counts as given on the next working day"),
    ("undertaking_notice", "ERA s.123", "If there is no undertaking by then, we may ask the court for an order"),
    ("undertaking_notice", "ERA s.124(3)", "until the last day to agree, or longer if we agree"),
    ("undertaking_accepted", "ERA s.121", "You can ask us to release you from measures that are no longer needed"),
    ("undertaking_accepted", "ERA s.139", "To breach an order is an offence: up to two years in prison"),
    (
        "underpayment_notice",
        "ERA s.108(4)",
        "if you pay it, and all that you owe to the workers, by the earlier day given",
    ),
    (
        "underpayment_notice",
        "ERA s.110",
        "employment tribunal (in Northern Ireland, an industrial tribunal) within 28 days",
    ),
    ("underpayment_notice", "ERA s.110", "The day on which this notice is given to you is the first"),
    (
        "underpayment_notice",
        "ERA s.111",
        "If we withdraw this notice, we pay back the penalty that you have paid, with interest",
    ),
    ("underpayment_notice", "ERA ss.114, 115", "If you do not, a court may order you to pay"),
    ("underpayment_notice", "C2 reg 4(2)", "Holiday pay and statutory sick pay are not covered yet"),
    (
        "underpayment_withdrawn",
        "ERA s.111",
        "pay back the penalty that you have paid, with interest at the rate of a judgment debt",
    ),
    ("demanded", "RULES r.6", "payable on demand"),
    ("shortfall", "BULL0625", "You may pay the difference, or send us evidence"),
]
#: Where no source says what a letter has to: marked to be confirmed.
TO_BE_CONFIRMED = ["decision_grant_with_conditions", "notice_of_proposal", "suspension", "suspension_immediate"]


def said_in(code: str, scheme: schemes.Scheme = SCHEME, language: str = "en") -> str:
    sheet = words.fragment(kinds.sample_of(scheme, code, language=language))
    return " ".join(re.sub(r"<[^>]+>", " ", sheet).replace("&#x27;", "'").split())


@pytest.mark.parametrize(("code", "rule", "asked"), LAW, ids=[f"{code} {rule}" for code, rule, _asked in LAW])
def test_a_letter_says_what_the_law_asks(code: str, rule: str, asked: str) -> None:
    assert asked.lower() in said_in(code).lower(), rule


@pytest.mark.parametrize(("code", "terms"), APPEALS.items(), ids=list(APPEALS))
def test_a_letter_says_where_when_and_with_what_effect_to_appeal(code: str, terms: tuple[int, str]) -> None:
    days, meanwhile = terms
    letter = said_in(code)
    welsh = said_in(code, language="cy")

    assert f"The secretariat must receive the appeal within {days} working days after the date of this letter" in letter
    assert "You can ask for more time, even late" in letter
    assert "Gangmasters (Appeals) Regulations 2006 (S.I. 2006/662)" in letter
    assert TRIBUNAL in letter and "0161 833 6100" in letter
    assert "Northern Ireland has its own Regulations" in letter and BELFAST in letter and "028 9032 7666" in letter
    assert meanwhile in letter
    assert f"o fewn {days} diwrnod gwaith ar ôl dyddiad y llythyr hwn" in welsh


def test_only_what_can_be_appealed_against_says_how() -> None:
    appealable = {one.code for one in SCHEME.letters if one.appeal}

    assert appealable == set(APPEALS)
    assert {
        code: SCHEME.appeal.immediate_working_days if code.endswith("_immediate") else SCHEME.appeal.working_days
        for code in APPEALS
    } == {code: days for code, (days, _meanwhile) in APPEALS.items()}


def test_every_letter_of_licensing_names_for_whom_the_agency_acts() -> None:
    without = [one.code for one in SCHEME.letters if "for the Secretary of State" not in " ".join(map(str, one.law))]

    assert without == []


def test_the_conduct_of_holders_is_the_ground_while_its_regulations_are_in_force() -> None:
    """AUTH2015 reg 8: from the version of 2018 until the authority was abolished."""
    asked = (
        "regulation 8: a person is licensed only so far as their conduct avoids exploitation and complies with the law"
    )
    for code in ("decision_refuse", "notice_of_proposal"):
        assert asked in said_in(code, schemes.get(NAME, date(2025, 4, 28)))
        assert "regulation 8" not in said_in(code)


def test_what_no_source_says_is_marked_to_be_confirmed() -> None:
    marked = {one.code for one in SCHEME.letters if one.needs_review}

    assert marked >= set(TO_BE_CONFIRMED)
    assert SCHEME.sanctions is not None
    assert [one.needs_review for one in SCHEME.sanctions.letters] == [True, False]


def test_the_days_of_a_sample_are_counted_as_those_of_a_real_letter() -> None:
    assert SCHEME.sanctions is not None
    notice = kinds.sample_of(SCHEME, "underpayment_notice", language="en").facts

    assert notice["pay_by"] == underpayment.pay_by(SCHEME.version, SCHEME.sanctions.underpayment).isoformat()
    assert notice["reduced_by"] == (SCHEME.version + timedelta(days=13)).isoformat()
    revocation = said_in("revocation")
    assert "received by 5 May 2026" in revocation and "Revoked from 6 May 2026" in revocation
    assert "Holds until" not in said_in("underpayment_withdrawn") + said_in("enforcement_notice")
