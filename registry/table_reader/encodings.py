"""Which old encoding a file of text is in, where it does not say so: by whose letters its bytes would be.

Excel still writes CSV in the encoding of the country in which it runs. The same byte is ł in one and ³ in another: the encoding is
taken in which most letters belong to one language and stand where they can stand.
"""

from collections.abc import Iterator

#: By encoding, the letters beyond a to z of the languages that are written in it; the first wins where several fit as well.
_LETTERS = (
    ("cp1252", "áàâäãåæçéèêëíìîïñóòôöõøœúùûüýÿßšž"),
    ("cp1250", "ąćęłńóśźż"),
    ("cp1250", "áčďéěíňóřšťúůýžäôĺľŕ"),
    ("cp1250", "áéíóöőúüű"),
    ("cp1250", "ăâîşţ"),
    ("cp1250", "čćđšž"),
    ("cp1257", "ąčęėįšųūž"),
    ("cp1257", "āčēģīķļņšūž"),
    ("cp1257", "äõöüšž"),
    ("cp1251", "абвгдежзийклмнопрстуфхцчшщъыьэюяёєіїґ"),
)
_CYRILLIC = "cp1251"
#: Signs that stand in the text of any language, and tell nothing.
_SIGNS = frozenset("–—‘’“”„…•€£§°´«»\xa0")
_LOOKED_AT = 50_000


def guess(content: bytes) -> tuple[str, str]:
    """The text and the encoding that fits best. Raises `UnicodeDecodeError` where none can hold these bytes."""
    found: tuple[float, str, str] | None = None
    fault: UnicodeDecodeError | None = None
    for encoding, letters in _LETTERS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError as error:
            fault = error
            continue
        fits = _fit(text[:_LOOKED_AT], letters, is_cyrillic=encoding == _CYRILLIC)
        if found is None or fits > found[0]:
            found = fits, text, encoding
    if found is None:
        raise fault or UnicodeDecodeError("cp1252", content, 0, 1, "no encoding")
    return found[1], found[2]


def name_of(encoding: str) -> str:
    """As programs that save files call it."""
    return encoding.replace("cp", "Windows-")


def _fit(text: str, letters: str, *, is_cyrillic: bool) -> float:
    """The share of what is not plain that belongs to the language, and stands where its letters stand."""
    judged = list(_judged(text, frozenset(letters + letters.upper()), is_cyrillic=is_cyrillic))
    return sum(judged) / len(judged) if judged else 1.0


def _judged(text: str, letters: frozenset[str], *, is_cyrillic: bool) -> Iterator[bool]:
    for place, character in enumerate(text):
        if character.isascii() or character in _SIGNS:
            continue
        beside = text[max(place - 1, 0) : place] + text[place + 1 : place + 2]
        is_beside_plain = any(one.isascii() and one.isalpha() for one in beside)
        stands_well = not is_beside_plain if is_cyrillic else is_beside_plain or not beside.strip(" ;,\t\r\n\"'")
        yield character in letters and (stands_well or (not is_cyrillic and _starts_in_plain(text, place)))


def _starts_in_plain(text: str, place: int) -> bool:
    """Whether there is a plain letter within two characters: no word of Latin letters lacks one for longer."""
    near = text[max(place - 2, 0) : place + 3]
    return any(one.isascii() and one.isalpha() for one in near)
