"""The field for an email address: apart from the others because a worker reads what it says."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


def an_email(label: Any, *, required: Any = "", **options: Any) -> forms.EmailField:
    """An address for emails; `required` is what to say when there is none, if there must be."""
    messages = {"required": required, "invalid": _("Enter an email address like name@example.com.")}
    return forms.EmailField(label=label, required=bool(required), error_messages=messages, **options)
