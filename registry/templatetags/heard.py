"""A sentence that can be heard: a player that needs no script, and nothing where there is no recording."""

from django import template

from registry import recordings
from registry.register.states import Outcome

register = template.Library()


@register.inclusion_tag("registry/parts/heard.html")
def heard(key: str) -> dict[str, str]:
    """The player of this sentence in the language of the page. Nothing is loaded before it is pressed."""
    return {"address": recordings.played(key)}


@register.simple_tag
def recording(key: str) -> str:
    """The address of the recording of this sentence in the language of the page; empty where there is none."""
    return recordings.played(key)


@register.filter
def heard_key(outcome: str) -> str:
    """The key of the sentence that says this answer of the look-up."""
    return f"outcome-{Outcome(outcome).value}"
