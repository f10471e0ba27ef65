"""What the stories take a short cut to is what the actions do."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Model

from config.demo import answered
from licensing.applications.models import Answer, Application
from registry.trail.models.events import Counter, Event
from tests import stories
from tests.conftest import NOW

pytestmark = pytest.mark.django_db


# No database gives a primary key twice; a digest of a covered row is salted, and hashes hold the digests.
NEVER_TWICE = frozenset({"id", "covers", "hash", "previous_hash"})


def everything() -> list[list[dict[str, Any]]]:
    """All that answering writes, without what is different each time."""
    tables: tuple[type[Model], ...] = (Answer, Counter, Event)
    found = [list(table._default_manager.order_by("pk").values()) for table in tables]
    return [
        [{field: value for field, value in row.items() if field not in NEVER_TWICE} for row in rows] for rows in found
    ]


def written_by(story: Callable[[], object]) -> list[list[dict[str, Any]]]:
    """What is there after the story, which is then undone."""
    with transaction.atomic():
        story()
        found = everything()
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize(
    "facts", [{}, {"accommodation": True, "transport": True, "subcontracting": True, "legal_status": "sole_trader"}]
)
def test_a_form_answered_at_once_is_row_by_row_a_form_answered_page_by_page(
    monkeypatch: pytest.MonkeyPatch, facts: dict[str, Any]
) -> None:
    application = stories.an_application()
    profile = stories.a_profile(**facts)

    def story() -> Application:
        return stories.an_application_answered(application, profile=profile, evidence=False)

    at_once = written_by(story)
    monkeypatch.setattr(stories, "answer_all", answered.answer_one_by_one)

    assert at_once == written_by(story)
    assert len(at_once[0]) > 20


def test_so_is_one_that_came_on_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    application = stories.a_paper_application()

    def story() -> None:
        stories.typed_in(application, at=NOW)

    at_once = written_by(story)
    monkeypatch.setattr(stories, "answer_all", answered.answer_one_by_one)

    assert at_once == written_by(story)
    assert len(at_once[0]) > 20
