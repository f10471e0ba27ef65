"""The words of a name in plain small letters, whatever script it is written in."""

import re
import unicodedata

# One table for Russian, Ukrainian, Bulgarian, Serbian, Macedonian and the Cyrillic of Central Asia. Languages differ
# about a few letters (щ, ъ, х); the sound skeleton brings those readings together again.
CYRILLIC = dict(
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
# Arabic as its speakers write it in Latin letters, with the letters of Persian, Pashto, Kurdish and Urdu. Short vowels are
# not written: what is read is only ever near to a name, unless all its vowels are long.
ARABIC = dict(
    zip(
        "اأإآٱبپتٹةجحدڈرڑزژسصضطظعفڤقكکگلمنںهھہوؤيئىیے",
        "aaaaabpttajhddrrzjssdtzafvqkkglmnnhhhuuiiaie",
        strict=True,
    )
) | {
    "ث": "th",
    "چ": "ch",
    "خ": "kh",
    "ذ": "dh",
    "ش": "sh",
    "غ": "gh",
    "ء": "",
    "ـ": "",
    **{figure: str(value) for value, figure in enumerate("٠١٢٣٤٥٦٧٨٩")},
    **{figure: str(value) for value, figure in enumerate("۰۱۲۳۴۵۶۷۸۹")},
}
# How else a letter is read. Of Cyrillic: in Bulgarian; in Ukrainian; by neighbours who write in Latin letters. Of Arabic:
# where و and ي are no vowels; in names of Europe, whose p, v, g and ch it has no letters for.
OTHER_READINGS = (
    {"щ": "sht", "х": "h", "ьо": "yo", "дж": "j"},
    {"г": "h", "и": "y", "й": "i", "дж": "j"},
    {"х": "h", "ц": "c", "ю": "iu", "я": "ia", "й": "j"},
    {"و": "w", "ي": "y"},
    {"تش": "ch", "و": "o", "ي": "e", "ف": "v"},
    {"تش": "ch", "و": "o", "ي": "e", "ب": "p", "ج": "g"},
)
_HAS_OTHER_READINGS = re.compile("[\u0400-\u04ff\u0600-\u06ff]")
GREEK_PAIRS = {"ου": "ou", "αυ": "au", "ευ": "eu", "γγ": "ng", "ντ": "nt", "μπ": "mp"}
GREEK = dict(zip("αβγδεζηικλμνξοπρστυφω", "avgdeziiklmnxoprstyfo", strict=True)) | {
    "θ": "th",
    "χ": "ch",
    "ψ": "ps",
}
# Devanagari, as Nepali and Hindi names are commonly written in Latin letters: long vowels as short ones, an `a` after
# each consonant that carries no other vowel, but not at the end of a word nor between two syllables that have theirs.
INDIC_CONSONANTS = dict(
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
INDIC_DOTTED = {"क़": "q", "ख़": "kh", "ग़": "g", "ज़": "z", "ड़": "r", "ढ़": "rh", "फ़": "f"}
INDIC_VOWELS = dict(
    zip("अआइईउऊऋएऐओऔऑऍ", ["a", "a", "i", "i", "u", "u", "ri", "e", "ai", "o", "au", "o", "e"], strict=True)
)
INDIC_VOWEL_SIGNS = dict(zip("ािीुूृेैोौॉॅ", ["a", "i", "i", "u", "u", "ri", "e", "ai", "o", "au", "o", "e"], strict=True))
INDIC_OTHERS = {"ं": "n", "ँ": "n", "ः": "", "ऽ": "", "्": "", "़": ""} | {
    figure: str(value) for value, figure in enumerate("०१२३४५६७८९")
}
_INDIC_WORD = re.compile("[\u0900-\u097f]+")
_INDIC_SYLLABLE = re.compile(
    f"(?P<consonant>[{''.join(INDIC_CONSONANTS)}]़?)(?P<sign>[{''.join(INDIC_VOWEL_SIGNS)}्]?)|(?P<other>.)"
)
# An `a` that is only implied is written as ə until it is known whether it is spoken.
_SILENT_AT_END = re.compile("(?<=[a-zə][^aeiouə])ə$|(?<=[a-zə][^aeiouə]h)ə$")
_SILENT_WITHIN = re.compile("(?<=[aeiouə][bcdfgjklmnpqrstvxyz])ə(?=[bcdfgjklmnpqrstvxyz]h?[aeiou])")
# Latin letters that Unicode does not take apart into a letter and a mark.
LATIN = {
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
APOSTROPHES = dict.fromkeys("'’‘ʼʻʹ`´＇", "")
_BEFORE_MARKS = str.maketrans(CYRILLIC | ARABIC | APOSTROPHES)
_AFTER_MARKS = str.maketrans(GREEK | LATIN | {"&": " and ", "+": " and "})
_OWN = str.maketrans(APOSTROPHES | {"&": " and ", "+": " and "})
_GREEK_PAIR = re.compile("|".join(GREEK_PAIRS))
_DOTTED_INITIAL = re.compile(r"\b(\w)\.(?=\w\b)")
_NOT_ASCII_WORD = re.compile(r"[^a-z0-9]+")


#: Up to this class are the signs of Indian scripts and Japanese that make another letter; vowel signs have class 0.
LAST_CLASS_THAT_STAYS = 9


def _is_accent(character: str) -> bool:
    return unicodedata.combining(character) > LAST_CLASS_THAT_STAYS


def _plain_character(character: str) -> str:
    category = unicodedata.category(character)
    # Joiners and direction marks are invisible: two names that look alike must be alike.
    if category == "Cf":
        return ""
    return character if category[0] in "LNM" else " "


def _indic_letters(part: re.Match[str]) -> str:
    if other := part["other"]:
        return INDIC_VOWELS.get(other, INDIC_OTHERS.get(other, other))
    consonant = INDIC_DOTTED.get(part["consonant"]) or INDIC_CONSONANTS[part["consonant"][0]]
    return consonant + ("" if part["sign"] == "्" else INDIC_VOWEL_SIGNS.get(part["sign"], "ə"))


def _indic_word(word: re.Match[str]) -> str:
    letters = _SILENT_AT_END.sub("", _INDIC_SYLLABLE.sub(_indic_letters, word[0]))
    return _SILENT_WITHIN.sub("", letters).replace("ə", "a")


def _decomposed(text: str) -> str:
    text = unicodedata.normalize("NFC", text).casefold().translate(_BEFORE_MARKS)
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(c for c in text.translate(_BEFORE_MARKS) if not _is_accent(c))
    bare = _INDIC_WORD.sub(_indic_word, bare)
    return _GREEK_PAIR.sub(lambda pair: GREEK_PAIRS[pair[0]], bare).translate(_AFTER_MARKS)


def words(name: str) -> list[str]:
    """The words of a name in plain small letters, legal form still on."""
    if name.isascii():
        text = name.lower().replace("'", "").replace("`", "").replace("&", " and ").replace("+", " and ")
        return _NOT_ASCII_WORD.sub(" ", _DOTTED_INITIAL.sub(r"\1", text)).split()
    text = _DOTTED_INITIAL.sub(r"\1", _decomposed(name))
    return "".join(map(_plain_character, text)).split()


def other_readings(name: str) -> list[str]:
    """The name in Latin letters as it is read otherwise too; nothing for a script with one reading."""
    if not _HAS_OTHER_READINGS.search(name):
        return []
    plain = unicodedata.normalize("NFC", name).casefold()
    texts = []
    for respelt in OTHER_READINGS:
        text = plain
        for letter, reading in respelt.items():
            text = text.replace(letter, reading)
        if text != plain:
            texts.append(text)
    return texts


def own_words(name: str) -> list[str]:
    """The words of a name in its own letters; none for a name in Latin letters only."""
    plain = unicodedata.normalize("NFKC", name).casefold().translate(_OWN)
    own = "".join(map(_plain_character, plain)).split()
    return own if any(map(_is_of_another_script, "".join(own))) else []


def _is_of_another_script(character: str) -> bool:
    return unicodedata.category(character)[0] == "L" and not unicodedata.name(character, "LATIN").startswith("LATIN")
