"""Words that only the reporter knows, by which a mailbox is opened or a group is known, and the digests that are kept of them."""

import hashlib
import math
import secrets
import unicodedata
from base64 import urlsafe_b64encode
from functools import cache
from pathlib import Path

from django.conf import settings

from registry import signing

BITS = 62  # of a passphrase in any language: beyond guessing, with the limit on tries and the slow digest
#: N and p of scrypt: 16 MB and some 0.3 seconds for each guess. OWASP counts it as equal to 2**17 once, with 128 MB.
WORK, TIMES = 2**14, 5
#: That of mailboxes which no one has opened since, and the length of their keys: hexadecimal, and silent about how they were made.
_FORMER_TIMES, FORMER_LENGTH = 1, 64
ENGLISH = "en"
_LISTS = Path(__file__).parent / "passphrase_words"
# Letters that Unicode does not take apart, as they are typed on a keyboard that lacks them, and signs left out there.
_PLAIN_LETTERS = str.maketrans(
    {"ł": "l", "đ": "d", "ँ": "ं", **dict.fromkeys("ʻʼ’‘'`", "")}
    | {"ә": "а", "ғ": "г", "қ": "к", "ң": "н", "ө": "о", "ұ": "у", "ү": "у", "һ": "х"}
    | {"ҳ": "х", "ҷ": "ч", "і": "и", "є": "е", "ґ": "г"}
    | {"ة": "ه", "ى": "ي", "ک": "ك", "ی": "ي", "ـ": ""}
)


def language_of_words(language: str) -> str:
    """The language in which words are drawn for who reads this one: its own where it has a list, else English."""
    code = language.split("-")[0]
    return code if (_LISTS / f"{code}.txt").exists() else ENGLISH


@cache
def words(language: str = ENGLISH) -> tuple[str, ...]:
    lines = (_LISTS / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if not line.startswith("#"))


def length_of_passphrase(language: str) -> int:
    """How many words of this list make up `BITS`."""
    return math.ceil(BITS / math.log2(len(words(language))))


def new_passphrase(language: str = ENGLISH) -> str:
    """Words of one list drawn at random, with spaces between."""
    return drawn_from(secrets.token_bytes(32), language)


def drawn_from(seed: bytes, language: str) -> str:
    """The words that belong to a seed, evenly: each is 128 bits of a digest, modulo the length of the list."""
    listed, length = words(language), length_of_passphrase(language)
    digest = hashlib.shake_256(language.encode() + b":" + seed).digest(16 * length)
    numbers = (int.from_bytes(digest[start : start + 16], "big") for start in range(0, len(digest), 16))
    return " ".join(listed[number % len(listed)] for number in numbers)


def folded(typed: str) -> list[str]:
    """The words of what was typed. Capitals, accents, hyphens, commas and further spaces do not count.

    Signs of vowels do, in scripts that write them below or above a letter.
    """
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", typed).casefold()).translate(_PLAIN_LETTERS)
    kinds = ((sign, unicodedata.category(sign)) for sign in plain if not unicodedata.combining(sign))
    return "".join(sign if kind[0] in "LM" else "" if kind == "Cf" else " " for sign, kind in kinds).split()


def unknown_words(typed: str) -> list[str]:
    """Those that stand in no list: they were misread or mistyped."""
    return [word for word in folded(typed) if word not in _every_word()]


@cache
def _every_word() -> frozenset[str]:
    return frozenset(word for file in _LISTS.glob("*.txt") for word in folded(" ".join(words(file.stem))))


def mailbox_key(typed: str) -> str:
    """The slow keyed digest by which a mailbox is found, of the words as `folded`. It begins with how often the work is done.

    A wrong passphrase costs as much time as a right one.
    """
    return f"{TIMES}${urlsafe_b64encode(_slow_digest(typed, TIMES)).decode().rstrip('=')}"


def former_mailbox_key(typed: str) -> str:
    """The same as it was made before the work was done so often."""
    return _slow_digest(typed, _FORMER_TIMES).hex()


def _slow_digest(typed: str, times: int) -> bytes:
    plain = " ".join(folded(typed))
    salt = bytes.fromhex(signing.keyed_digest(settings.NAMES_KEY, "vault: mailbox"))
    return hashlib.scrypt(plain.encode(), salt=salt, n=WORK, r=8, p=times, dklen=32)


def group_key(typed: str) -> str:
    """The keyed digest by which reports that were sent together are found, of the words as `folded`. They open nothing: it is fast."""
    return signing.keyed_digest(settings.NAMES_KEY, f"words of a group: {' '.join(folded(typed))}")
