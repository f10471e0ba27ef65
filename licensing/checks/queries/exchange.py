"""What a file of requests says to an authority: one signed object a check, as the exchange format has it."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings

from licensing.checks.models import Asking
from licensing.checks.queries.subjects import questions_of, subject_of
from licensing.checks.rules.exchange import VERSION
from registry import signing


def file_of(askings: Iterable[Asking]) -> bytes:
    """The file, with each request sealed by our key; what an authority is not told of a subject is not in it."""
    requests = [signing.seal(settings.SIGNING_KEY, _request(asking)) for asking in askings]
    return signing.canonical({"version": VERSION, "requests": requests})


def _request(asking: Asking) -> dict[str, Any]:
    check = asking.asked
    subject = subject_of(check)
    told: dict[str, Any] = {
        "kind": subject.kind,
        "name": subject.name,
        "former_names": list(subject.former_names),
        "date_of_birth": subject.date_of_birth,
        "company_number": subject.company_number,
        "utr": subject.utr,
        "vat": subject.vat,
        "paye": list(subject.paye),
        "address": subject.address,
    }
    return {
        "kind": "check_request",
        "version": VERSION,
        "request": str(asking.request),
        "authority": asking.agency.name,
        "scheme": check.case.scheme,
        "subject": {key: value for key, value in told.items() if value},
        "asked": [one.code for one in questions_of(check, "en")],
        "sent_on": check.sent_on,
        "due_on": check.due_on,
        "handling": check.handling,
    }
