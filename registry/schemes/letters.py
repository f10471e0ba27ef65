"""letters.toml: the legal wording of each letter."""

from pydantic import Field

from registry.schemes.terms import Code, Sourced
from registry.schemes.texts import Frozen, Text


class LetterWording(Sourced):
    """Legal wording of one letter: what it is called, the law it rests on, what it says, how to appeal."""

    code: Code
    title: Text
    law: tuple[Text, ...] = ()
    paragraphs: tuple[Text, ...] = Field(min_length=1)
    appeal: tuple[Text, ...] = ()


class Letters(Frozen):
    letters: tuple[LetterWording, ...] = Field(min_length=1)
