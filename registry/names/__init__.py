"""Names as they are compared: letters of any script, legal forms, likeness. Import from here."""

from registry.names.comparing import fold, is_same, readings, score, scores, skeleton, squash, tokens
from registry.names.forms import form_called, other_form, taken_apart
from registry.names.people import fold_person, person_key, person_score

__all__ = [
    "fold", "fold_person", "form_called", "is_same", "other_form", "person_key", "person_score", "readings", "score", "scores",
    "skeleton", "squash", "taken_apart", "tokens",
]  # fmt: skip
