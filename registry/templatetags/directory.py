"""What the nightly file of the directory did, on the page of people."""

from typing import Any

from django import template

from registry.directory import queries
from registry.directory_service import staff_directory

register = template.Library()


@register.inclusion_tag("registry/directory/last_file.html")
def last_directory_file() -> dict[str, Any]:
    return {"directory": (directory := staff_directory()), "file": queries.last_file() if directory else None}
