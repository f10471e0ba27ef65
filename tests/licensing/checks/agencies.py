"""Other authorities, their people, and checks that were put to them: reached by the real actions."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Any

from config.demo import papers
from licensing import jobs
from licensing.applications.models import Application
from licensing.checks.actions import checks
from licensing.checks.models import Check, Reply
from registry.accounts.models import User
from registry.agencies import actions as agencies
from registry.agencies.models import Agency
from registry.uploads import ScanVerdict, Upload
from tests import stories
from tests.conftest import NOW
from tests.people import person
from tests.remembered import remembered

BASIS = "2004 Act, section 19, and the agreement of April 2026."
EVIDENCE = "It owes 48,211 pounds since March, and hides two sites from us (reference 871/ZK9041)."


def an_agency(
    name: str = "Revenue of Sampleshire",
    *,
    way: str = "account",
    codes: Collection[str] = ("tax",),
    at: datetime = NOW,
    **particulars: Any,
) -> Agency:
    """An authority that answers these checks; by its own people unless `way` says otherwise."""
    address = {"line_1": "1 Tax Street", "town": "Sampleton", "postcode": "SA1 1AA"}
    where: dict[str, Any] = {"email": "", "address": address} if way == "post" else {"email": "in@tax.example"}
    given = {"name": name, "way": way, "email": "", "address": {}, "basis": BASIS, "public_key": "", **where}
    return agencies.open_for(
        particulars={**given, **particulars},
        remits=[(stories.SCHEME, code) for code in codes],
        by=person("people_administrator"),
        at=at,
    )


def a_partner(agency: Agency | None = None) -> User:
    """Somebody who answers for the authority."""
    return person("partner_agency", agency=agency or an_agency())


@remembered
def a_check_put(agency: Agency | None = None, application: Application | None = None, *, at: datetime = NOW) -> Check:
    """A check that was put to the authority, which has been asked; its case is being assessed."""
    agency = agency or an_agency(at=at)
    application = application or stories.an_application_being_assessed(at=at)
    jobs.ask_authorities(at=at)
    return application.checks.get(agency=agency)


def a_letter() -> Upload:
    """A page of paper of the authority, which the scanner has passed."""
    return replace(papers.paper("A letter of the authority"), verdict=ScanVerdict.CLEAN)


def answered(
    check: Check,
    *,
    result: str = "adverse",
    evidence: str = EVIDENCE,
    may_be_shown_to_subject: bool = False,
    may_be_passed_on: bool = False,
    by: User | None = None,
    at: datetime = NOW,
    **given: Any,
) -> Reply:
    """The authority has answered here; unless told otherwise with something that may not leave the case."""
    assert check.agency
    answered = checks.answer(
        check,
        result=result,
        evidence=evidence,
        may_be_shown_to_subject=may_be_shown_to_subject,
        may_be_passed_on=may_be_passed_on,
        by=by or a_partner(check.agency),
        at=at,
        **given,
    )
    return answered.replies.standing().get()
