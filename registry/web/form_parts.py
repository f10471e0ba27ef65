"""What templates show of a form: its errors as links, and its filters as words."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext

from registry.web.addresses import query_without


@dataclass(frozen=True, slots=True)
class ErrorLink:
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class ChosenFilter:
    text: str
    href: str


# --- forms ---


def error_links(form: forms.BaseForm) -> list[ErrorLink]:
    links = [ErrorLink(str(text), "") for text in form.non_field_errors()]
    for bound in form:
        anchor = "" if bound.is_hidden else getattr(bound, "anchor", bound.auto_id)
        links.extend(ErrorLink(str(text), anchor) for text in getattr(bound, "messages", bound.errors))
    return links


def words_for(bound: forms.BoundField, value: str) -> str:
    """A chosen value as the form names it."""
    for subwidget in bound.subwidgets if hasattr(bound.field, "choices") else ():
        if str(subwidget.data.get("value")) == value:
            return str(subwidget.choice_label)
    return value


def answers_in_words(form: forms.BaseForm) -> list[dict[str, Any]]:
    """Each question of a form that is right, with its answer, as rows of a summary list."""
    return [
        {"key": bound.label, "value": _answer_in_words(bound, form.cleaned_data.get(bound.name))}
        for bound in form.visible_fields()
    ]


def _answer_in_words(bound: forms.BoundField, answer: Any) -> str:
    if isinstance(answer, date):
        return date_format(answer, "j F Y")
    if isinstance(answer, bool):
        return gettext("Yes") if answer else gettext("No")
    return words_for(bound, str(answer or ""))


def chosen(form: forms.BaseForm, query: QueryDict) -> list[ChosenFilter]:
    found = []
    for bound in form:
        own = [key for key in query if key == bound.html_name or key.startswith(f"{bound.html_name}_")]
        for name, value in ((key, value) for key in own for value in query.getlist(key) if value):
            is_ticked = isinstance(bound.field.widget, forms.CheckboxInput)
            text = str(bound.label) if is_ticked else f"{bound.label}: {words_for(bound, value)}"
            found.append(ChosenFilter(text, query_without(query, name, value)))
    return found


def drawn_from(bound: forms.BoundField) -> Hashable:
    """All that a filter with few possible values is drawn from, as a key of `kept`; None for a box, or when something is wrong.

    To draw the choices of a list anew for each reader took as long as to draw its rows.
    """
    field = bound.field
    if bound.errors or not isinstance(field, forms.ChoiceField | forms.BooleanField):
        return None
    choices = _in_words(cast(Any, field.choices)) if isinstance(field, forms.ChoiceField) else ()
    return type(field.widget), bound.auto_id, str(bound.label), str(bound.help_text), choices, str(bound.value())


def _in_words(choices: Iterable[tuple[Any, Any]]) -> Hashable:
    return tuple(
        (str(value), _in_words(said) if isinstance(said, list | tuple) else str(said)) for value, said in choices
    )
