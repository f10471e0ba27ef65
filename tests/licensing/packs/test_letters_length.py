"""Letters are short: their words are counted, and no sentence is in a letter twice."""

import re
from collections import Counter
from html import unescape

import pytest

from licensing.packs.letters import kinds
from registry import schemes
from registry.papers import words

SCHEME = schemes.get("gla-food", max(schemes.versions("gla-food")))
CODES = [kind.code for kind in kinds.kinds_of(SCHEME)]
#: Words of the samples of all kinds together, the whole sheet, counted as in docs/measured.md. A lower number is
#: written here, or what a new kind of letter adds.
MOST_WORDS = 11_817


def sheet(code: str) -> str:
    return words.fragment(kinds.sample_of(SCHEME, code, language="en"))


def test_the_letters_together_do_not_grow() -> None:
    counted = sum(len(re.sub(r"<[^>]+>", "", sheet(code)).split()) for code in CODES)

    assert counted == MOST_WORDS, f"shorten the letters, or if they became shorter write MOST_WORDS = {counted:_}"


# The help lines of a follower are left out: two offices give the same advice, each in a part of the country.
@pytest.mark.parametrize("code", sorted({*CODES} - {"changed"}))
def test_no_sentence_is_in_a_letter_twice(code: str) -> None:
    lines = re.split(r"<[^>]+>", sheet(code))
    sentences = [one.strip() for line in lines for one in re.split(r"(?<=[.:?])\s", unescape(line))]
    placeholders = "This is where"
    counted = Counter(one for one in sentences if len(one.split()) > 4 and not one.startswith(placeholders))

    assert [one for one, times in counted.items() if times > 1] == []


@pytest.mark.parametrize("code", CODES)
def test_what_is_only_for_checks_is_one_line(code: str) -> None:
    feet = re.findall(r'<footer class="witness">(.*?)</footer>', sheet(code), re.DOTALL)

    assert [foot.count("<p>") for foot in feet] in ([], [1])
    assert all(len(re.sub(r"<[^>]+>", " ", foot).split()) <= 4 for foot in feet)
