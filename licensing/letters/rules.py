"""What may be corrected in a letter that was sent: spelling, and what the file says otherwise. Never what was decided, or why."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from rapidfuzz.distance import OSA

from registry.accounts.models import User
from registry.errors import Reason
from registry.letters.models import Letter

#: In how many letters a long word may be misspelt, up to how many a word is too short for that, and up to how many one may differ.
LETTERS, SHORT, LONG = 2, 3, 7
#: Days by which someone must act.
DEADLINES = ("due_on", "reply_by", "appeal_by")
#: The facts of a letter in which somebody of the authority has written something.
TYPED = ("because", "grounds", "conditions", "condition", "question", "items", "evidence", "verified")
#: Of what was typed, that by which something is found or counted stays as it is.
FIXED = frozenset({"reference", "standard", "due_on", "source", "document"})


@dataclass(frozen=True, slots=True)
class GivenLetter:
    """What surrounds a letter today. `past`: a day by which someone must act, which it names and which has passed."""

    is_proposed: bool = False
    is_appealed: bool = False
    past: date | None = None


def day_passed(facts: Mapping[str, Any], *, today: date) -> date | None:
    """The first day by which someone must act, of those that a letter names and that have passed."""
    named = (date.fromisoformat(str(facts[key])[:10]) for key in DEADLINES if facts.get(key))
    return min((day for day in named if day < today), default=None)


def strings(value: Any) -> Iterator[str]:
    """Every text in a value of JSON, but for what is fixed."""
    if isinstance(value, Mapping):
        for key, one in value.items():
            yield from () if key in FIXED else strings(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from strings(one)
    elif isinstance(value, str):
        yield value


def changed(value: Any, change: Callable[[str], str]) -> Any:
    """The same value with every such text changed."""
    if isinstance(value, Mapping):
        return {key: one if key in FIXED else changed(one, change) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [changed(one, change) for one in value]
    return change(value) if isinstance(value, str) else value


def typed(facts: Mapping[str, Any]) -> dict[str, Any]:
    """What a person of the authority wrote of these facts."""
    return {key: facts[key] for key in TYPED if facts.get(key)}


def corrected(facts: Mapping[str, Any], *, wrong: str, right: str) -> dict[str, Any]:
    """The facts with these words in the place of those, in what was typed and nowhere else."""
    return {**facts, **changed(typed(facts), lambda text: text.replace(wrong, right))}


def correct_blockers(
    letter: Letter, *, wrong: str | None = None, right: str = "", because: str = "", given: GivenLetter
) -> Iterator[Reason]:
    """A slip of spelling is corrected; what was decided, and why, is not. Without words, whether there is anything to correct."""
    if letter.organisation_id is None or not typed(letter.facts):
        yield Reason("nothing_typed", _("This letter has no typed text, so there is nothing to correct."))
    if "decision" in letter.facts:
        text = _(
            "Reasons, grounds and evidence cannot be corrected. Send a further notice, or regenerate the letter from the file."
        )
        yield Reason("tells_a_decision", text)
    yield from letter_blockers(given)
    if wrong is not None:
        yield from _words_blockers(letter, wrong=wrong, right=right, because=because)


def write_anew_blockers(
    *, differ: int, chosen: int | None = None, because: str = "", given: GivenLetter
) -> Iterator[Reason]:
    """A letter is written anew where the file says otherwise by now, for what somebody has ticked, with the reason."""
    if not differ:
        yield Reason("nothing_differs", _("The file says today what this letter says."))
    yield from letter_blockers(given)
    if chosen == 0:
        yield Reason("nothing_chosen", _("Tick what was wrong in the letter."), "facts")
    if chosen is not None and not because.strip():
        yield Reason("no_reason", _("Say what was wrong. This appears in the letter."), "because")


def countersign_blockers(correction: Any, *, by: User) -> Iterator[Reason]:
    """Another person countersigns: of a letter that tells a decision, one who decides."""
    yield from correction.lifecycle.blockers(correction.status, "countersign")
    if by.pk == correction.proposed_by_id:
        yield Reason("same_person", _("You proposed this correction, so someone else must countersign it."))
    if correction.tells_a_decision and not by.has_perm("licensing.decide"):
        yield Reason("decision_maker_corrects", _("What tells a decision is corrected by a decision maker."))


def refuse_correction_blockers(correction: Any, *, because: str | None = None, by: User) -> Iterator[Reason]:
    yield from countersign_blockers(correction, by=by)
    if because is not None and not because.strip():
        yield Reason("no_reason", _("Enter the reason."), "because")


def letter_blockers(given: GivenLetter) -> Iterator[Reason]:
    if given.is_proposed:
        yield Reason("proposed_already", _("A correction of this letter waits for a second person."))
    if given.is_appealed:
        yield Reason("appeal_ended", _("An appeal about this decision has ended, so its letter cannot be corrected."))
    if given.past is not None:
        text = _("This letter names {day}, which has passed. Send a new letter instead.")
        yield Reason("day_has_passed", format_lazy(text, day=date_format(given.past)))


def _words_blockers(letter: Letter, *, wrong: str, right: str, because: str) -> Iterator[Reason]:
    is_there = any(wrong in text for text in strings(typed(letter.facts)))
    if not is_there:
        yield Reason(
            "words_not_there",
            _("What a person typed in this letter does not hold these words: copy them from it, with every sign."),
            "wrong",
        )
    if wrong == right:
        yield Reason(
            "nothing_changes", _("The correction is the same as the original. Enter different words."), "right"
        )
    elif is_there and not is_spelling(wrong, right):
        text = _(
            "Only spelling can be corrected: at most {letters} letters of a word, and no number. Send a new letter instead."
        )
        yield Reason("not_spelling", format_lazy(text, letters=LETTERS), "right")
    if not because.strip():
        yield Reason("no_reason", _("Say what was wrong. This appears in the letter."), "because")


def is_spelling(wrong: str, right: str) -> bool:
    """Whether only the spelling differs: as many words, of each at most `LETTERS` letters otherwise, and the same numbers.

    A short word that becomes another, such as "now" and "not", is no slip of spelling, nor is one that gets a prefix.
    """
    before, after = wrong.split(), right.split()
    return len(before) == len(after) and all(map(_is_same_word, before, after))


def _is_same_word(one: str, other: str) -> bool:
    if re.sub(r"\D", "", one) != re.sub(r"\D", "", other):
        return False
    if one.casefold() == other.casefold():
        return True
    shorter, longer = sorted((one.casefold(), other.casefold()), key=len)
    if len(shorter) <= SHORT or (longer.endswith(shorter) and longer != shorter):
        return False  # "unpaid" is another word than "paid"
    return OSA.distance(shorter, longer) <= (LETTERS if len(shorter) > LONG else 1)


def template_of(name: str) -> str:
    """The template of a letter of licensing by its short name."""
    return f"licensing/letters/{name}.html"
