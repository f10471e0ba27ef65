"""Samples: to read a version of a pack before it is in force."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext

from licensing.letters.sending import sectors_in_words, standard_in_words, template_of
from licensing.letters.wording import ELSEWHERE, TEMPLATES
from licensing.states import DecisionKind, DemandKind
from registry import signing
from registry.identifiers import draw_licence_prefix
from registry.memberships.models import Act
from registry.papers import printed
from registry.papers import words as paper_words
from registry.register.states import Outcome
from registry.schemes import Scheme, said
from registry.workdays import add_months, last_day_of_term

SAMPLE_NAME = "Sample Labour Ltd"
SAMPLE_TELEPHONE = "01632 960000"


SAMPLE_OTHER = "Other Sample Ltd"


# Numbers are counted from 1: no licence bears this one.
SAMPLE_NUMBER = f"{draw_licence_prefix(SAMPLE_NAME)}0000"


SAMPLE_ADDRESS = {"line_1": "1 Market Place", "town": "Boston", "postcode": "PE21 6EH"}


WITH_CONDITIONS = frozenset({"decision_grant_with_conditions", "condition_added"})


def sample(scheme: Scheme, code: str, *, language: str) -> paper_words.Sample:
    """A letter of the pack to a holder who does not exist, dated on the first day of the version."""
    wording = scheme.letter(code)
    facts = {
        **facts_for(scheme, language),
        "wording": code,
        "conditions": [_sample_condition(scheme, language)] if code in WITH_CONDITIONS else [],
        "appeal_by": scheme.version + timedelta(days=14 if code.endswith("_immediate") else 28)
        if wording.appeal
        else None,
        **({"from_day": None} if code == "transfer_refused" else {}),
    }
    facts |= _sample_of_enforcement(scheme, code, language) if code in ELSEWHERE else {}
    return paper_words.Sample(
        frame_of(code), said(wording.title, language), language, signing.plain(facts), at=first_morning(scheme)
    )


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


def sample_holder(scheme: Scheme) -> printed.SampleEntry:
    """Whom the sample of a certificate is about."""
    return printed.SampleEntry(
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


def _sample_of_enforcement(scheme: Scheme, code: str, language: str) -> dict[str, Any]:
    """Of somebody who used, or supplied, workers without a licence, and who does not exist."""
    if code.startswith("underpayment_"):
        return _sample_of_underpayment(scheme, code)
    words = scheme.enforcement
    assert words is not None, "only a version with enforcement has these letters"
    if code in {"enforcement_notice", "enforcement_warning"}:
        return {"supplier": SAMPLE_OTHER}
    offence = words.offences[0]
    measure = {
        "text": gettext("What is to be done stands here."),
        "necessary": gettext("Why it is needed stands here."),
        "just": gettext("Why it is fair stands here."),
    }
    is_draft = code == "undertaking_notice"
    return {
        "because": "",
        "reasons": gettext("The reasons for the decision stand here."),
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
        return {"because": gettext("The reasons for the decision stand here.")}
    since, until = scheme.version - timedelta(days=90), scheme.version - timedelta(days=1)
    return {
        "because": gettext("The reasons for the decision stand here."),
        "owed": [
            {"what": gettext("What was not paid stands here."), "workers": 12, "pounds": "1,200.00"}
            | {"since": since, "until": until}
        ],
        "owed_pounds": "1,200.00",
        "penalty_pounds": "2,400.00",
        "pay_by": scheme.version + timedelta(days=words.underpayment.pay_days),
        "reduced_pounds": "1,200.00",
        "reduced_by": scheme.version + timedelta(days=words.underpayment.reduced_days),
    }


def particulars(scheme: Scheme, code: str, language: str) -> dict[str, Any]:
    """What the frames that are ours say, of a holder and an applicant who do not exist."""
    day, week = scheme.version, scheme.version + timedelta(days=7)
    return {
        "wording": "",
        "stands": _stands(week),
        "receipt": "T-0000-0000",
        "amount": scheme.fee(scheme.fees.bands[-1].code),
        "received_on": day,
        "still_to_pay": "",
        "overpaid": "",
        "vat": said(scheme.payments.vat, language) if scheme.payments else "",
        "words": _words_of_demand(scheme, code, language),
        "declared": "",
        "verified": "",
        "evidence": "",
        "band": said(scheme.fees.bands[-1].title, language),
        "notified_at": first_morning(scheme),
        "title": _title_of_a_change(scheme, language),
        "change": "N-0000-0000",
        "called": "",
        "happened_on": day,
        "days_late": 0,
        "holds": False,
        "transfer": "T-0000-0000",
        "holder": SAMPLE_NAME,
        "from_licence": SAMPLE_NUMBER,
        "appeal": "P-0000-0000",
        "number": "",
        "decide_by": None,
        "ended_on": day,
        "effect_on": day,
        "meanwhile": gettext("What was decided holds while the appeal is heard."),
        "follows": gettext("What was decided stays as it is."),
        "asked_at": first_morning(scheme),
        "checks": [{"reference": "K-0000-0000", "due_on": scheme.version + timedelta(days=28)}],
        "organisation": SAMPLE_NAME,
        "name": "Alex Sample",
        "seed": "00" * 16,
        "until": first_morning(scheme) + timedelta(days=14),
        "pin": "000000",
        "dates": [{"title": gettext("Answer of the applicant"), "about": SAMPLE_NAME, "day": "", "rule": ""}],
        "key": "Sample",
        "roles": ["Sample"],
        "business": SAMPLE_OTHER,
        "telephone": "01632 960123",
        "address": "1 Market Place, Boston",
        "told_until": scheme.version + timedelta(days=365),
        **_of_visits(day),
        **_of_followers(scheme, language),
        **_of_people(),
        **({"starts": day, "until": None} if code == "acting_consented" else {}),
    }


def _title_of_a_change(scheme: Scheme, language: str) -> str:
    told = scheme.holding.change_kinds
    return said(told[0].title, language) if told else gettext("What has changed stands here.")


def _words_of_demand(scheme: Scheme, code: str, language: str) -> str:
    kind = {"demanded": DemandKind.INSPECTION, "shortfall": DemandKind.SHORTFALL}.get(code)
    asked = kind and scheme.payments and getattr(scheme.payments, kind)
    return said(asked.words, language) if asked else ""


def _of_visits(day: date) -> dict[str, Any]:
    """What a business is told of a visit and of what it is to put right."""
    return {
        "visited_on": day,
        "day": day,
        "starts": "10:00",
        "ends": "15:00",
        "where": ", ".join(SAMPLE_ADDRESS.values()),
        "action": gettext("What must be put right stands here."),
        "reference": "F-0000-0000",
    }


def _of_followers(scheme: Scheme, language: str) -> dict[str, Any]:
    """What somebody who follows the register is told. Their own link is their secret: this one opens nothing."""
    page = f"{settings.SITE_ADDRESS}/"
    return {
        "what": SAMPLE_NAME,
        "follow": page,
        "page": page,
        "tries": 20,
        "news": [
            {
                "name": SAMPLE_NAME,
                "number": SAMPLE_NUMBER,
                "outcome": str(Outcome.NOT_LICENSED.label),
                "sentences": [gettext("What has changed stands here.")],
                "address": page,
            }
        ],
        "advice": [
            {
                "workers": [said(one, language) for one in scheme.ended.workers],
                "users": [said(one, language) for one in scheme.ended.users],
                "help_lines": [
                    (said(one.name, language), one.telephone, said(one.when, language)) for one in scheme.help_lines
                ],
            }
        ],
    }


def _of_people() -> dict[str, Any]:
    """What people are told of what they may do here."""
    return {
        "who": "Alex Sample",
        "by": "Sam Sample",
        "is_agent": True,
        "covers": [str(one.label) for one in Act],
    }


def _stands(due: Any) -> dict[str, Any]:
    return {
        "turns": [gettext("Us")],
        "waits": [{"text": gettext("We check what you have told us."), "due": due}],
        "then": gettext("We decide, and write to you."),
        "expected": gettext("We cannot say yet."),
    }
