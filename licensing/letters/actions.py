"""Letters that turn out to hold a slip."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from licensing.checks.queries import checks
from licensing.letters import queries as corrections
from licensing.letters import rules
from registry import permissions
from registry.accounts.models import User
from registry.errors import refuse_for
from registry.letters.letters import editions
from registry.letters.models import Letter
from registry.trail.actions import events as trail


@transaction.atomic
def correct(letter: Letter, *, wrong: str, right: str, because: str, by: User, at: datetime) -> Letter:
    """Send a letter anew under its number, with these words in the place of those that somebody mistyped.

    What was sent before is kept, marked as replaced. Dates, the law, and how to appeal are not typed, and stay. Raises
    `Refused` for words that are not there, and, where the letter tells a decision, for whoever may not decide.
    """
    permissions.require(by, "registry.correct_letter")
    letter = trail.locked(letter)
    if letter.organisation is not None:
        refuse_for(permissions.conflict_blockers(by, letter.organisation))
    refuse_for(rules.correct_blockers(letter, wrong=wrong, right=right, because=because, by=by))
    assert letter.organisation is not None
    refuse_for(checks.repeats(letter.organisation, {"right": right, "because": because}))
    # The words themselves stay in the letter and the one that it replaces: the trail is for good.
    trail.record(letter, "correct", by=by, at=at, letter=letter.number, edition=letter.edition + 1)
    return editions.replace(
        letter, facts=rules.corrected(letter.facts, wrong=wrong, right=right), because=because, by=by, at=at
    )


@transaction.atomic
def write_anew(letter: Letter, *, facts: Collection[str], because: str, by: User, at: datetime) -> Letter:
    """Send a letter anew under its number, with these facts as the file has them now: whose it is, where, of which licence.

    `facts` are keys of `queries.corrections.differing`. What was sent before is kept, marked as replaced. No day by which
    somebody must act is among them. Raises `Refused` where the file says today what the letter says.
    """
    permissions.require(by, "registry.correct_letter")
    letter = trail.locked(letter)
    if letter.organisation is not None:
        refuse_for(permissions.conflict_blockers(by, letter.organisation))
    differ = corrections.differing(letter)
    chosen = [one for one in differ if one.key in facts]
    refuse_for(rules.write_anew_blockers(letter, differ=len(differ), chosen=len(chosen), because=because, by=by))
    assert letter.organisation is not None
    refuse_for(checks.repeats(letter.organisation, {"because": because}))
    trail.record(letter, "write_anew", by=by, at=at, letter=letter.number, edition=letter.edition + 1)
    corrected = corrections.with_facts(letter.facts, chosen)
    return editions.replace(letter, facts=corrected, because=because, by=by, at=at)
