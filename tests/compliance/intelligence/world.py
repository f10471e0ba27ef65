"""Intelligence, recorded by the real action."""

from typing import Any

from compliance.intelligence import actions as intelligence
from compliance.intelligence.models import Intelligence
from compliance.intelligence.rules import Grade
from registry.accounts.models import User
from registry.organisations.models import Organisation
from tests.conftest import NOW
from tests.people import person
from tests.registry.stories import a_scheme

HEARD = "Marek from the night shift says the passports are in a drawer behind reception."
SANITISED = "The passports of workers are said to be kept at the office."


def some_intelligence(
    *about: Organisation, by: User | None = None, grade: Grade | None = None, **more: Any
) -> Intelligence:
    return intelligence.record(
        **{
            "scheme": a_scheme(NOW.date()).name,
            "grade": grade or Grade("2", "A", "P"),
            "source_text": HEARD,
            "sanitised_text": SANITISED,
            "learnt_on": NOW.date(),
            "about": about,
            "by": by or person("intelligence_analyst"),
            "at": NOW,
            **more,
        }
    )
