"""What templates say of uploaded files."""

from django import template

from registry.models import Document
from registry.rules import documents

register = template.Library()


@register.filter
def wrong_with(document: Document) -> str:
    return documents.wrong_with(document)
