"""Reports in every state, reached by the real actions."""

import secrets
from datetime import datetime
from typing import Any

from compliance import passphrases
from compliance.reports.actions import reports, triage
from compliance.reports.models.reports import Report
from registry.accounts.models import User
from tests.conftest import NOW
from tests.people import person
from tests.remembered import remembered

TOLD: dict[str, Any] = {
    "text": "They keep our passports and take 60 pounds a week for the caravan.",
    "kinds": ["papers", "pay"],
    "danger": "not_sure",
    "about_name": "Dyffryn Labour Ltd",
    "about_number": "",
    "about_place": "Packhouse near Cardigan",
    "happened": "Since May",
    "language": "en-gb",
    "details": {},
}
DETAILS = {"called": "Ana", "telephone": "07700 900123", "email": "", "safe_times": "After 9 in the evening"}


@remembered
def a_report(*, contact: str = "mailbox", passphrase: str = "", at: datetime = NOW, **told: Any) -> Report:
    return reports.receive(
        **{
            "once": secrets.token_hex(8),
            "passphrase": passphrase or passphrases.new_passphrase(),
            **TOLD,
            "details": DETAILS if contact == "direct" else {},
            **told,
        },
        contact=contact,
        by=None,
        at=at,
    )


@remembered
def a_report_begun(*, by: User | None = None, **told: Any) -> Report:
    return reports.begin(a_report(**told), by=by or person("intelligence_analyst", name="Non Hughes"), at=NOW)


@remembered
def a_report_decided(*, by: User | None = None, decision: str = "no_action", **told: Any) -> Report:
    analyst = by or person("intelligence_analyst", name="Non Hughes")
    begun = a_report_begun(by=analyst, **told)
    triage.decide(begun, decision=decision, because="Nothing that can be followed.", by=analyst, at=NOW)
    begun.refresh_from_db()
    return begun


@remembered
def a_report_done(*, by: User | None = None, **told: Any) -> Report:
    analyst = by or person("intelligence_analyst", name="Non Hughes")
    decided = a_report_decided(by=analyst, **told)
    return reports.close(decided, outcome="We visited, and the passports are back.", by=analyst, at=NOW)
