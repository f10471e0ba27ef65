"""What may be corrected in a letter that was sent: what a person typed, never a date, the law, or how to appeal."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from registry.accounts.models import User
from registry.errors import Reason
from registry.letters.models import Letter

#: The facts of a letter in which somebody of the authority has written something.
TYPED = ("because", "grounds", "conditions", "condition", "question", "items", "evidence", "verified")
#: Of what was typed, that by which something is found or counted stays as it is.
FIXED = frozenset({"reference", "standard", "due_on", "source", "document"})


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


def tells_a_decision(letter: Letter) -> bool:
    return "decision" in letter.facts and "reply_by" not in letter.facts


def correct_blockers(
    letter: Letter, *, wrong: str | None = None, right: str = "", because: str = "", by: User
) -> Iterator[Reason]:
    """A slip is corrected; what was decided is not. Without words, whether there is anything to correct at all."""
    if letter.organisation_id is None or not typed(letter.facts):
        yield Reason("nothing_typed", _("This letter has no typed text, so there is nothing to correct."))
    if tells_a_decision(letter) and not by.has_perm("licensing.decide"):
        yield Reason("decision_maker_corrects", _("What tells a decision is corrected by a decision maker."))
    if wrong is not None:
        yield from _words_blockers(letter, wrong=wrong, right=right, because=because)


def write_anew_blockers(
    letter: Letter, *, differ: int, chosen: int | None = None, because: str = "", by: User
) -> Iterator[Reason]:
    """A letter is written anew where the file says otherwise by now, for what somebody has ticked, with the reason."""
    if not differ:
        yield Reason("nothing_differs", _("The file says today what this letter says."))
    if tells_a_decision(letter) and not by.has_perm("licensing.decide"):
        yield Reason("decision_maker_corrects", _("What tells a decision is corrected by a decision maker."))
    if chosen == 0:
        yield Reason("nothing_chosen", _("Tick what was wrong in the letter."), "facts")
    if chosen is not None and not because.strip():
        yield Reason("no_reason", _("Say what was wrong. This appears in the letter."), "because")


def _words_blockers(letter: Letter, *, wrong: str, right: str, because: str) -> Iterator[Reason]:
    if not any(wrong in text for text in strings(typed(letter.facts))):
        yield Reason(
            "words_not_there",
            _("What a person typed in this letter does not hold these words: copy them from it, with every sign."),
            "wrong",
        )
    if wrong == right:
        yield Reason(
            "nothing_changes", _("The correction is the same as the original. Enter different words."), "right"
        )
    if not because.strip():
        yield Reason("no_reason", _("Say what was wrong. This appears in the letter."), "because")
