"""A firm that lost its licence, and firms that may be it come back: reached by the real actions."""

from collections.abc import Mapping
from itertools import count
from typing import Any

from stdnum.gb import utr

from config.demo.answers import Profile
from licensing.actions import applications
from licensing.models import Application, LookAlike
from registry.models import Licence, User
from tests import stories
from tests.conftest import NOW
from tests.licensing.stories import a_grant_proposed, a_revocation_proposed, an_application_checked, decided, notified
from tests.people import person

_numbers = count(1)

#: Who ran the firm that lost its licence, and how it was reached.
RUNS: Mapping[str, Any] = {"full_name": "Hristo Zhelyazkov", "date_of_birth": "1971-02-13", "nationality": "Bulgarian"}
TELEPHONE = "+441632960777"
STREET = {
    "line_1": "1 Heol Fawr",
    "line_2": "",
    "town": "Llanelli",
    "county": "",
    "postcode": "SA15 1AB",
    "country": "wales",
}


def a_profile(legal_name: str, *, director: Mapping[str, Any] | None = None, **facts: Any) -> Profile:
    """A firm of its own: nobody else has its numbers, its mailbox, its telephone, its house, or the people behind it."""
    number = next(_numbers)
    born = f"{number % 28 + 1:02}"
    lead = {"full_name": f"Mair {'abcdefghij'[number % 10] * 4}", "date_of_birth": f"{1950 + number % 40}-03-{born}"}
    house = {**STREET, "postcode": f"SA{number % 80 + 1} 9ZZ", "line_1": f"{number} Heol Fawr"}
    own = {
        "legal_name": legal_name,
        "trading_names": [],
        "company_number": f"{9_000_000 + number:08}",
        "telephone": f"+4416329{60_000 + number:05}",
        "email": f"office@firm-{number}.example",
        "address": house,
        "utr": _utr(number),
        "signature": lead["full_name"],
        "vat_registered": False,
        "vat_number": "",
        **facts,
    }
    listed = {"full_name": f"Rhys {'klmnopqrst'[number % 10] * 4}", "date_of_birth": f"{1950 + number % 37}-08-{born}"}
    people = {"principal_authority": {**lead, "job_title": "Manager", "address": house}}
    return Profile(
        {**stories.FACTS, **own},
        people,
        {"directors": [{"nationality": "British", "address": house, **listed, **(director or {})}]},
    )


def _utr(number: int) -> str:
    rest = f"{100_000_000 + number}"
    return utr.calc_check_digit(rest) + rest


def handed_in(legal_name: str, *, director: Mapping[str, Any] | None = None, **facts: Any) -> Application:
    """An application of a firm of its own, but for what is said."""
    application = stories.an_application(legal_name=legal_name)
    profile = a_profile(legal_name, director=director, **facts)
    stories.an_application_answered(application, profile=profile)
    return applications.submit(application, by=application.started_by, at=NOW)


def licensed(legal_name: str = "Abercwm Labour Ltd", **story: Any) -> Licence:
    application = stories.an_application_being_assessed(stories.an_application_paid(handed_in(legal_name, **story)))
    granted = decided(a_grant_proposed(an_application_checked(application)))
    assert granted.application
    assert granted.application.licence
    return granted.application.licence


def revoked(legal_name: str = "Abercwm Labour Ltd", *, director: Mapping[str, Any] = RUNS, **story: Any) -> Licence:
    """A firm that lost its licence: run by Hristo Zhelyazkov, with a telephone and a van that are known."""
    licence = licensed(legal_name, director=director, **{"telephone": TELEPHONE, **story})
    decided(notified(a_revocation_proposed(licence)))
    return licence


def come_back(legal_name: str = "Green Valley Staff", **story: Any) -> Application:
    """The same people again, with a slip in the day of birth, in letters of their own, and the telephone kept."""
    slip = {**RUNS, "full_name": "Христо Желязков", "date_of_birth": "1971-02-23"}
    return handed_in(legal_name, **{"director": slip, "telephone": TELEPHONE, **story})


def a_look_alike(application: Application | None = None) -> LookAlike:
    """What is found when a firm that was revoked comes back; nobody has judged it."""
    if application is None:
        revoked()
        application = come_back()
    return LookAlike.objects.get(organisation=application.organisation)


def a_judge() -> User:
    return person("case_officer")
