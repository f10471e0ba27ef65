"""Folding and comparing names: one fold, one score, used by search, look-alikes and matching.

Two names are equal when `squash` gives the same text; everything else is only similar, and similarity never
answers "licensed". Callers refuse more than 100 characters before they come here: the cost grows with length.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

# One table for Russian, Ukrainian, Bulgarian, Serbian, Macedonian and the Cyrillic of Central Asia. Languages differ
# about a few letters (щ, ъ, х); the sound skeleton brings those readings together again.
_CYRILLIC = dict(
    zip(
        "абвгґѓдезийѝіїјкќлмнопрстуўфхыэәғқңөүұҳһӯӣѐ",
        "abvgggdezijiiijkklmnoprstuufhyeagqnouuhhuie",
        strict=True,
    )
) | {
    "ж": "zh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "shch",
    "ъ": "a",
    "ь": "",
    "ю": "yu",
    "я": "ya",
    "ё": "e",
    "й": "y",
    "х": "kh",
    "є": "ye",
    "ђ": "dj",
    "љ": "lj",
    "њ": "nj",
    "ћ": "c",
    "џ": "dz",
    "ѕ": "dz",
    "ҷ": "j",
    "җ": "j",
}
# How else a letter is read: in Bulgarian; in Ukrainian; by neighbours who write in Latin letters.
_OTHER_READINGS = (
    {"щ": "sht", "х": "h", "ьо": "yo", "дж": "j"},
    {"г": "h", "и": "y", "й": "i", "дж": "j"},
    {"х": "h", "ц": "c", "ю": "iu", "я": "ia", "й": "j"},
)
_IS_CYRILLIC = re.compile("[\u0400-\u04ff]")
_GREEK_PAIRS = {"ου": "ou", "αυ": "au", "ευ": "eu", "γγ": "ng", "ντ": "nt", "μπ": "mp"}
_GREEK = dict(zip("αβγδεζηικλμνξοπρστυφω", "avgdeziiklmnxoprstyfo", strict=True)) | {
    "θ": "th",
    "χ": "ch",
    "ψ": "ps",
}
# Devanagari, as Nepali and Hindi names are commonly written in Latin letters: long vowels as short ones, an `a` after
# each consonant that carries no other vowel, but not at the end of a word nor between two syllables that have theirs.
_INDIC_CONSONANTS = dict(
    zip(
        "कखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसहळ",
        [
            "k",
            "kh",
            "g",
            "gh",
            "n",
            "ch",
            "chh",
            "j",
            "jh",
            "n",
            "t",
            "th",
            "d",
            "dh",
            "n",
            "t",
            "th",
            "d",
            "dh",
            "n",
            "p",
            "ph",
            "b",
            "bh",
            "m",
            "y",
            "r",
            "l",
            "v",
            "sh",
            "sh",
            "s",
            "h",
            "l",
        ],
        strict=True,
    )
)
_INDIC_DOTTED = {"क़": "q", "ख़": "kh", "ग़": "g", "ज़": "z", "ड़": "r", "ढ़": "rh", "फ़": "f"}
_INDIC_VOWELS = dict(
    zip("अआइईउऊऋएऐओऔऑऍ", ["a", "a", "i", "i", "u", "u", "ri", "e", "ai", "o", "au", "o", "e"], strict=True)
)
_INDIC_VOWEL_SIGNS = dict(zip("ािीुूृेैोौॉॅ", ["a", "i", "i", "u", "u", "ri", "e", "ai", "o", "au", "o", "e"], strict=True))
_INDIC_OTHERS = {"ं": "n", "ँ": "n", "ः": "", "ऽ": "", "्": "", "़": ""} | {
    figure: str(value) for value, figure in enumerate("०१२३४५६७८९")
}
_INDIC_WORD = re.compile("[\u0900-\u097f]+")
_INDIC_SYLLABLE = re.compile(
    f"(?P<consonant>[{''.join(_INDIC_CONSONANTS)}]़?)(?P<sign>[{''.join(_INDIC_VOWEL_SIGNS)}्]?)|(?P<other>.)"
)
# An `a` that is only implied is written as ə until it is known whether it is spoken.
_SILENT_AT_END = re.compile("(?<=[a-zə][^aeiouə])ə$|(?<=[a-zə][^aeiouə]h)ə$")
_SILENT_WITHIN = re.compile("(?<=[aeiouə][bcdfgjklmnpqrstvxyz])ə(?=[bcdfgjklmnpqrstvxyz]h?[aeiou])")
# Latin letters that Unicode does not take apart into a letter and a mark.
_LATIN = {
    "ł": "l",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "æ": "ae",
    "œ": "oe",
    "ı": "i",
    "ħ": "h",
    "ŧ": "t",
    "ŋ": "ng",
    "ə": "a",
}
# Apostrophes of every keyboard, and the modifier letters that Uzbek and Ukrainian names use like them.
_APOSTROPHES = dict.fromkeys("'’‘ʼʻʹ`´＇", "")
_BEFORE_MARKS = str.maketrans(_CYRILLIC | _APOSTROPHES)
_AFTER_MARKS = str.maketrans(_GREEK | _LATIN | {"&": " and ", "+": " and "})
_GREEK_PAIR = re.compile("|".join(_GREEK_PAIRS))
_DOTTED_INITIAL = re.compile(r"\b(\w)\.(?=\w\b)")
_NOT_ASCII_WORD = re.compile(r"[^a-z0-9]+")

# Legal forms that the law disregards when it asks whether two company names are the same: the Company, Limited
# Liability Partnership and Business (Names and Trading Disclosures) Regulations 2015, Schedules 2 and 3.
_LEGAL_FORMS = (
    ("ltd",),
    ("limited",),
    ("cyf",),
    ("cyfyngedig",),
    ("plc",),
    ("ccc",),
    ("llp",),
    ("pac",),
    ("co",),
    ("company",),
    ("cic",),
    ("limited", "liability", "partnership"),
    ("public", "limited", "company"),
    ("community", "interest", "company"),
    ("cwmni", "cyfyngedig", "cyhoeddus"),
    ("partneriaeth", "atebolrwydd", "cyfyngedig"),
)
_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "dame", "lord", "lady"})


def _is_accent(character: str) -> bool:
    # Up to class 9 stand the signs of Indian scripts and Japanese that make another letter; vowel signs have class 0.
    return unicodedata.combining(character) > 9


def _plain_character(character: str) -> str:
    category = unicodedata.category(character)
    # Joiners and direction marks are invisible: two names that look alike must be alike.
    if category == "Cf":
        return ""
    return character if category[0] in "LNM" else " "


def _indic_letters(part: re.Match[str]) -> str:
    if other := part["other"]:
        return _INDIC_VOWELS.get(other, _INDIC_OTHERS.get(other, other))
    consonant = _INDIC_DOTTED.get(part["consonant"]) or _INDIC_CONSONANTS[part["consonant"][0]]
    return consonant + ("" if part["sign"] == "्" else _INDIC_VOWEL_SIGNS.get(part["sign"], "ə"))


def _indic_word(word: re.Match[str]) -> str:
    letters = _SILENT_AT_END.sub("", _INDIC_SYLLABLE.sub(_indic_letters, word[0]))
    return _SILENT_WITHIN.sub("", letters).replace("ə", "a")


def _decomposed(text: str) -> str:
    text = unicodedata.normalize("NFC", text).casefold().translate(_BEFORE_MARKS)
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(c for c in text.translate(_BEFORE_MARKS) if not _is_accent(c))
    bare = _INDIC_WORD.sub(_indic_word, bare)
    return _GREEK_PAIR.sub(lambda pair: _GREEK_PAIRS[pair[0]], bare).translate(_AFTER_MARKS)


def _words(name: str) -> list[str]:
    """The words of a name in plain small letters, legal form still on."""
    if name.isascii():
        text = name.lower().replace("'", "").replace("`", "").replace("&", " and ").replace("+", " and ")
        return _NOT_ASCII_WORD.sub(" ", _DOTTED_INITIAL.sub(r"\1", text)).split()
    text = _DOTTED_INITIAL.sub(r"\1", _decomposed(name))
    return "".join(map(_plain_character, text)).split()


def _length_of_legal_form(words: list[str]) -> int:
    return max((len(form) for form in _LEGAL_FORMS if tuple(words[-len(form) :]) == form), default=0)


def _without_legal_form(words: list[str]) -> list[str]:
    kept = words
    while length := _length_of_legal_form(kept):
        kept = kept[:-length]
        # "Smith & Co" loses the joining word with the form.
        if kept[-1:] == ["and"]:
            kept = kept[:-1]
    # A name made of nothing but legal forms is still a name.
    return kept or words


def fold(name: str) -> str:
    """A name as it is compared: small letters a to z and figures where the script can be written so, legal form off.

    Scripts that we cannot transliterate keep their letters. Folding twice changes nothing.
    """
    return " ".join(_without_legal_form(_words(name)))


def squash(name: str) -> str:
    """The folded name without spaces. Equal squashed names are the same name; nothing weaker is."""
    return fold(name).replace(" ", "")


def readings(name: str) -> list[str]:
    """The folded name, then what else it may have been in Latin letters, when languages read its script differently."""
    texts = [name]
    if _IS_CYRILLIC.search(name):
        plain = unicodedata.normalize("NFC", name).casefold()
        for letters in _OTHER_READINGS:
            text = plain
            for letter, reading in letters.items():
                text = text.replace(letter, reading)
            texts.append(text)
    return list(dict.fromkeys(map(fold, texts)))


def tokens(name: str) -> tuple[str, ...]:
    """The words of the folded name, in order, repeats kept."""
    return tuple(fold(name).split())


# In order: longer spellings before the shorter ones they contain.
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"szcz|shch|sch|sz|sh|rz|zh", "s"),
        (r"ph", "f"),
        (r"kh", "h"),
        (r"qu", "kv"),
        (r"ck|cz|ch|q|c", "k"),
        (r"z", "s"),
        (r"x", "ks"),
        (r"w", "v"),
        (r"[aeiouyj]+", "a"),
        (r"(?<=[^a\d])h", ""),
        (r"(\D)\1+", r"\1"),
    )
)


@lru_cache(maxsize=65_536)
def _word_skeleton(word: str) -> str:
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return word


def skeleton(name: str) -> str:
    """How a folded name or word sounds, roughly: where English, Polish and Romanian spelling meet.

    Give it folded text. Figures stay as they are; vowels become one letter.
    """
    return " ".join(map(_word_skeleton, name.split()))


def scores(readings: Sequence[str], names: Sequence[str]) -> NDArray[np.float64]:
    """How alike each folded name is to what was typed, 0 to 100; 100 only for the same words or the same letters.

    Of each folded reading of what was typed the best of five comparisons plus a tenth of the sound of it (search.md,
    design 5); the best reading counts. A score orders candidates for a person to choose from. It is never an answer.
    """
    typed = [reading for reading in readings if reading]
    if not typed or not names:
        return np.zeros(len(names))

    def ratios(of: Sequence[str], to: Sequence[str], scorer: Any = fuzz.ratio) -> NDArray[np.float64]:
        return np.asarray(process.cdist(of, to, scorer=scorer, dtype=np.float64))

    words = [set(reading.split()) for reading in typed]
    held = [name.split() for name in names]
    best = np.max(
        [
            ratios(typed, names),
            ratios([reading.replace(" ", "") for reading in typed], [name.replace(" ", "") for name in names]),
            # Below the plain comparison, so that the words in the order typed come first.
            0.98 * ratios(typed, names, fuzz.token_sort_ratio),
            0.95 * np.vstack([ratios([one], [name[: len(one)] for name in names]) for one in typed]),
            np.array([[93.0 if one.issubset(of_name) else 0.0 for of_name in held] for one in words]),
        ],
        axis=0,
    )
    sounds = ratios([skeleton(reading) for reading in typed], [skeleton(name) for name in names])
    whole = np.max((10 * best + sounds) / 11, axis=0)
    return np.where(np.array([not name for name in names]), 0.0, whole)


def score(query: str, name: str) -> float:
    """How alike two folded names are: `scores` for one."""
    return float(scores([query], [name])[0])


def fold_person(name: str) -> str:
    """A person's name as it is compared: like `fold`, with the title off and nothing taken for a legal form."""
    words = _words(name)
    kept = [word for word in words if word not in _TITLES]
    return " ".join(kept or words)


def person_key(name: str) -> str:
    """One text for a person's name whatever the order of its words: what a keyed digest is made of."""
    return " ".join(sorted(fold_person(name).split()))


def _word_match(a: str, b: str) -> float:
    if 1 in (len(a), len(b)) and a[0] == b[0]:
        # An initial agrees with the name, but says less than the name.
        return 100.0 if a == b else 80.0
    return max(fuzz.ratio(a, b), 0.95 * fuzz.ratio(_word_skeleton(a), _word_skeleton(b)))


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
