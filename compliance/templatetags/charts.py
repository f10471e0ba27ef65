"""Charts drawn by the server: bars in SVG, in the colour of the text, with every number written beside its bar."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from compliance.statistics.queries.figures import Figure

register = template.Library()

WIDTH, ROW, TEXT, BAR = 280, 44, 14, 14


@register.simple_tag
def bar_chart(figure: Figure) -> SafeString:
    """The bars of a figure; the table beside says the same to those who do not see them. Of nothing, nothing is drawn."""
    if not figure.bars:
        return SafeString("")
    longest = max([1, figure.target or 0, *(bar.value for bar in figure.bars)])
    height = ROW * len(figure.bars) + (ROW // 2 if figure.target else 0)
    rows = (
        (
            place * ROW + TEXT,
            bar.label,
            WIDTH,
            place * ROW + TEXT,
            bar.value,
            place * ROW + 20,
            _long(bar.value, longest),
        )
        for place, bar in enumerate(figure.bars)
    )
    return format_html(
        '<svg role="img" aria-labelledby="chart-{}" viewBox="0 0 {} {}" width="{}" height="{}"><title id="chart-{}">{}</title>{}{}</svg>',
        figure.code,
        WIDTH,
        height,
        WIDTH,
        height,
        figure.code,
        f"{figure.title}: {figure.measured}",
        format_html_join(
            "",
            '<text x="0" y="{}" font-size="14" fill="currentColor">{}</text>'
            '<text x="{}" y="{}" font-size="14" text-anchor="end" fill="currentColor">{}</text>'
            f'<rect x="0" y="{{}}" width="{{}}" height="{BAR}" fill="currentColor" fill-opacity="0.75"/>',
            rows,
        ),
        _target(figure, longest),
    )


def _long(value: int, longest: int) -> int:
    return WIDTH * value // longest


def _target(figure: Figure, longest: int) -> SafeString:
    if not figure.target:
        return SafeString("")
    place, foot = _long(figure.target, longest), ROW * len(figure.bars)
    return format_html(
        '<path d="M{} 0V{}" stroke="currentColor" stroke-dasharray="4 3"/>'
        '<text x="{}" y="{}" font-size="14" text-anchor="end" fill="currentColor">{}</text>',
        place,
        foot,
        place,
        foot + TEXT,
        _("Target: %(days)s") % {"days": figure.target},
    )
