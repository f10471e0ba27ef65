"""Comparing the names of people: words in any order, initials, titles off."""

from rapidfuzz import fuzz

from registry.names.comparing import word_skeleton
from registry.names.letters import words

_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "dame", "lord", "lady"})


def fold_person(name: str) -> str:
    """A person's name as it is compared: like `fold`, with the title off and nothing taken for a legal form."""
    all_words = words(name)
    kept = [word for word in all_words if word not in _TITLES]
    return " ".join(kept or all_words)


def person_key(name: str) -> str:
    """One text for a person's name whatever the order of its words: what a keyed digest is made of."""
    return " ".join(sorted(fold_person(name).split()))


def _word_match(a: str, b: str) -> float:
    if 1 in (len(a), len(b)) and a[0] == b[0]:
        # An initial agrees with the name, but says less than the name.
        return 100.0 if a == b else 80.0
    return max(fuzz.ratio(a, b), 0.95 * fuzz.ratio(word_skeleton(a), word_skeleton(b)))


def person_score(a: str, b: str) -> float:
    """How alike two people's names are, 0 to 100: words in any order, initials, middle names left out.

    Every word of the shorter name looks for its best partner; a single shared word is half a match at most, because
    a surname alone says little.
    """
    few, many = sorted((fold_person(a).split(), fold_person(b).split()), key=len)
    if not few:
        return 0.0
    rest, total = list(many), 0.0
    # Longest first, so that a full name takes its partner before an initial can.
    for word in sorted(few, key=len, reverse=True):
        partner = max(rest, key=lambda other: _word_match(word, other))
        total += _word_match(word, partner)
        rest.remove(partner)
    found = total / len(few)
    missing = len(rest)
    if len(few) == 1 and missing:
        return found / 2
    return found * 0.97**missing
