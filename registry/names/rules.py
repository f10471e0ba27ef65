"""What names are compared by, as data: for the private look-up, which compares them on the phone in the same way."""

import sys
import unicodedata
from collections.abc import Iterator
from typing import Any

from registry.names import comparing, forms, letters


def rules() -> dict[str, Any]:
    """The tables of letters, sounds and legal forms; plain values only."""
    table = forms.table()
    return {
        "letters": letters.CYRILLIC | letters.ARABIC,
        "other_readings": letters.OTHER_READINGS,
        "greek": letters.GREEK,
        "greek_pairs": letters.GREEK_PAIRS,
        "latin": letters.LATIN,
        "apostrophes": list(letters.APOSTROPHES),
        "accents": "".join(_ranges_of_accents()),
        "indic": {
            "consonants": letters.INDIC_CONSONANTS,
            "dotted": letters.INDIC_DOTTED,
            "vowels": letters.INDIC_VOWELS,
            "signs": letters.INDIC_VOWEL_SIGNS,
            "others": letters.INDIC_OTHERS,
        },
        "sounds": [[pattern.pattern, sound] for pattern, sound in comparing.SOUNDS],
        "forms": {text: _form(form) for text, form in table.spellings.items()},
        "disregarded": sorted(table.disregarded),
        "longest_form": table.longest,
    }


def _form(form: forms.LegalForm) -> list[Any]:
    """Its code; how it stands in keys, where it stays in them; whether it stands before names too."""
    return [
        form.code,
        " ".join(letters.words(form.spelling)) if form.kept or form.before else "",
        form.kept,
        form.before,
    ]


def _ranges_of_accents() -> Iterator[str]:
    """The marks that are taken off, as ranges of a regular expression."""
    start = None
    for code in range(0x300, min(sys.maxunicode, 0xFFFF) + 2):
        is_one = unicodedata.combining(chr(code)) > letters.LAST_CLASS_THAT_STAYS if code <= 0xFFFF else False
        if is_one and start is None:
            start = code
        elif not is_one and start is not None:
            yield f"\\u{start:04x}-\\u{code - 1:04x}"
            start = None
