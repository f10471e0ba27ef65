"""What the page of a work list asks of its declaration."""

from typing import Any

from django import template

register = template.Library()


@register.simple_tag(takes_context=True)
def list_count(context: dict[str, Any]) -> str:
    """How many rows match, in words."""
    return str(context["shown"].how_many(context["page"]))


@register.simple_tag(takes_context=True)
def list_cells(context: dict[str, Any], row: object) -> list[Any]:
    """The cells of one row, each with what goes below its value."""
    return list(context["shown"].cells(row))


@register.simple_tag(takes_context=True)
def beside_link(context: dict[str, Any], row: object) -> str:
    """The address of the list with this row next to it; with none for no row."""
    return str(context["shown"].opens_beside(row))
