"""Why something was decided, as an entry says it, in the language of the reader."""

from typing import Any

from django.utils.translation import get_language

from registry.schemes import Scheme, said


def reason_in_words(reason: dict[str, Any], scheme: Scheme) -> str:
    """The sentence that was published; in a language of workers the words of the pack, with the title as the pack has it."""
    language = (get_language() or "en").split("-")[0]
    return str(reason["sentence"].get(language) or _composed(reason, scheme, language) or reason["sentence"]["en"])


def _composed(reason: dict[str, Any], scheme: Scheme, language: str) -> str:
    terms = scheme.public.reasons.of(reason["kind"]) if reason["composed"] else None
    if terms is None:
        return ""
    standard = next((one for one in scheme.standards if one.code == reason["standard"]), None)
    words = said(terms.words, language)
    return f"{words} {said(standard.title, language)}." if standard else words
