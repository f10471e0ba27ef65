"""Samples: to read a version of a pack before it is in force."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext

from compliance.enforcement.rules import underpayment
from licensing.decisions.states.kinds import DecisionKind
from licensing.decisions.states.rows import KINDS
from licensing.letters.letters import ELSEWHERE, TEMPLATES, sectors_in_words, standard_in_words
from licensing.letters.rules import template_of
from licensing.packs.letters.sample_holder import (
    SAMPLE_ADDRESS,
    SAMPLE_NAME,
    SAMPLE_NUMBER,
    SAMPLE_OTHER,
    first_morning,
)
from licensing.time_limits.rules import appeals as clocks
from registry import signing
from registry.papers import words as paper_words
from registry.schemes import Scheme, said
from registry.workdays import add_months, last_day_of_term

WITH_CONDITIONS = frozenset({"decision_grant_with_conditions", "condition_added"})


def sample(scheme: Scheme, code: str, *, language: str) -> paper_words.SampleLetter:
    """A letter of the pack to a holder who does not exist, dated on the first day of the version."""
    wording = scheme.letter(code)
    facts = {
        **facts_for(scheme, language),
        "wording": code,
        "conditions": [_sample_condition(scheme, language)] if code in WITH_CONDITIONS else [],
        **_days_of(scheme, code),
    }
    facts |= _sample_of_enforcement(scheme, code, language) if code in ELSEWHERE else {}
    return paper_words.SampleLetter(
        frame_of(code), said(wording.title, language), language, signing.plain(facts), at=first_morning(scheme)
    )


def _days_of(scheme: Scheme, code: str) -> dict[str, Any]:
    """When what is decided takes effect, and the last day to appeal, counted as for a decision of that kind without a holiday."""
    is_immediate = code.endswith("_immediate")
    clock = clocks.APPEAL_IMMEDIATE if is_immediate else clocks.APPEAL
    appeal_by = clock.due_on(scheme.version, scheme=scheme) if scheme.letter(code).appeal else None
    from_day = appeal_by + timedelta(days=1) if appeal_by and not is_immediate else scheme.version
    return {
        "kind": next((row.kind for row in KINDS.values() if row.wording == code), DecisionKind.REVOKE),
        "appeal_by": appeal_by,
        "from_day": None if code == "transfer_refused" else from_day,
        "until": from_day + timedelta(days=28),
    }


def frame_of(code: str) -> str:
    """The template in which the words of the pack stand."""
    if code in ELSEWHERE:
        return ELSEWHERE[code]
    return template_of(TEMPLATES[code]) if code in TEMPLATES else "registry/letters/letter.html"


def facts_for(scheme: Scheme, language: str) -> dict[str, Any]:
    """What letters say of an application, a licence and a decision, of somebody who does not exist."""
    return {
        "scheme": scheme.name,
        "version": scheme.version,
        "issued_under": scheme.version,
        "receiver": {"name": SAMPLE_NAME, "address": list(SAMPLE_ADDRESS.values())},
        **_sample_of_application(scheme, language),
        **_sample_of_decision(scheme, language),
    }


def _sample_of_application(scheme: Scheme, language: str) -> dict[str, Any]:
    return {
        "fee": scheme.fee(scheme.fees.bands[-1].code),
        "payment_reference": "00000000",
        "payment": said(scheme.fees.payment, language),
        "payment_note": said(scheme.payment_note, language),
        "bank_account": settings.BANK_ACCOUNT,
        "signed_name": "Alex Sample",
        "sectors": sectors_in_words(scheme, [scheme.sectors[0].code], language),
        "rules_of": scheme.version,
        "request": "R-0000-0000",
        "items": [{"document": "", "text": gettext("Send the payslips of the last three months.")}],
        "due_on": scheme.version + timedelta(days=14),
    }


def _sample_of_decision(scheme: Scheme, language: str) -> dict[str, Any]:
    ground = {
        "number": 1,
        "notice": 1,
        "standard": standard_in_words(scheme, scheme.standards[0].code, language),
        "text": gettext("This is where the findings go."),
        "exhibits": [{"source": "", "text": gettext("This is where the evidence goes.")}],
        "replied": True,
        "upheld": True,
        "concluded": gettext("This is where our view of the reply goes."),
    }
    return {
        "decision": "D-0000-0000",
        "kind": DecisionKind.REVOKE,
        "because": gettext("This is where the reasons go."),
        "grounds": [ground],
        "notice": 1,
        "points": scheme.standards[0].points,
        "fail_at": scheme.fail_at,
        "from_day": scheme.version,
        "until": scheme.version + timedelta(days=28),
        "reply_by": scheme.version + timedelta(days=14),
        "licence": {
            "number": SAMPLE_NUMBER,
            "valid_from": scheme.version,
            "valid_until": last_day_of_term(scheme.version, scheme.licence_months),
            "sectors": sectors_in_words(scheme, [scheme.sectors[0].code], language),
        },
        "condition": {"reference": "C-0000-0000", **_sample_condition(scheme, language)},
        "to_name": SAMPLE_OTHER,
    }


def _sample_condition(scheme: Scheme, language: str) -> dict[str, Any]:
    return {
        "standard": standard_in_words(scheme, scheme.standards[0].code, language),
        "requirement": gettext("This is where the corrective action goes."),
        "due_on": scheme.version + timedelta(days=56),
    }


def _sample_of_enforcement(scheme: Scheme, code: str, language: str) -> dict[str, Any]:
    """Of somebody who used, or supplied, workers without a licence, and who does not exist."""
    if code.startswith("underpayment_"):
        return _sample_of_underpayment(scheme, code)
    words = scheme.enforcement
    assert words is not None, "only a version with enforcement has these letters"
    if code in {"enforcement_notice", "enforcement_warning"}:
        return {"supplier": SAMPLE_OTHER, "until": None}
    offence = words.offences[0]
    measure = {
        "text": gettext("This is where the action needed goes."),
        "necessary": gettext("This is where the reason for it goes."),
        "just": gettext("This is where the reason why it is proportionate goes."),
    }
    is_draft = code == "undertaking_notice"
    return {
        "because": "",
        "reasons": gettext("This is where the reasons go."),
        "offence": f"{offence.section}: {said(offence.title, language)}",
        "negotiate_by": scheme.version + timedelta(days=words.undertakings.negotiate_days) if is_draft else None,
        "until": None if is_draft else add_months(scheme.version, words.undertakings.months),
        "months": words.undertakings.months,
        "measures": [measure],
    }


def _sample_of_underpayment(scheme: Scheme, code: str) -> dict[str, Any]:
    """Of twelve workers of nobody."""
    words = scheme.sanctions
    assert words is not None, "only a version with sanctions has these letters"
    if code == "underpayment_withdrawn":
        return {"because": gettext("This is where the reasons go."), "until": None}
    since, until = scheme.version - timedelta(days=90), scheme.version - timedelta(days=1)
    return {
        "because": gettext("This is where the reasons go."),
        "owed": [
            {"what": gettext("This is where the unpaid sums go."), "workers": 12, "pounds": "1,200.00"}
            | {"since": since, "until": until}
        ],
        "owed_pounds": "1,200.00",
        "penalty_pounds": "2,400.00",
        "until": None,
        "pay_by": underpayment.pay_by(scheme.version, words.underpayment),
        "reduced_pounds": "1,200.00",
        "reduced_by": underpayment.reduced_by(scheme.version, words.underpayment),
    }
