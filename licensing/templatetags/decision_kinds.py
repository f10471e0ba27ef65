"""The row of a kind of decision, for letters: they keep the kind, and are written in the language of the receiver."""

from django import template

from licensing.decisions.states.kinds import KindOfDecision
from licensing.decisions.states.rows import KINDS

register = template.Library()


@register.filter
def row_of_kind(kind: str) -> KindOfDecision:
    return KINDS[kind]
