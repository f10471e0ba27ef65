"""Square codes (QR) that are drawn in the page itself."""

import segno
from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from registry.web.tag_colours import Text

register = template.Library()


@register.simple_tag
def square_code(text: str, words: Text) -> SafeString:
    """A QR code drawn in the page itself, with words for those who do not see it."""
    rows = list(segno.make(text, error="m").matrix_iter(border=4))
    dark = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark)
    return format_html(
        '<svg role="img" aria-label="{}" viewBox="0 0 {size} {size}" width="260" height="260" shape-rendering="crispEdges">'
        '<path fill="#fff" d="M0 0h{size}v{size}H0z"/><path fill="#000" d="{}"/></svg>',
        words,
        dark,
        size=len(rows),
    )
