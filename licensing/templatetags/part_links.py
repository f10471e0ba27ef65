"""The address of a link in the mail that carries it: the letter itself keeps only the seed."""

from django import template
from django.conf import settings
from django.urls import reverse

from licensing.people_named.letters import part_code

register = template.Library()


@register.simple_tag
def part_address(seed: str) -> str:
    """In the language of the letter."""
    return f"{settings.SITE_ADDRESS}{reverse('part', args=(part_code(seed),))}"
