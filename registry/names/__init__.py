"""Names as they are compared: letters of any script, legal forms, likeness. Import from here."""

from registry.names.comparing import fold, is_same, readings, score, scores, skeleton, spellings, squash, tokens
from registry.names.forms import form_called, keys_with_forms, other_form, taken_apart
from registry.names.people import fold_person, person_key, person_score
from registry.names.rules import rules
from registry.names.within import Span, WordWithin, is_whole, spans, with_form, words_within

__all__ = [
    "Span",
    "WordWithin",
    "fold",
    "fold_person",
    "form_called",
    "is_same",
    "is_whole",
    "keys_with_forms",
    "other_form",
    "person_key",
    "person_score",
    "readings",
    "rules",
    "score",
    "scores",
    "skeleton",
    "spans",
    "spellings",
    "squash",
    "taken_apart",
    "tokens",
    "with_form",
    "words_within",
]
