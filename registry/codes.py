"""Codes with a check character, and references: made, and read as they are typed."""

import itertools
import re
import secrets

from django.utils.translation import gettext_lazy as _

from registry.identifiers import InvalidIdentifier, without_separators

# Figures and letters without I, L, O and U (Crockford's base 32): nothing that is misread or spells a word by accident.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans("OIL", "011")
_CODE = re.compile(f"[{_ALPHABET}]{{8}}")


def _doubled(value: int) -> int:
    """Twice the value in the field of 32 elements, x to the fifth = x squared + 1."""
    value <<= 1
    return value ^ 0b100101 if value & 0b100000 else value


def _check_sum(characters: str) -> int:
    """Nothing for a whole code. One wrong character, or any two exchanged, always leave a remainder."""
    total = 0
    for character in characters:
        total = _doubled(total) ^ _ALPHABET.index(character)
    return total


def make_code(random: bytes) -> str:
    """A short code of eight characters from five or more random bytes; the last character checks the rest.

    35 bits stay random, so a code says nothing about how many there are. Draw again when it is already taken.
    """
    if len(random) < 5:
        raise ValueError("a code needs five random bytes")
    bits = int.from_bytes(random[:5], "big")
    payload = "".join(_ALPHABET[bits >> 5 * place & 31] for place in range(7))
    return payload + _ALPHABET[_doubled(_check_sum(payload))]


def characters_of_code(text: str) -> str:
    """The characters of a code as they were typed, in its own alphabet: capitals, O read as zero, I and L as one."""
    return without_separators(text).translate(_MISREAD)


def neighbours_of_code(text: str) -> list[str]:
    """The codes that would have been typed so with one wrong character, or with two neighbours exchanged."""
    typed = characters_of_code(text)
    wrong = (typed[:at] + other + typed[at + 1 :] for at in range(len(typed)) for other in _ALPHABET)
    exchanged = (typed[:at] + typed[at + 1] + typed[at] + typed[at + 2 :] for at in range(len(typed) - 1))
    return sorted({code for code in itertools.chain(wrong, exchanged) if code_is_valid(code)})


def _normal_code(text: str) -> str | None:
    characters = characters_of_code(text)
    return characters if _CODE.fullmatch(characters) and not _check_sum(characters) else None


def code_is_valid(text: str) -> bool:
    """Whether this can be a short code: its check character holds, O read as zero, I and L as one."""
    return _normal_code(text) is not None


def code(text: str) -> str:
    """A short code as it is stored."""
    characters = _normal_code(text)
    if characters is None:
        raise InvalidIdentifier("code", _("Check the code: it has 8 letters and numbers."))
    return characters


#: So many letters at most say what kind of thing a reference is of.
LONGEST_KIND = 3


def new_reference(letter: str) -> str:
    """A reference that faces people and addresses, drawn at random: A-7KQ2-M9XD. The letter says what kind of thing it is.

    Its last character checks the rest; the rest says nothing about how many there are.
    """
    characters = make_code(secrets.token_bytes(5))
    return f"{letter}-{characters[:4]}-{characters[4:]}"


def reference(text: str, *, letter: str) -> str:
    """A reference of this kind as it is stored: `a7kq2m9xd` is A-7KQ2-M9XD. The letter may be left out."""
    compact = without_separators(text)
    is_whole = len(compact) == 8 + len(letter) and compact.startswith(letter)
    characters = _normal_code(compact[len(letter) :] if is_whole else compact)
    if characters is None:
        raise InvalidIdentifier("reference", _("Check the reference: it looks like A-7KQ2-M9XD."))
    return f"{letter}-{characters[:4]}-{characters[4:]}"


def reference_typed(text: str) -> str:
    """Any reference as it is stored, however it was typed: `a 7kq2 m9xd` is A-7KQ2-M9XD. What is none is only made capitals."""
    compact = without_separators(text)
    kind, characters = compact[:-8], _normal_code(compact[-8:])
    is_reference = characters and 0 < len(kind) <= LONGEST_KIND and kind.isalpha()
    return f"{kind}-{characters[:4]}-{characters[4:]}" if characters and is_reference else text.strip().upper()
