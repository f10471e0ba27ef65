"""Samples: to read a version of a pack before it is in force."""

from datetime import datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext

from licensing.letters.sending import sectors_in_words, standard_in_words, template_of
from licensing.letters.wording import TEMPLATES
from licensing.states import DecisionKind
from registry import letters, signing
from registry.identifiers import draw_licence_prefix
from registry.schemes import Scheme, said
from registry.workdays import last_day_of_term

SAMPLE_NAME = "Sample Labour Ltd"


SAMPLE_OTHER = "Other Sample Ltd"


# Numbers are counted from 1: no licence bears this one.
SAMPLE_NUMBER = f"{draw_licence_prefix(SAMPLE_NAME)}0000"


SAMPLE_ADDRESS = {"line_1": "1 Market Place", "town": "Boston", "postcode": "PE21 6EH"}


WITH_CONDITIONS = frozenset({"decision_grant_with_conditions", "condition_added"})


def sample(scheme: Scheme, code: str, *, language: str) -> letters.Sample:
    """A letter of the pack to a holder who does not exist, dated on the first day of the version."""
    wording = scheme.letter(code)
    facts = {
        **facts_for(scheme, language),
        "wording": code,
        "conditions": [_sample_condition(scheme, language)] if code in WITH_CONDITIONS else [],
        "appeal_by": scheme.version + timedelta(days=28) if wording.appeal else None,
    }
    template = template_of(TEMPLATES[code]) if code in TEMPLATES else "registry/letters/letter.html"
    return letters.Sample(
        template, said(wording.title, language), language, signing.plain(facts), at=first_morning(scheme)
    )


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


def sample_holder(scheme: Scheme) -> letters.SampleEntry:
    """Whom the sample of a certificate is about."""
    return letters.SampleEntry(
        number=SAMPLE_NUMBER,
        name=SAMPLE_NAME,
        address=SAMPLE_ADDRESS,
        valid_from=scheme.version,
        valid_until=last_day_of_term(scheme.version, scheme.licence_months),
        sectors=(scheme.sectors[0].code,),
        supplies_to=tuple(nation.code for nation in scheme.nations),
    )


def first_morning(scheme: Scheme) -> datetime:
    """Ten o'clock in London on the first day of the version."""
    return timezone.make_aware(datetime.combine(scheme.version, time(10)))


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
        "question": gettext("Send the payslips of the last three months."),
        "due_on": scheme.version + timedelta(days=14),
    }


def _sample_of_decision(scheme: Scheme, language: str) -> dict[str, Any]:
    ground = {
        "number": 1,
        "notice": 1,
        "standard": standard_in_words(scheme, scheme.standards[0].code, language),
        "text": gettext("What was found stands here."),
        "exhibits": [{"source": "", "text": gettext("How we know it stands here.")}],
        "replied": True,
        "upheld": True,
        "concluded": gettext("What we make of the reply stands here."),
    }
    return {
        "decision": "D-0000-0000",
        "kind": DecisionKind.REVOKE,
        "because": gettext("The reasons for the decision stand here."),
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
        "requirement": gettext("What must be put right stands here."),
        "due_on": scheme.version + timedelta(days=56),
    }
