"""A part of a template that is drawn once for each key."""

from collections.abc import Hashable, Sequence

from django import template
from django.template.base import FilterExpression
from django.utils import translation
from django.utils.html import escape
from django.utils.safestring import SafeString

#: Stands for an address, or for what was typed, while something is drawn that holds it: neither has such a sign.
HOLE = "\ue000"


class CachedNode(template.Node):
    """See `kept`. What it keeps lives as long as the parsed template, in each process by itself."""

    MOST = 256

    def __init__(self, keys: Sequence[FilterExpression], address: str, inside: template.NodeList) -> None:
        self.keys, self.address, self.nodelist = keys, address, inside
        self.drawn: dict[Hashable, SafeString] = {}

    def render(self, context: template.Context) -> SafeString:
        key = tuple(key.resolve(context, ignore_failures=True) for key in self.keys)
        if None in key:
            return self.nodelist.render(context)
        wanted = (translation.get_language(), *key)
        drawn = self.drawn.get(wanted) or self._draw(wanted, context)
        return SafeString(drawn.replace(HOLE, escape(context[self.address]))) if self.address else drawn

    def _draw(self, wanted: Hashable, context: template.Context) -> SafeString:
        if len(self.drawn) >= self.MOST:
            self.drawn.clear()
        with context.push(**({self.address: HOLE} if self.address else {})):
            self.drawn[wanted] = self.nodelist.render(context)
        return self.drawn[wanted]
