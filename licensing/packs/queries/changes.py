"""What one version of a scheme says otherwise than another, for a page."""

import re
from collections.abc import Iterable
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext

from licensing.application_form.queries import AnswerTable, in_words, say
from registry import schemes
from registry.schemes import AnswerCondition, Clause, PackChange, Scheme, Text


def changed(scheme: Scheme, before: Scheme) -> AnswerTable:
    """What is new in a version since the one before it."""
    caption = gettext("What is new since %s") % date_format(before.version, "j F Y")
    return AnswerTable(caption, (gettext("Where"), gettext("Before"), gettext("Now")), tuple(_rows(before, scheme)))


def compared(old: Scheme, new: Scheme) -> AnswerTable:
    """Any two versions side by side, of one scheme or of two."""
    caption = gettext("%(old)s and %(new)s side by side") % {"old": old, "new": new}
    return AnswerTable(caption, (gettext("Where"), str(old), str(new)), tuple(_rows(old, new)))


def _rows(before: Scheme, after: Scheme) -> Iterable[tuple[str, str, str]]:
    return (
        (_place(change.key), _shown(before, change.before), _shown(after, change.after))
        for change in schemes.changes(before, after)
        if not _is_of_review(change)
    )


def _place(key: str) -> str:
    """The key in the files of the pack, in steps, so that a narrow column can hold it."""
    return re.sub(r"\.(?![^\[]*\])", " › ", key)


def _is_of_review(change: PackChange) -> bool:
    return change.key.endswith((".source", ".needs_review"))


def _shown(scheme: Scheme, value: Any) -> str:
    """A part of a pack in a few words: its name, its text, its value."""
    if value is None or value == "":
        return gettext("Nothing")
    if isinstance(value, AnswerCondition | Clause):
        return in_words(scheme, value if isinstance(value, AnswerCondition) else (value,))
    if isinstance(value, Text):
        return say(value)
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return _listed(_shown(scheme, one) for one in value)
    return _named(value)


def _listed(words: Iterable[str]) -> str:
    return "; ".join(words)


def _named(value: Any) -> str:
    for name in ("title", "label", "name", "in_force"):
        if hasattr(value, name):
            return str(getattr(value, name))
    return str(value)
