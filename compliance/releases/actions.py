"""A sanitised text is read by a second person, and released or refused; one that is written again is read again.

A second person agrees with a grade, too."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from compliance.intelligence.models.intelligence import Intelligence
from compliance.releases import queries, rules
from compliance.releases.models import ReadingOutcome, TextReading
from compliance.releases.rules import CheckAnswer
from registry import permissions
from registry.accounts.models import User
from registry.errors import refuse_for
from registry.trail.actions import events as trail

RECORDS = "compliance.record_intelligence"


@transaction.atomic
def release_text(
    intelligence: Intelligence, *, answers: Mapping[str, CheckAnswer], by: User, at: datetime
) -> Intelligence:
    """Release the text, as a second person who has answered the check-list: from now on it may be shared.

    Raises `Refused` (same_person, nearly_equal, name_of_source, number_of_source, no_answer, not_safe, no_words).
    """
    permissions.require(by, RECORDS)
    intelligence = trail.locked(intelligence, among=Intelligence.objects.visible_to(by))
    found = list(queries.sources_in(intelligence, intelligence.sanitised_text, by=by))
    terms = queries.terms_of(intelligence)
    refuse_for(rules.release_blockers(intelligence, terms, answers=answers, found=found, by=by))
    _read(intelligence, ReadingOutcome.RELEASED, answers=answers, by=by, at=at)
    return trail.move(intelligence, "release_text", by=by, at=at, released_by=by, released_at=at)


@transaction.atomic
def refuse_text(intelligence: Intelligence, *, because: str, by: User, at: datetime) -> Intelligence:
    """Give the text back to who wrote it, and say why. Raises `Refused` (same_person, no_reason, wrong_state)."""
    permissions.require(by, RECORDS)
    intelligence = trail.locked(intelligence, among=Intelligence.objects.visible_to(by))
    refuse_for(rules.refuse_blockers(intelligence, because=because, by=by))
    _read(intelligence, ReadingOutcome.REFUSED, because=because, by=by, at=at)
    return trail.move(intelligence, "refuse_text", by=by, at=at)


@transaction.atomic
def rewrite_text(intelligence: Intelligence, *, sanitised_text: str, by: User, at: datetime) -> Intelligence:
    """Write the sanitised text again: what was released is released no more. What was passed on stays as it was passed on.

    Raises `Refused` (no_sanitised_text, same_text, nearly_equal).
    """
    permissions.require(by, RECORDS)
    intelligence = trail.locked(intelligence, among=Intelligence.objects.visible_to(by))
    refuse_for(rules.rewrite_blockers(intelligence, queries.terms_of(intelligence), text=sanitised_text))
    intelligence.sanitised_text = sanitised_text.strip()
    intelligence.save(update_fields=["sanitised_text"])
    return trail.move(intelligence, "rewrite_text", by=by, at=at, text_by=by, released_by=None, released_at=None)


@transaction.atomic
def agree_grade(intelligence: Intelligence, *, by: User, at: datetime) -> Intelligence:
    """Agree with the grade, as a second person: only then does it count in full in a score.

    Raises `Refused` (agreed_already, same_person).
    """
    permissions.require(by, RECORDS)
    intelligence = trail.locked(intelligence, among=Intelligence.objects.visible_to(by))
    refuse_for(rules.agree_blockers(intelligence, by=by))
    intelligence.grade_agreed_by, intelligence.grade_agreed_at = by, at
    intelligence.save(update_fields=["grade_agreed_by", "grade_agreed_at"])
    trail.record(intelligence, "agree_grade", by=by, at=at, grade=intelligence.grade)
    return intelligence


def _read(
    intelligence: Intelligence,
    outcome: str,
    *,
    answers: Mapping[str, CheckAnswer] | None = None,
    because: str = "",
    by: User,
    at: datetime,
) -> None:
    TextReading.objects.create(
        intelligence=intelligence,
        number=intelligence.readings.count() + 1,
        text=intelligence.sanitised_text,
        outcome=outcome,
        answers={code: dict(answer) for code, answer in (answers or {}).items()},
        because=because.strip(),
        by=by,
        at=at,
    )
