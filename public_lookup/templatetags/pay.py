"""Amounts of pay on the help pages."""

from django import template

from public_lookup.help import rules

register = template.Library()


@register.filter
def pounds(pence: int | str | None) -> str:
    """£12.50; empty where there is no amount yet."""
    return rules.pounds(pence) if isinstance(pence, int) else ""
