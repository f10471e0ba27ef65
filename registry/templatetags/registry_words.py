"""Codes and stored values as people read them, on pages of the staff."""

from typing import Any

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from registry.roles import ROLES

register = template.Library()


@register.filter
def role_title(name: str) -> str | Promise:
    return ROLES[name].title if name in ROLES else name


@register.filter
def in_words(value: Any) -> str:
    """A key without its underscores, a yes or a no, a list with commas; other values as they are."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, dict):
        return "; ".join(f"{in_words(key)}: {in_words(item)}" for key, item in value.items())
    if isinstance(value, list):
        return ", ".join(map(in_words, value))
    return str(value).replace("_", " ")
