"""The letters that an act would bring, read before it is done."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.utils.safestring import SafeString

from registry.letters.letters.sending import HEARD
from registry.letters.models import Letter
from registry.papers import words


@dataclass(frozen=True, slots=True)
class LetterPreview:
    """A letter that would go out: to which addresses, and its words, to stand below the heading of a page."""

    subject: str
    language: str
    addresses: tuple[str, ...]
    receiver: str
    words: SafeString


def rehearse(act: Callable[[], object]) -> list[LetterPreview]:
    """The letters that an act would bring, word for word: it is done, they are read, and all of it is taken back.

    Raises what the act raises. Nothing is mailed, as nothing is committed; the numbers of the letters are not theirs yet.
    """
    written: list[Letter] = []
    token = HEARD.set(written)
    try:
        with transaction.atomic():
            act()
            foreseen = [_foreseen(letter) for letter in written]
            transaction.set_rollback(True)
    finally:
        HEARD.reset(token)
    return foreseen


def _foreseen(letter: Letter) -> LetterPreview:
    sample = words.SampleLetter(
        letter.template,
        letter.subject,
        letter.language,
        letter.facts,
        at=letter.at,
        reference=letter.reference,
        address=letter.address,
    )
    shown = words.lowered(words.fragment(sample))
    return LetterPreview(letter.subject, letter.language, tuple(letter.addresses), letter.receiver, shown)
