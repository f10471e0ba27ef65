"""Letters that turn out to hold a slip: one person proposes the correction, another countersigns it, and it goes out."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from licensing.checks.queries import checks
from licensing.letters import queries, rules
from licensing.letters.models import LetterCorrection
from licensing.letters.states import CORRECTS
from registry import permissions
from registry.accounts.models import User
from registry.errors import refuse_for
from registry.letters.letters import editions
from registry.letters.models import Letter
from registry.trail.actions import events as trail


@transaction.atomic
def correct(letter: Letter, *, wrong: str, right: str, because: str, by: User, at: datetime) -> LetterCorrection:
    """Propose these words in the place of those that someone misspelt. Another person countersigns it, and it is sent.

    Raises `Refused` for words that are not there, for more than spelling, for a letter that tells a decision, and for one that names
    a day that has passed.
    """
    letter = _held(letter, by=by)
    given = queries.given_of(letter, today=timezone.localdate(at))
    refuse_for(rules.correct_blockers(letter, wrong=wrong, right=right, because=because, given=given))
    return _proposed(letter, wrong=wrong, right=right, because=because, by=by, at=at)


@transaction.atomic
def write_anew(letter: Letter, *, facts: Collection[str], because: str, by: User, at: datetime) -> LetterCorrection:
    """Propose the letter with these facts as the file has them now: whose it is, where, of which licence.

    `facts` are keys of `queries.differing`. No day by which someone must act is among them. Raises `Refused` where the file
    says today what the letter says.
    """
    letter = _held(letter, by=by)
    differ = queries.differing(letter)
    chosen = [one.key for one in differ if one.key in facts]
    given = queries.given_of(letter, today=timezone.localdate(at))
    refuse_for(rules.write_anew_blockers(differ=len(differ), chosen=len(chosen), because=because, given=given))
    return _proposed(letter, facts=chosen, because=because, by=by, at=at)


@transaction.atomic
def countersign(correction: LetterCorrection, *, by: User, at: datetime) -> LetterCorrection:
    """Send the letter again under its number, as it was proposed. What was sent before is kept, marked as replaced.

    Raises `Refused` (same_person, decision_maker_corrects, day_has_passed …).
    """
    permissions.require_one(by, CORRECTS, "licensing.decide")
    letter = trail.locked(correction.letter)
    correction = trail.locked(correction)
    _refuse_conflicted(letter, by)
    refuse_for([*rules.countersign_blockers(correction, by=by), *_still(correction, letter, at=at)])
    # The words themselves stay in the letter and the one that it replaces: the trail is for good.
    trail.record(letter, "correct", by=by, at=at, letter=letter.number, edition=letter.edition + 1)
    trail.move(correction, "countersign", by=by, at=at, ended_by=by, ended_at=at)
    facts = _facts_of(correction, letter)
    editions.replace(letter, facts=facts, because=correction.because, by=by, at=at)
    return correction


@transaction.atomic
def refuse_correction(correction: LetterCorrection, *, because: str, by: User, at: datetime) -> LetterCorrection:
    """Do not countersign it: the letter stays as it was sent."""
    permissions.require_one(by, CORRECTS, "licensing.decide")
    correction = trail.locked(correction)
    _refuse_conflicted(correction.letter, by)
    refuse_for(rules.refuse_correction_blockers(correction, because=because, by=by))
    ended: dict[str, Any] = {"ended_by": by, "ended_at": at, "refused_because": because}
    return trail.move(correction, "refuse_correction", by=by, at=at, **ended)


def _held(letter: Letter, *, by: User) -> Letter:
    permissions.require(by, CORRECTS)
    letter = trail.locked(letter)
    _refuse_conflicted(letter, by)
    return letter


def _refuse_conflicted(letter: Letter, by: User) -> None:
    if letter.organisation is not None:
        refuse_for(permissions.conflict_blockers(by, letter.organisation))


def _proposed(letter: Letter, *, because: str, by: User, at: datetime, **what: Any) -> LetterCorrection:
    assert letter.organisation is not None
    refuse_for(checks.repeats(letter.organisation, {"right": what.get("right", ""), "because": because}))
    correction = LetterCorrection.objects.create(
        reference=f"{letter.number}.{letter.corrections.count() + 1}",
        letter=letter,
        because=because,
        proposed_by=by,
        proposed_at=at,
        **what,
    )
    trail.record(correction, "propose_correction", by=by, at=at, after=correction.status, letter=letter.number)
    return correction


def _still(correction: LetterCorrection, letter: Letter, *, at: datetime) -> Any:
    """Whether a day has passed, or an appeal has ended, since it was proposed."""
    given = queries.given_of(letter, today=timezone.localdate(at), but=correction)
    return rules.letter_blockers(given)


def _facts_of(correction: LetterCorrection, letter: Letter) -> dict[str, Any]:
    if not correction.facts:
        return rules.corrected(letter.facts, wrong=correction.wrong, right=correction.right)
    chosen = [one for one in queries.differing(letter) if one.key in correction.facts]
    return queries.with_facts(letter.facts, chosen)
