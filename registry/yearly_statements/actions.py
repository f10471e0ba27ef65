"""Announce, write, sign, publish and return the yearly statement; the independent reviewer gives an opinion."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from registry import permissions
from registry.accounts.models import User
from registry.editions.states import PUBLISHES, REVIEWS
from registry.errors import refuse_for
from registry.trail.actions import events as trail
from registry.yearly_statements import rules
from registry.yearly_statements.models import StatementOpinion, YearlyStatement
from registry.yearly_statements.queries import source_of


@transaction.atomic
def announce_statement(*, code: str, publish_by: date, by: User, at: datetime) -> YearlyStatement:
    """Announce by which day the statement on a year is published. Raises `Refused` (no_year, year_taken, before_its_end, past)."""
    permissions.require(by, PUBLISHES)
    is_taken = YearlyStatement.objects.filter(code=code).exists()
    refuse_for(rules.announce_blockers(code, publish_by, is_taken=is_taken, today=timezone.localdate(at)))
    statement = YearlyStatement.objects.create(code=code, publish_by=publish_by, announced_by=by, announced_at=at)
    trail.record(statement, "announce_statement", by=by, at=at, after=statement.status, publish_by=publish_by)
    return statement


@transaction.atomic
def write_statement(
    statement: YearlyStatement, *, did: str, worked: str, did_not_work: str, changes: str, by: User, at: datetime
) -> YearlyStatement:
    """Fix the text, with the figures of the newest published edition that has the whole year.

    Raises `Refused` (wrong_state, no_figures, no_text).
    """
    permissions.require(by, PUBLISHES)
    statement = trail.locked(statement)
    texts = {"did": did, "worked": worked, "did_not_work": did_not_work, "changes": changes}
    source = source_of(statement.code, at)
    refuse_for(rules.write_blockers(statement, texts, has_figures=source is not None))
    assert source is not None
    for part, text in texts.items():
        setattr(statement, part, text.strip())
    statement.version, statement.written_by, statement.written_at = source.version, by, at
    statement.save(update_fields=[*texts, "version", "written_by", "written_at"])
    return trail.move(statement, "write_statement", by=by, at=at, because=f"figures of {source.address}")


@transaction.atomic
def sign_statement(statement: YearlyStatement, *, by: User, at: datetime) -> YearlyStatement:
    """Sign it as the first person. Raises `Refused` (wrong_state)."""
    permissions.require(by, PUBLISHES)
    statement = trail.locked(statement)
    return trail.move(statement, "sign_statement", by=by, at=at, signed_by=by, signed_at=at)


@transaction.atomic
def publish_statement(statement: YearlyStatement, *, by: User, at: datetime) -> YearlyStatement:
    """Sign it as the second person: the public reads it from now on. Raises `Refused` (wrong_state, same_person)."""
    permissions.require(by, PUBLISHES)
    statement = trail.locked(statement)
    refuse_for(rules.publish_blockers(statement, by=by))
    return trail.move(statement, "publish_statement", by=by, at=at, countersigned_by=by, countersigned_at=at)


@transaction.atomic
def return_statement(statement: YearlyStatement, *, because: str, by: User, at: datetime) -> YearlyStatement:
    """Do not sign it: it is written again. Raises `Refused` (wrong_state, no_reason)."""
    permissions.require(by, PUBLISHES)
    statement = trail.locked(statement)
    refuse_for(rules.return_blockers(statement, because))
    return trail.move(statement, "return_statement", by=by, at=at, because=because, signed_by=None, signed_at=None)


@transaction.atomic
def give_opinion(statement: YearlyStatement, *, text: str, by: User, at: datetime) -> YearlyStatement:
    """Add the opinion of the independent reviewer, which no one can change.

    Raises `Refused` (wrong_state, not_independent, too_late, no_text).
    """
    permissions.require(by, REVIEWS)
    statement = trail.locked(statement)
    refuse_for(rules.opinion_blockers(statement, text, by=by, today=timezone.localdate(at)))
    StatementOpinion.objects.create(statement=statement, text=text.strip(), given_by=by, given_at=at)
    return trail.move(statement, "give_opinion", by=by, at=at)
