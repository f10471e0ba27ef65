"""Questions whose answer is known: names of a register as people mistype, mishear and transliterate them.

The rules are not the index's own: keys that lie side by side, what scanners misread, how an English name is written by a
Polish, Romanian, Lithuanian, Bulgarian, Ukrainian or Nepali ear, what people leave out. The same seed gives the same
questions.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

Rule = Callable[[Random, str], str]

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_KEYS = {
    key: {
        _ROWS[other][place + shift]
        for other in (row - 1, row, row + 1)
        for shift in (-1, 0, 1)
        if 0 <= other < 3 and 0 <= place + shift < len(_ROWS[other]) and _ROWS[other][place + shift] != key
    }
    for row, keys in enumerate(_ROWS)
    for place, key in enumerate(keys)
}
# What a scanner, or a tired eye, takes for another letter.
_MISREAD = (
    ("rn", "m"), ("m", "rn"), ("cl", "d"), ("d", "cl"), ("l", "1"), ("o", "0"), ("i", "l"), ("e", "c"), ("h", "b"),
    ("vv", "w"), ("w", "vv"), ("s", "5"), ("g", "q"), ("n", "ri"), ("li", "h"), ("u", "ii"), ("t", "f"), ("a", "o"),
)  # fmt: skip
# What is written by somebody who was told the name on the telephone.
_HEARD = (
    ("igh", "ite"), ("ph", "f"), ("ck", "k"), ("kn", "n"), ("wr", "r"), ("gh", "g"), ("tion", "shun"), ("ee", "ea"),
    ("ea", "ee"), ("ou", "ow"), ("ow", "ou"), ("oo", "u"), ("ie", "ee"), ("ey", "y"), ("y", "ie"), ("qu", "kw"),
    ("x", "cks"), ("ce", "se"), ("ci", "si"), ("ss", "s"), ("ll", "l"), ("tt", "t"), ("rr", "r"), ("nn", "n"), ("mm", "m"),
    ("er", "a"), ("or", "er"), ("ar", "er"), ("c", "k"), ("k", "c"), ("s", "ss"), ("l", "ll"), ("mb", "m"), ("dge", "j"),
    ("f", "ph"), ("v", "f"), ("b", "p"), ("d", "t"), ("z", "s"), ("ai", "ay"), ("ay", "ai"), ("a", "e"), ("i", "e"), ("u", "a"),
)  # fmt: skip
# English names as they are written down by ear elsewhere; the order matters, longest first.
_POLISH_EAR = (
    ("sh", "sz"), ("ch", "cz"), ("th", "t"), ("ph", "f"), ("ck", "k"), ("qu", "kw"), ("ee", "i"), ("oo", "u"),
    ("v", "w"), ("x", "ks"), ("c", "k"), ("y", "j"),
)  # fmt: skip
_ROMANIAN_EAR = (
    ("sh", "ș"), ("ch", "ci"), ("th", "t"), ("ph", "f"), ("ck", "c"), ("qu", "cu"), ("ee", "i"), ("oo", "u"), ("ke", "che"),
    ("ki", "chi"), ("w", "v"), ("k", "c"), ("y", "i"), ("ts", "ț"),
)  # fmt: skip
_LITHUANIAN_EAR = (
    ("sh", "š"), ("ch", "č"), ("th", "t"), ("ph", "f"), ("ck", "k"), ("qu", "kv"), ("ee", "y"), ("oo", "ū"), ("w", "v"),
    ("x", "ks"), ("c", "k"),
)  # fmt: skip
_BULGARIAN = (
    ("sht", "щ"), ("sh", "ш"), ("ch", "ч"), ("zh", "ж"), ("ts", "ц"), ("th", "т"), ("ph", "ф"), ("ck", "к"), ("qu", "ку"),
    ("yu", "ю"), ("ya", "я"), ("x", "кс"), ("a", "а"), ("b", "б"), ("c", "к"), ("d", "д"), ("e", "е"), ("f", "ф"),
    ("g", "г"), ("h", "х"), ("i", "и"), ("j", "дж"), ("k", "к"), ("l", "л"), ("m", "м"), ("n", "н"), ("o", "о"), ("p", "п"),
    ("r", "р"), ("s", "с"), ("t", "т"), ("u", "у"), ("v", "в"), ("w", "у"), ("y", "и"), ("z", "з"),
)  # fmt: skip
_UKRAINIAN = tuple({**dict(_BULGARIAN), "h": "г", "g": "ґ", "i": "і", "w": "в", "y": "и"}.items())
_NEPALI_CONSONANTS = {
    "chh": "छ", "sh": "श", "ch": "च", "th": "थ", "ph": "फ", "kh": "ख", "gh": "घ", "dh": "ध", "bh": "भ", "jh": "झ",
    "k": "क", "c": "क", "q": "क", "g": "ग", "j": "ज", "t": "ट", "d": "ड", "n": "न", "p": "प", "f": "फ", "b": "ब", "m": "म",
    "y": "य", "r": "र", "l": "ल", "v": "व", "w": "व", "s": "स", "h": "ह", "z": "ज", "x": "क्स",
}  # fmt: skip
_NEPALI_VOWELS = {"a": ("", "अ"), "e": ("े", "ए"), "i": ("ि", "इ"), "o": ("ो", "ओ"), "u": ("ु", "उ")}
_FORM = re.compile(r"\s+(ltd|limited|llp|plc)\.?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Question:
    kind: str
    text: str
    #: The name that was meant, as it is registered.
    name: str


def plain(name: str) -> str:
    """Small letters without accents and legal form: what somebody types who has read it on a van."""
    letters = unicodedata.normalize("NFKD", _FORM.sub("", name).lower().replace("ł", "l"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _spot(random: Random, text: str, fits: Callable[[int], bool] = lambda _place: True) -> int | None:
    places = [place for place, letter in enumerate(text) if letter.isalpha() and fits(place)]
    return random.choice(places) if places else None


def _neighbouring_key(random: Random, name: str) -> str:
    place = _spot(random, name, lambda at: name[at] in _KEYS)
    return name if place is None else name[:place] + random.choice(sorted(_KEYS[name[place]])) + name[place + 1 :]


def _two_slips(random: Random, name: str) -> str:
    """One in each of two words."""
    words = name.split()
    long = [number for number, word in enumerate(words) if len(word) > 4]
    for number in random.sample(long, min(2, len(long))):
        words[number] = random.choice((_neighbouring_key, _left_out, _exchanged))(random, words[number])
    return " ".join(words)


def _left_out(random: Random, name: str) -> str:
    place = _spot(random, name)
    return name if place is None else name[:place] + name[place + 1 :]


def _twice(random: Random, name: str) -> str:
    place = _spot(random, name)
    return name if place is None else name[:place] + name[place] + name[place:]


def _brushed(random: Random, name: str) -> str:
    """A key beside the right one was touched as well."""
    place = _spot(random, name, lambda at: name[at] in _KEYS)
    return name if place is None else name[:place] + random.choice(sorted(_KEYS[name[place]])) + name[place:]


def _exchanged(random: Random, name: str) -> str:
    place = _spot(random, name, lambda at: at + 1 < len(name) and name[at + 1].isalpha() and name[at] != name[at + 1])
    return name if place is None else name[:place] + name[place + 1] + name[place] + name[place + 2 :]


def _one_of(table: Sequence[tuple[str, str]], times: int) -> Rule:
    def rule(random: Random, name: str) -> str:
        for _time in range(times):
            fitting = [(right, wrong) for right, wrong in table if right in name]
            if fitting:
                right, wrong = random.choice(fitting)
                places = [found.start() for found in re.finditer(re.escape(right), name)]
                place = random.choice(places)
                name = name[:place] + wrong + name[place + len(right) :]
        return name

    return rule


def _all_of(table: Sequence[tuple[str, str]]) -> Rule:
    letters = dict(table)
    pattern = re.compile("|".join(sorted(map(re.escape, letters), key=len, reverse=True)))
    return lambda _random, name: pattern.sub(lambda found: letters[found[0]], name)


def _devanagari(_random: Random, name: str) -> str:
    return " ".join(map(_devanagari_word, name.split()))


def _devanagari_word(word: str) -> str:
    written, carries = "", False
    pattern = "|".join(sorted(_NEPALI_CONSONANTS, key=len, reverse=True)) + "|[aeiou]|."
    for part in re.findall(pattern, word):
        if part in _NEPALI_VOWELS:
            sign, letter = _NEPALI_VOWELS[part]
            written += sign if carries else letter
            carries = False
        else:
            written += ("्" if carries else "") + _NEPALI_CONSONANTS.get(part, part)
            carries = part in _NEPALI_CONSONANTS
    return written


def _ending_missing(random: Random, name: str) -> str:
    words = name.split()
    words[-1] = words[-1][: max(2, len(words[-1]) - random.randint(2, 4))]
    return " ".join(words)


def _word_missing(random: Random, name: str) -> str:
    words = name.split()
    if len(words) > 2:
        words.pop(random.randrange(len(words)))
    return " ".join(words)


def _words_exchanged(random: Random, name: str) -> str:
    words = name.split()
    if len(words) > 1:
        place = random.randrange(len(words) - 1)
        words[place], words[place + 1] = words[place + 1], words[place]
    return " ".join(words)


def _run_together(random: Random, name: str) -> str:
    gaps = [place for place, letter in enumerate(name) if letter == " "]
    place = random.choice(gaps) if gaps else len(name)
    return name[:place] + name[place + 1 :]


def _torn_apart(random: Random, name: str) -> str:
    place = _spot(random, name, lambda at: at > 2 and name[at - 2 : at].isalpha() and name[at : at + 3].isalpha())
    return name if place is None else name[:place] + " " + name[place:]


def _joining_word(_random: Random, name: str) -> str:
    return name.replace("&", "and") if "&" in name else name.replace(" and ", " & ")


# The kinds of question. What somebody does to the plain name; the first four, to the name as it is registered.
AS_REGISTERED: dict[str, Rule] = {
    "as registered": lambda _random, name: name,
    "in capitals": lambda _random, name: name.upper(),
    "accents dropped": lambda _random, name: plain(name),
    "another legal form": lambda _random, name: _FORM.sub("", name) + " Limited",
}
SLIPS: dict[str, Rule] = {
    "a neighbouring key": _neighbouring_key,
    "a letter left out": _left_out,
    "a letter twice": _twice,
    "a key too many": _brushed,
    "letters exchanged": _exchanged,
    "a slip in two words": _two_slips,
    "misread by a scanner": _one_of(_MISREAD, 1),
}
HEARD: dict[str, Rule] = {
    "dictated": _one_of(_HEARD, 2),
    "by a Polish ear": _all_of(_POLISH_EAR),
    "by a Romanian ear": _all_of(_ROMANIAN_EAR),
    "by a Lithuanian ear": _all_of(_LITHUANIAN_EAR),
    "in Bulgarian letters": _all_of(_BULGARIAN),
    "in Ukrainian letters": _all_of(_UKRAINIAN),
    "in Nepali letters": _devanagari,
}
SHORTENED: dict[str, Rule] = {
    "ending missing": _ending_missing,
    "a word missing": _word_missing,
    "words exchanged": _words_exchanged,
    "words run together": _run_together,
    "a word torn apart": _torn_apart,
    "& or and": _joining_word,
}
RULES = AS_REGISTERED | SLIPS | HEARD | SHORTENED


def ask(names: Sequence[str], count: int, seed: int) -> Iterator[Question]:
    """So many questions, of all kinds in turn, about names drawn at random."""
    random = Random(seed)
    kinds = list(RULES)
    for number in range(count):
        kind = kinds[number % len(kinds)]
        name = random.choice(names)
        yield Question(kind, _mistyped(random, kind, name)[:100], name)


def _mistyped(random: Random, kind: str, name: str) -> str:
    return RULES[kind](random, name if kind in AS_REGISTERED else plain(name))
