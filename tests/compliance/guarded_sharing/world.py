"""What is shared with a guarded authority, by the real actions."""

from typing import Any

from compliance.guarded_sharing.models import GuardedSharing
from compliance.sharing_requests import actions
from registry.accounts.models import User
from registry.agencies.models import Agency
from tests.conftest import NOW
from tests.licensing.checks.agencies import a_partner, an_agency
from tests.people import person
from tests.remembered import remembered

WHY = "Needed to find the people that he brought here, and no more is said than that."


@remembered
def a_guarded_agency(name: str = "Border Force of Sampleshire", **more: Any) -> Agency:
    """By its name alone it is of a guarded kind."""
    return an_agency(name, **more)


def a_guarded_partner() -> User:
    return a_partner(a_guarded_agency())


@remembered
def asked_to_share(about: Any, agency: Agency, way: str, *, by: User | None = None, **more: Any) -> GuardedSharing:
    given: dict[str, Any] = {"basis": "slavery", "because": WHY, **more}
    by = by or person("intelligence_analyst")
    return actions.ask_to_share(about, agency=agency, way=way, **given, by=by, at=NOW)


@remembered
def approved(about: Any, agency: Agency, way: str, **more: Any) -> GuardedSharing:
    sharing = asked_to_share(about, agency, way, **more)
    return actions.approve_sharing(sharing, by=person("safeguarding_lead"), at=NOW)
