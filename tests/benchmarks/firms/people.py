"""People as files have them, and how the same person comes back: misspelt, transliterated, with a slip in the birthday."""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from random import Random

from tests.benchmarks.firms import words
from tests.benchmarks.firms.words import Community

FIRST_BIRTHDAY = date(1948, 1, 1)
BIRTHDAYS = 20_400


@dataclass(frozen=True, slots=True)
class Human:
    """Somebody: as they write their own name, and what there is to know of them. `number` tells one from another."""

    number: int
    community: int
    given: str
    middle: str
    family: str
    born: date
    nino: str
    address: tuple[str, str, str]
    telephone: str
    email: str


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody as a file has them, in a role."""

    human: int
    role: str
    full_name: str
    born: date | None
    nino: str
    address: tuple[str, str, str]
    telephone: str
    email: str


@cache
def _ladder(count: int) -> tuple[float, ...]:
    """Names are as common as their rank says: the second half as common as the first, and so on, a little flatter."""
    return tuple(accumulate(1 / (rank + 3) ** 0.85 for rank in range(count)))


def by_rank(random: Random, texts: Sequence[str]) -> str:
    return random.choices(texts, cum_weights=_ladder(len(texts)))[0]


def community(random: Random) -> int:
    return random.choices(range(len(words.COMMUNITIES)), [one.part for one in words.COMMUNITIES])[0]


def family_name(random: Random, of: Community) -> str:
    if random.random() < of.rarer:
        return random.choice(of.stems) + random.choice(of.endings)
    return by_rank(random, of.family)


def birthday(random: Random, of: Community) -> date:
    day = FIRST_BIRTHDAY + timedelta(days=random.randrange(BIRTHDAYS))
    return day.replace(month=1, day=1) if random.random() < of.first_of_january else day


_LETTERS = "ABCEGHJKLMNPRSTWXYZ"
_BOTH = tuple(a + b for a in _LETTERS for b in _LETTERS if a + b not in {"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"})
#: How many National Insurance numbers there are, but for the letter at the end.
NINOS = len(_BOTH) * 10**6


def nino(number: int) -> str:
    return f"{_BOTH[number // 10**6]}{number % 10**6:06}{'ABCD'[number % 4]}"


# --- in Latin letters

_OFFICIAL = dict(
    zip(
        "абвгдезийклмнопрстуфхцчшщъьюяѝіїєґжёыэ",
        ["a", "b", "v", "g", "d", "e", "z", "i", "y", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f", "h", "ts", "ch", "sh",
         "sht", "a", "y", "yu", "ya", "i", "i", "yi", "ye", "g", "zh", "e", "y", "e"],
        strict=True,
    )
)  # fmt: skip
# What other offices, neighbours and the people themselves write.
_OTHERWISE: Mapping[str, tuple[str, ...]] = {
    "ж": ("j", "z"),
    "й": ("i", "j"),
    "х": ("kh", "x", "ch"),
    "ц": ("c", "tz"),
    "ч": ("tch", "c"),
    "ш": ("sch", "s"),
    "щ": ("shch", "sch"),
    "ъ": ("u", "y"),
    "ю": ("iu", "ju"),
    "я": ("ia", "ja"),
    "г": ("h",),
    "и": ("y",),
    "в": ("w",),
    "ь": ("", "i"),
    "є": ("e", "ie"),
    "ї": ("i", "ji"),
    "ё": ("yo", "io"),
    "ы": ("i",),
    "к": ("c",),
}
_DIACRITICS: Mapping[str, tuple[str, ...]] = {
    "ł": ("l", "w"),
    "ą": ("a", "on"),
    "ę": ("e", "en"),
    "ó": ("o", "u"),
    "ń": ("n",),
    "ś": ("s", "sh"),
    "ż": ("z", "zh"),
    "ź": ("z",),
    "ć": ("c",),
    "ș": ("s", "sh"),
    "ț": ("t", "ts"),
    "ă": ("a",),
    "â": ("a", "i"),
    "î": ("i",),
    "š": ("s", "sh"),
    "ž": ("z", "zh"),
    "č": ("c", "ch"),
    "ū": ("u",),
    "ė": ("e",),
    "ņ": ("n",),
    "ī": ("i",),
    "ē": ("e",),
    "ā": ("a",),
    "ģ": ("g",),
}
_PAIRS: Mapping[str, tuple[str, ...]] = {
    "sz": ("sh",),
    "cz": ("ch", "tch"),
    "rz": ("zh", "z"),
    "w": ("v",),
    "mohammed": ("mohamed", "mohammad", "muhammed"),
    "muhammad": ("mohammad", "muhammed"),
    "hussain": ("hussein", "husain"),
    "choudhury": ("chowdhury", "chaudhry"),
    "chowdhury": ("choudhury", "chaudhury"),
    "ahmed": ("ahmad",),
    "akhtar": ("akther",),
    "rahman": ("rehman",),
}


def latin(name: str) -> str:
    """As the office of the country itself writes it; a mark on a letter stays."""
    return _mapped(name, lambda letter: _OFFICIAL.get(letter, letter))


def is_cyrillic(name: str) -> bool:
    return any("\u0400" <= letter <= "\u04ff" for letter in name)


def transliterated(random: Random, name: str) -> str:
    """As somebody else writes the name in Latin letters, or in its own where that are others."""
    if is_cyrillic(name):
        if random.random() < 0.2:
            return name
        keeps = random.random()
        return _mapped(name, lambda letter: _other(random, letter, _OFFICIAL, keeps))
    text = _mapped(name, lambda letter: random.choice(_DIACRITICS.get(letter, (letter,))))
    for pair, others in _PAIRS.items():
        if pair in text.lower() and random.random() < 0.5:
            text = _as_name(text.lower().replace(pair, random.choice(others)))
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def _other(random: Random, letter: str, official: Mapping[str, str], keeps: float) -> str:
    plain = official.get(letter, letter)
    return plain if random.random() < keeps else random.choice(_OTHERWISE.get(letter, (plain,)))


def _mapped(name: str, how: Callable[[str], str]) -> str:
    return _as_name("".join(how(letter) for letter in name.lower()))


def _as_name(text: str) -> str:
    return " ".join(word[:1].upper() + word[1:] for word in text.split())


# --- slips


def misspelt(random: Random, name: str) -> str:
    """One letter left out, twice, changed about with the next, or another vowel."""
    if len(name) < 4:
        return name
    place = random.randrange(1, len(name) - 1)
    way = random.randrange(4)
    if way == 0:
        return name[:place] + name[place + 1 :]
    if way == 1:
        return name[:place] + name[place] + name[place:]
    if way == 2:
        return name[:place] + name[place + 1] + name[place] + name[place + 2 :]
    vowels = [nth for nth, letter in enumerate(name) if letter in "aeiou" and nth]
    nth = random.choice(vowels) if vowels else place
    return name[:nth] + random.choice("aeiou") + name[nth + 1 :]


def another_day(random: Random, born: date) -> date:
    """A slip in a date of birth, as they are made: exchanged, a figure off, the year beside it."""
    ways = [_exchanged, _another_figure, _beside, _another_month, _another_year]
    random.shuffle(ways)
    return next(found for way in ways if (found := way(random, born)) is not None and found != born)


def _exchanged(_random: Random, born: date) -> date | None:
    return born.replace(day=born.month, month=born.day) if born.day <= 12 else None


def _another_figure(random: Random, born: date) -> date | None:
    return born.replace(
        day=random.choice([day for day in range(1, 29) if day % 10 == born.day % 10 or day // 10 == born.day // 10])
    )


def _beside(random: Random, born: date) -> date | None:
    day = min(28, max(1, born.day + random.choice((-1, 1))))
    return born.replace(day=day)


def _another_month(random: Random, born: date) -> date | None:
    return born.replace(day=min(born.day, 28), month=random.randint(1, 12)) if born.day <= 28 else None


def _another_year(random: Random, born: date) -> date | None:
    year = born.year + random.choice((-1, 1, -10, 10))
    return born.replace(year=year, day=min(born.day, 28)) if born.day <= 28 else None


# --- somebody in a file


def named(human: Human, role: str, *, gives: float, random: Random) -> Named:
    """As the file of an honest firm has them: the number, and how to reach them, only as far as they were asked and gave it."""

    def given(text: str, part: float) -> str:
        return text if random.random() < part * gives else ""

    called = " ".join(filter(None, (human.given, human.middle, human.family)))
    return Named(
        human.number,
        role,
        latin(called) if is_cyrillic(called) else called,
        human.born,
        given(human.nino, 0.6),
        human.address,
        given(human.telephone, 0.7),
        given(human.email, 0.7),
    )


def come_back(random: Random, before: Named, human: Human, role: str, elsewhere: tuple[str, str, str]) -> Named:
    """The same person in the file of a firm that is to look like another one."""
    called = _called(random, human)
    born = another_day(random, human.born) if random.random() < 0.3 else human.born
    return replace(
        before,
        role=role,
        full_name=called,
        born=None if random.random() < 0.02 else born,
        nino=before.nino if random.random() < 0.5 else "",
        address=before.address if random.random() < 0.6 else elsewhere,
        telephone=before.telephone if random.random() < 0.45 else "",
        email=before.email if random.random() < 0.35 else "",
    )


def _called(random: Random, human: Human) -> str:
    given, family = human.given, human.family
    middle = human.middle if random.random() < 0.5 else ""
    if random.random() < 0.12:
        given = words.SHORT.get(given, given)
    if random.random() < 0.05:
        family = random.choice(words.COMMUNITIES[human.community].family)
    called = " ".join(filter(None, (given, middle, family)))
    if is_cyrillic(called) or random.random() < 0.4:
        called = transliterated(random, called)
    if random.random() < 0.12:
        called = misspelt(random, called)
    return " ".join(reversed(called.split())) if random.random() < 0.06 else called
