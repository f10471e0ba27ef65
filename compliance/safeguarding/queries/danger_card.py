"""Referrals of people who may be victims, in the words of the pack; who it is is asked of the vault alone."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language

from compliance.safeguarding.rules import referrals as rules
from registry import schemes
from registry.schemes import Scheme, said


@dataclass(frozen=True, slots=True)
class DangerCardStep:
    title: str
    text: str
    call: str


@dataclass(frozen=True, slots=True)
class DangerCard:
    """What to do now, in the language of the reader."""

    title: str
    steps: tuple[DangerCardStep, ...]
    never: tuple[str, ...]


def card(scheme: str, *, on: date) -> DangerCard | None:
    """What to do when somebody is in danger: in the words of the scheme, else of the first that has any."""
    words = rules.words_of(scheme, on=on)
    if words is None:
        return None
    language = get_language()
    return DangerCard(
        said(words.card.title, language),
        tuple(
            DangerCardStep(said(one.title, language), said(one.text, language), one.call) for one in words.card.steps
        ),
        tuple(said(one, language) for one in words.card.never),
    )


def referring_scheme(scheme: str, *, on: date) -> Scheme | None:
    """The scheme under which somebody is referred: the one that is named, else the first; None where none refers."""
    held = schemes.all_in_force(on, named=scheme)
    return next((one for one in held if one.safeguarding and one.safeguarding.referrals), None)
