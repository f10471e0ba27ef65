"""What templates say of uploaded files."""

from django import template

from registry.documents import rules as documents
from registry.documents.models import Document

register = template.Library()


@register.filter
def wrong_with(document: Document) -> str:
    return documents.wrong_with(document)
