"""Messages and packs avoid the words that readers trip over; where some are left, their number may only fall."""

import ast
from collections import Counter

import pytest

from tests.architecture import messages, test_documents
from tests.architecture.source import product

pytestmark = pytest.mark.once

#: Messages with such a word, by kind of page: none.
LEFT: dict[str, int] = {}
LEFT_IN_PACKS = 0


def has_such_a_word(text: str) -> bool:
    return bool(test_documents.banned(f"{text}."))


def test_fewer_messages_use_a_word_that_readers_trip_over() -> None:
    found = [sentence for sentence in messages.sentences() if has_such_a_word(sentence.text)]
    counted = dict(sorted(Counter(sentence.kind for sentence in found).items()))
    more = [
        f"{sentence.file}:{sentence.line}: {sentence.text}"
        for sentence in found
        if counted[sentence.kind] > LEFT.get(sentence.kind, 0)
    ]

    assert counted == LEFT, "\n".join([f"rewrite, or if the numbers fell write LEFT = {counted}", *more])


def test_fewer_texts_of_packs_use_a_word_that_readers_trip_over() -> None:
    found = [f"{file}: {text}" for file, text in messages.pack_texts() if has_such_a_word(text)]

    assert len(found) == LEFT_IN_PACKS, "\n".join([f"rewrite, or write LEFT_IN_PACKS = {len(found)}", *found])


def test_each_kind_of_page_has_messages() -> None:
    """A folder that has moved would otherwise be left unread."""
    kinds = Counter(sentence.kind for sentence in messages.sentences())

    assert set(kinds) == {*messages.KINDS, "compliance", "config", "licensing", "registry"}
    assert min(kinds.values()) >= 30
    assert kinds[messages.ERRORS] > 500


def test_a_planted_message_is_found_in_a_template() -> None:
    template = "{% blocktranslate count n=n %}Whoever has {{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}"
    found = [text for _line, text in messages.of_template(template + '{% translate "It stands." %}')]

    assert found == ["Whoever has %(n)s day", "%(n)s days", "It stands."]
    assert [has_such_a_word(text) for text in found] == [True, False, True]


def test_a_planted_quotation_of_a_law_is_left_out() -> None:
    pack = 'law = [\n    { en = "Whoever supplies." }, # quotation\n    { en = "Whoever uses." },\n]\n'

    assert list(messages.english_of(pack)) == ["Whoever uses."]


def test_words_are_marked_by_a_name_that_makemessages_finds() -> None:
    """It finds `gettext` and `_` and no other name, so that what another one marks is never translated."""
    renamed = [
        source.at(node, f"imports {alias.name} as {alias.asname}")
        for source in product()
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if "gettext" in alias.name and alias.asname not in (None, "_")
    ]
    assert renamed == []
