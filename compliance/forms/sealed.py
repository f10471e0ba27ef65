"""What is sealed once it is handed in, and says who somebody is."""

from typing import TypeVar

from django import forms

F = TypeVar("F", bound=forms.Field)


def sealed(field: F) -> F:
    """The browser of whoever types offers it in no other form, and puts it back on no page that was left."""
    field.widget.attrs["autocomplete"] = "off"
    return field
