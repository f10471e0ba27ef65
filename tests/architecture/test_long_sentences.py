"""Sentences have 25 words at most; where longer ones are left, their number may only fall."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.architecture import messages

pytestmark = pytest.mark.once

MOST_WORDS = 25
#: Longer sentences by kind of page. A kind that is not here has none. A lower number is written here at once.
LEFT: dict[str, int] = {}
LEFT_IN_PACKS = 10


def too_long(text: str) -> Iterator[str]:
    plain = re.sub(r"<[^>]+>", " ", text)
    return (one for one in re.split(r"(?<=[.?!])\s+", plain) if len(one.split()) > MOST_WORDS)


def test_fewer_sentences_of_messages_are_long() -> None:
    found = [(sentence, one) for sentence in messages.sentences() for one in too_long(sentence.text)]
    counted = dict(sorted(Counter(sentence.kind for sentence, _one in found).items()))
    more = [
        f"{sentence.file}:{sentence.line}: {one}"
        for sentence, one in found
        if counted[sentence.kind] > LEFT.get(sentence.kind, 0)
    ]

    assert counted == LEFT, "\n".join([f"shorten, or if the numbers fell write LEFT = {counted}", *more])


def test_fewer_sentences_of_packs_are_long() -> None:
    found = [f"{file}: {one}" for file, text in messages.pack_texts() for one in too_long(text)]

    assert len(found) == LEFT_IN_PACKS, "\n".join([f"shorten, or write LEFT_IN_PACKS = {len(found)}", *found])


def test_a_planted_sentence_is_found() -> None:
    long = " ".join(["word"] * 26)

    assert list(too_long(f"Short. {long}. Short <strong>again</strong>.")) == [f"{long}."]
    assert list(too_long(" ".join(["word"] * 25))) == []
