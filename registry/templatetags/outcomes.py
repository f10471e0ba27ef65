"""An outcome as people see it: its symbol, and its symbol with its word."""

from functools import lru_cache

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from registry.register.rules import look_of
from registry.register.states import Outcome

register = template.Library()


@register.simple_tag
def outcome_symbol(outcome: Outcome | str, size: int = 24, inverted: bool = False) -> SafeString:
    """The symbol alone: the word always stands beside it, so that a reader for the blind leaves the picture out."""
    return _symbol(str(Outcome(outcome).value), size, inverted)


@register.simple_tag
def outcome_tag(outcome: Outcome | str, past: bool = False, word: str = "") -> SafeString:
    """Symbol and word in one line; without colour for a past day, or for another name than the one that was typed."""
    code = Outcome(outcome)
    kind = "past" if past else look_of(code).tone.name
    symbol, said = _symbol(code.value, 22, False), word or code.label
    return format_html('<strong class="app-outcome app-outcome--{}">{} {}</strong>', kind, symbol, said)


@register.filter
def tone(outcome: Outcome | str) -> str:
    """The end of the class of a panel."""
    return look_of(outcome).tone.name


@register.filter
def is_dark(outcome: Outcome | str) -> bool:
    """Whether the panel of this outcome is dark, so that its symbol is inverted."""
    return look_of(outcome).tone.surface == look_of(outcome).tone.ink


@lru_cache(maxsize=64)
def _symbol(code: str, size: int, inverted: bool) -> SafeString:
    return format_html(
        '<svg class="app-symbol" width="{}" height="{}" viewBox="0 0 48 48" aria-hidden="true" focusable="false">{}</svg>',
        size,
        size,
        SafeString(look_of(code).drawn(inverted=inverted)),
    )
