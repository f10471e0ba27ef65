"""Codes and stored values as people read them, on pages of the staff."""

import re
from datetime import date, datetime
from typing import Any

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from registry.roles import ROLES
from registry.templatetags.registry_parts import day, moment
from registry.trail.models.events import Event
from registry.trail.queries.history import page_of

register = template.Library()
#: A moment and a day as the trail keeps them.
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
DAY = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")


@register.filter
def role_title(name: str) -> str | Promise:
    return ROLES[name].title if name in ROLES else name


@register.filter
def in_words(value: Any) -> str:
    """A key without its underscores, a yes or a no, a list with commas, days and moments as they are written; others as they are."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, dict):
        return "; ".join(f"{in_words(key)}: {in_words(item)}" for key, item in value.items())
    if isinstance(value, list):
        return ", ".join(map(in_words, value))
    text = str(value)
    if MOMENT.fullmatch(text):
        return moment(datetime.fromisoformat(text))
    if DAY.fullmatch(text):
        return day(date.fromisoformat(text))
    return text.replace("_", " ")


@register.filter
def page_of_event(event: Event) -> str:
    """The address of the page of what an event is about, if it has one."""
    return page_of(event)
