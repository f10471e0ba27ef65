"""What must be true before a sanitised text is released, refused or written again; and what of a source could be in a text."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import TypedDict

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from compliance.intelligence.models.intelligence import Intelligence
from compliance.intelligence.rules import NEARLY_EQUAL, is_nearly_equal
from registry import names
from registry.accounts.models import User
from registry.errors import Reason
from registry.reasons import reason_blockers
from registry.retention.rules import erased_blockers
from registry.schemes import IntelligenceTerms


class CheckAnswer(TypedDict):
    """What the second person answered to one question, and in words why."""

    said: str
    words: str


# --- what of a source could be in a text ---

#: A part of a name that is shorter is in too many words.
SHORTEST_PART = 3
#: As many figures of the end of a number are the same however it is dialled.
END = 9
#: A name that is spelt letter by letter is put together from so many words at most.
LONGEST_SPELLING = 12
FIGURES = {
    word: str(figure)
    for figure, words in enumerate(
        ("zero oh nought nil", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    )
    for word in words.split()
}
TIMES = {"double": 2, "treble": 3, "triple": 3}


def name_parts(name: str) -> set[str]:
    """The parts of a name as they are compared: in small letters a to z, where the script can be written so."""
    return {part for part in names.fold_person(name).split() if len(part) >= SHORTEST_PART}


def words_in(text: str) -> set[str]:
    """Every word of a text as names are compared, and every few of them put together: so is a name that is spelt out."""
    plain = _plain(text)
    every = {word for said in (plain, re.sub(r"['’‘`ʼ]", " ", plain)) for word in _put_together(said)}
    # Whose it is: Canarybirds van.
    return every | {word[:-1] for word in every if word.endswith("s")}


def _put_together(text: str) -> Iterator[str]:
    said = names.fold_person(text).split()
    for start in range(len(said)):
        joined = ""
        for word in said[start : start + LONGEST_SPELLING]:
            joined += word
            yield joined


def ends_of_numbers(text: str) -> set[str]:
    """The end of every number that could be dialled from a text, however it is written: figures of any script, or words."""
    stream = figures(text)
    return {stream[at : at + END] for at in range(len(stream) - END + 1)}


def figures(text: str) -> str:
    """All figures of a text, one after the other; a word that is no figure and no sign between them ends a number."""
    parts = re.findall(r"[^\W\d_]+|\d", _plain(text).casefold())
    stream, times = "", 1
    for part in parts:
        if part.isdigit() or part in FIGURES:
            stream += FIGURES.get(part, part) * times
            times = 1
        elif part in TIMES:
            times = TIMES[part]
        else:
            stream, times = f"{stream} ", 1
    return re.sub(r" +", " ", stream)


def _plain(text: str) -> str:
    """Figures of every script as 0 to 9, and nothing between letters that no one sees."""
    shown = (sign for sign in unicodedata.normalize("NFKC", text) if unicodedata.category(sign) != "Cf")
    return "".join(str(unicodedata.digit(sign)) if sign.isdigit() else sign for sign in shown)


def addresses_in(text: str) -> set[str]:
    """Every email address in a text, with signs that stand for @ and the dot."""
    plain = re.sub(r"\s*[\[(]?\s*(?:@|\bat\b)\s*[\])]?\s*", "@", _plain(text).casefold())
    plain = re.sub(r"\s*[\[(]?\s*(?:\bdot\b)\s*[\])]?\s*", ".", plain)
    return set(re.findall(r"[\w.+-]+@[\w.-]+\w", plain))


# --- releasing ---


def release_blockers(
    intelligence: Intelligence,
    terms: IntelligenceTerms,
    *,
    answers: Mapping[str, CheckAnswer] | None = None,
    found: Iterable[Reason] = (),
    by: User,
) -> Iterator[Reason]:
    """`found` is what of sources was found in the text. Answers of None are not asked yet."""
    yield from erased_blockers(intelligence, "intelligence")
    yield from intelligence.lifecycle.blockers(intelligence.status, "release_text")
    yield from _second_person_blockers(intelligence, by)
    if is_nearly_equal(intelligence.sanitised_text, intelligence.source_text, terms.nearly_equal_percent):
        yield NEARLY_EQUAL
    yield from found
    if answers is not None:
        yield from _answer_blockers(terms, answers)


def refuse_blockers(intelligence: Intelligence, *, because: str | None = None, by: User) -> Iterator[Reason]:
    yield from intelligence.lifecycle.blockers(intelligence.status, "refuse_text")
    yield from _second_person_blockers(intelligence, by)
    yield from reason_blockers(because)


def rewrite_blockers(intelligence: Intelligence, terms: IntelligenceTerms, *, text: str) -> Iterator[Reason]:
    yield from erased_blockers(intelligence, "intelligence")
    if not text.strip():
        yield Reason("no_sanitised_text", _("Write the sanitised text."), "sanitised_text")
    elif text.strip() == intelligence.sanitised_text.strip():
        yield Reason("same_text", _("This is the text as it is. Change it."), "sanitised_text")
    if is_nearly_equal(text, intelligence.source_text, terms.nearly_equal_percent):
        yield NEARLY_EQUAL


def _second_person_blockers(intelligence: Intelligence, by: User) -> Iterator[Reason]:
    if by.pk in (intelligence.text_by_id, intelligence.recorded_by_id):
        yield Reason("same_person", _("You wrote it, so someone else must read and release it."))


def _answer_blockers(terms: IntelligenceTerms, answers: Mapping[str, CheckAnswer]) -> Iterator[Reason]:
    """Every question is answered in words, and every answer lets the text go."""
    for number, check in enumerate(terms.release, start=1):
        answer = answers.get(check.code, {"said": "", "words": ""})
        if answer["said"] not in ("yes", "no"):
            yield Reason("no_answer", format_lazy(_("Answer question {number}."), number=number), f"said-{check.code}")
        elif answer["said"] != check.lets:
            text = format_lazy(
                _("With this answer to question {number} the text cannot be released. Refuse it."), number=number
            )
            yield Reason("not_safe", text, f"said-{check.code}")
        if not any(sign.isalnum() for sign in answer["words"]):
            text = format_lazy(_("Say in words what you looked at for question {number}."), number=number)
            yield Reason("no_words", text, f"words-{check.code}")


def agree_blockers(intelligence: Intelligence, *, by: User) -> Iterator[Reason]:
    """Who recorded it or graded it last is not the second person."""
    if not intelligence.grade_waits:
        yield Reason("agreed_already", _("A second person has agreed with this grade already."))
    if by.pk in (intelligence.graded_by_id, intelligence.recorded_by_id):
        yield Reason("same_person", _("You graded it, so someone else must agree with the grade."))


HIDDEN_NAME = Reason("name_of_source", _("There is a name in the text that must not appear."), "sanitised_text")
HIDDEN_NUMBER = Reason("number_of_source", _("There is a number or an address in the text that must not appear."))
