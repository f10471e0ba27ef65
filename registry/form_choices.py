"""What a form offers: choices and rows that are known only when the form is made."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.db.models import Model, QuerySet


def offer(form: forms.BaseForm, name: str, choices: Iterable[Any]) -> None:
    """Give a field its choices: pairs of a value and its label, or groups of them."""
    cast(forms.ChoiceField, form.fields[name]).choices = list(choices)


def offer_from(form: forms.BaseForm, name: str, queryset: QuerySet[Any]) -> None:
    """Give a field the rows that may be chosen."""
    cast("forms.ModelChoiceField[Model]", form.fields[name]).queryset = queryset
