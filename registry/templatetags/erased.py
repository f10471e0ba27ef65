"""On the page of a thing: what of it was erased, when and under which line of the scheme's table."""

from typing import Any

from django import template
from django.db import models

from registry.retention import queries

register = template.Library()


@register.inclusion_tag("registry/retention/erased.html")
def erased_parts(thing: models.Model) -> dict[str, Any]:
    """Nothing where the thing is whole."""
    return {"parts": queries.erasures_of(thing)}


@register.inclusion_tag("registry/retention/erased_readings.html")
def erased_readings() -> dict[str, Any]:
    """The last day of which the record of who read what was erased."""
    return {"day": queries.readings_erased_until()}
