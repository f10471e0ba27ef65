"""Texts made by chance about the businesses of the register: names a little changed, borrowed numbers, wrong signs, noise."""

import random
from collections.abc import Callable, Iterator
from typing import Any

from tests.public_lookup.pasted.world import firms

FIRMS = firms()
LICENSED = [firm for firm in FIRMS if firm.get("standing", "licensed") in ("licensed", "licensed_with_conditions")]
LABELS = ["", "URN ", "GLAA ", "licence no ", "Lic: ", "nr licencji ", "лиценз № ", "number "]
WORDS = [
    "Green",
    "Valley",
    "north",
    "Kelder",
    "crew",
    "Blackthorn",
    "Recruitment",
    "agri",
    "Best",
    "Polska",
    "Group",
    "UK",
]
FORMS = ["LLP", "plc", "CIC", "sp. z o.o.", "GmbH", "S.A.", "LP", "SRL"]
NOISE = ["Hi, is this ok: ", "Work from Monday £12/h. ", "Praca od zaraz, ", "", "", "call 07700 900999 ", "they say "]
AFTER = ["", ".", " thanks", ", start 12/11/2026", " £60 a week rent", " Boston", "?"]

#: A text, and the number of the only business of which "licensed" may be said; none where it is about nobody.
Made = tuple[str, str]


def texts(count: int, seed: int) -> Iterator[Made]:
    chance = random.Random(seed)
    return (chance.choice(KINDS)(chance) for _nth in range(count))


def _around(chance: random.Random, text: str) -> str:
    return f"{chance.choice(NOISE)}{text}{chance.choice(AFTER)}"[:300]


def _bare(firm: dict[str, Any]) -> str:
    words = firm["name"].replace("sp. z o.o.", "").split()
    return " ".join(word for word in words if word not in ("Ltd", "Limited", "LLP", "Cyf"))


def _numbered(chance: random.Random, name: str, number: str) -> str:
    labelled = f"{chance.choice(LABELS)}{number}"
    return f"{name}{chance.choice([' ', ', ', ' - '])}{labelled}" if chance.random() < 0.6 else f"{labelled} {name}"


def _nobody(chance: random.Random) -> Made:
    """The name of nobody with the number of a licensed business."""
    name = f"{' '.join(chance.sample(WORDS, 2))} {chance.choice(['Ltd', 'Limited', 'Services', ''])}".strip()
    return _around(chance, _numbered(chance, name, chance.choice(LICENSED)["number"])), ""


def _borrowed(chance: random.Random) -> Made:
    named, holder = chance.sample(FIRMS, 2)
    name = chance.choice([named["name"], named["name"].upper(), named["name"].lower()])
    return _around(chance, _numbered(chance, name, holder["number"])), ""


def _longer(chance: random.Random) -> Made:
    """The name of a licensed business within a longer one, with its number or without."""
    firm = chance.choice(LICENSED)
    name = chance.choice([f"{chance.choice(WORDS)} {_bare(firm)} Ltd", f"{_bare(firm)} {chance.choice(WORDS)} Ltd"])
    return _around(chance, _numbered(chance, name, firm["number"]) if chance.random() < 0.5 else name), ""


def _other_form(chance: random.Random) -> Made:
    firm = chance.choice([one for one in LICENSED if "sp. z" not in one["name"] and "LLP" not in one["name"]])
    name = f"{_bare(firm)} {chance.choice(FORMS)}"
    return _around(chance, _numbered(chance, name, firm["number"]) if chance.random() < 0.5 else name), ""


def _wrong_sign(chance: random.Random) -> Made:
    """A number with one sign wrong, which nobody has."""
    number = list(chance.choice(LICENSED)["number"])
    at = chance.randrange(8)
    number[at] = chance.choice("ABCDEFGHJKMNPRSTUVWXYZ" if at < 4 else "23456789")
    written = "".join(number)
    holder = written if any(firm["number"] == written for firm in FIRMS) else ""
    return _around(chance, chance.choice(LABELS) + written), holder


def _right(chance: random.Random) -> Made:
    firm = chance.choice(FIRMS)
    return _around(chance, _numbered(chance, firm["name"], firm["number"])), firm["number"]


KINDS: tuple[Callable[[random.Random], Made], ...] = (_nobody, _borrowed, _longer, _other_form, _wrong_sign, _right)
