"""The letters that a worker may send: sentences of the pack around what was filled in. Nothing of it is kept."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import translation
from django.utils.functional import Promise

from registry.schemes import WorkerLetter, said

#: What is left open, to be filled in by hand.
OPEN = "________"


@dataclass(frozen=True, slots=True)
class WrittenLetter:
    language: str
    title: str
    opening: list[str]
    rows: list[tuple[str, str]]
    closing: list[str]


def written(
    letter: WorkerLetter, filled: Mapping[str, str], labels: Mapping[str, str | Promise], language: str
) -> WrittenLetter:
    """The letter in a language: the employer is written to in English, and the worker reads it in their own."""
    with translation.override(language):
        return WrittenLetter(
            language.split("-")[0],
            said(letter.title, language),
            [said(text, language) for text in letter.opening],
            [(str(labels[name]), filled.get(name) or OPEN) for name in letter.asks],
            [said(text, language) for text in letter.closing],
        )
