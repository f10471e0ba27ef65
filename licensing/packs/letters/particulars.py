"""Samples: to read a version of a pack before it is in force."""

from datetime import date, time, timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext

from licensing.packs.letters import sample_holder
from licensing.payments.states import DemandKind
from registry.memberships.states import Act
from registry.register.states import Outcome
from registry.schemes import Scheme, said
from registry.times import hours


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
        "notified_at": sample_holder.first_morning(scheme),
        "title": _title_of_a_change(scheme, language),
        "change": "N-0000-0000",
        "called": "",
        "happened_on": day,
        "days_late": 0,
        "holds": False,
        "transfer": "T-0000-0000",
        "holder": sample_holder.SAMPLE_NAME,
        "from_licence": sample_holder.SAMPLE_NUMBER,
        "appeal": "P-0000-0000",
        "number": "",
        "decide_by": None,
        "ended_on": day,
        "effect_on": day,
        "meanwhile": gettext("What was decided holds while the appeal is heard."),
        "follows": gettext("What was decided stays as it is."),
        "asked_at": sample_holder.first_morning(scheme),
        "checks": [{"reference": "K-0000-0000", "due_on": scheme.version + timedelta(days=28)}],
        "organisation": sample_holder.SAMPLE_NAME,
        "name": "Alex Sample",
        "seed": "00" * 16,
        "until": sample_holder.first_morning(scheme) + timedelta(days=14),
        "pin": "000000",
        "dates": [
            {"title": gettext("Answer of the applicant"), "about": sample_holder.SAMPLE_NAME, "day": "", "rule": ""}
        ],
        "key": "Sample",
        "roles": ["Sample"],
        "business": sample_holder.SAMPLE_OTHER,
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
    return said(told[0].title, language) if told else gettext("This is where the changes go.")


def _words_of_demand(scheme: Scheme, code: str, language: str) -> str:
    kind = {"demanded": DemandKind.INSPECTION, "shortfall": DemandKind.SHORTFALL}.get(code)
    asked = kind and scheme.payments and getattr(scheme.payments, kind)
    return said(asked.words, language) if asked else ""


def _of_visits(day: date) -> dict[str, Any]:
    """What a business is told of a visit and of what it is to put right."""
    return {
        "visited_on": day,
        "day": day,
        "hours": hours(time(10), time(15)),
        "where": ", ".join(sample_holder.SAMPLE_ADDRESS.values()),
        "action": gettext("This is where the corrective action goes."),
        "reference": "F-0000-0000",
    }


def _of_followers(scheme: Scheme, language: str) -> dict[str, Any]:
    """What somebody who follows the register is told. Their own link is their secret: this one opens nothing."""
    page = f"{settings.SITE_ADDRESS}/"
    return {
        "what": sample_holder.SAMPLE_NAME,
        "follow": page,
        "page": page,
        "tries": 20,
        "user": sample_holder.SAMPLE_OTHER,
        "person": "Alex Sample",
        "site": next(iter(sample_holder.SAMPLE_ADDRESS.values())),
        "about": "",
        "news": [
            {
                "name": sample_holder.SAMPLE_NAME,
                "number": sample_holder.SAMPLE_NUMBER,
                "outcome": str(Outcome.NOT_LICENSED.label),
                "sentences": [gettext("This is where the changes go.")],
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
