"""A firm that lost its licence, and firms that may be it come back: reached by the real actions."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from config.demo.answers import Profile
from licensing.applications.actions import applications
from licensing.applications.models import Application
from licensing.phoenix_matches.models import LookAlike
from registry.accounts.models import User
from registry.licences.models import Licence
from tests import stories
from tests.conftest import NOW
from tests.licensing.stories import a_grant_proposed, a_revocation_proposed, an_application_checked, decided, notified
from tests.people import person
from tests.remembered import remembered

#: Who ran the firm that lost its licence, and how it was reached.
RUNS: Mapping[str, Any] = {"full_name": "Hristo Zhelyazkov", "date_of_birth": "1971-02-13", "nationality": "Bulgarian"}
TELEPHONE = "+441632960777"


def a_profile(legal_name: str, *, director: Mapping[str, Any] | None = None, **facts: Any) -> Profile:
    """A firm of its own but for what is said, with a director who differs from the usual."""
    profile = stories.a_profile(legal_name=legal_name, **facts)
    (usual,) = profile.lists["directors"]
    return replace(profile, lists={"directors": [{**usual, **(director or {})}]})


@remembered
def handed_in(
    legal_name: str, *, director: Mapping[str, Any] | None = None, at: datetime = NOW, **facts: Any
) -> Application:
    """An application of a firm of its own, but for what is said."""
    domain = "".join(c for c in legal_name.casefold() if c.isalpha())
    by = person("applicant", email=f"office@{domain}.example")
    application = stories.an_application(stories.a_provider(legal_name, by=by, at=at), at=at)
    profile = a_profile(legal_name, director=director, **facts)
    stories.an_application_answered(application, profile=profile, at=at)
    return applications.submit(application, by=application.started_by, at=at)


@remembered
def licensed(legal_name: str = "Abercwm Labour Ltd", **story: Any) -> Licence:
    application = stories.an_application_being_assessed(stories.an_application_paid(handed_in(legal_name, **story)))
    granted = decided(a_grant_proposed(an_application_checked(application, judged=False)))
    assert granted.application
    assert granted.application.licence
    return granted.application.licence


@remembered
def revoked(legal_name: str = "Abercwm Labour Ltd", *, director: Mapping[str, Any] = RUNS, **story: Any) -> Licence:
    """A firm that lost its licence: run by Hristo Zhelyazkov, with a telephone and a van that are known."""
    licence = licensed(legal_name, director=director, **{"telephone": TELEPHONE, **story})
    decided(notified(a_revocation_proposed(licence)))
    return licence


@remembered
def come_back(legal_name: str = "Green Valley Staff", **story: Any) -> Application:
    """The same people again, with a slip in the day of birth, in letters of their own, and the telephone kept."""
    slip = {**RUNS, "full_name": "Христо Желязков", "date_of_birth": "1971-02-23"}
    return handed_in(legal_name, **{"director": slip, "telephone": TELEPHONE, **story})


@remembered
def a_look_alike(application: Application | None = None) -> LookAlike:
    """What is found when a firm that was revoked comes back; nobody has judged it."""
    if application is None:
        revoked()
        application = come_back()
    return LookAlike.objects.get(organisation=application.organisation)


def a_judge() -> User:
    return person("case_officer")
