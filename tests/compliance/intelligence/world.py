"""Intelligence, recorded by the real action."""

from typing import Any

from compliance.intelligence.actions import intelligence
from compliance.intelligence.models.intelligence import Intelligence
from compliance.intelligence.rules import Grade
from compliance.releases import actions as releases
from compliance.releases import queries
from compliance.releases.rules import CheckAnswer
from registry.accounts.models import User
from registry.organisations.models import Organisation
from tests.conftest import NOW
from tests.people import person
from tests.registry.stories import a_scheme
from tests.remembered import remembered

HEARD = "Marek from the night shift says the passports are in a drawer behind reception."
SANITISED = "The passports of workers are said to be kept at the office."


def answers_for(piece: Intelligence) -> dict[str, CheckAnswer]:
    """Each answer that lets the text go, with words."""
    return {one.code: {"said": one.lets, "words": "Read word by word."} for one in queries.terms_of(piece).release}


@remembered
def released(piece: Intelligence, *, by: User | None = None) -> Intelligence:
    """By a second person, who has read it."""
    by = by or person("source_handler")
    return releases.release_text(piece, answers=answers_for(piece), by=by, at=NOW)


@remembered
def some_intelligence(
    *about: Organisation, by: User | None = None, grade: Grade | None = None, is_released: bool = True, **more: Any
) -> Intelligence:
    """Recorded, and the sanitised text released by another."""
    piece = intelligence.record(
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
    return released(piece) if is_released else piece
