"""How every form is drawn: label or legend, hint, the error beside the field, and no checks by the browser."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.forms.renderers import TemplatesSetting
from django.forms.widgets import Input
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry.web import NO_DATE, DatePartsField

DATE_LABELS = {"day": _("Day"), "month": _("Month"), "year": _("Year")}
STYLES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.Select, "govuk-select"),
    (forms.Textarea, "govuk-textarea"),
    (forms.FileInput, "govuk-file-upload"),
    (forms.PasswordInput, "govuk-input govuk-password-input__input govuk-js-password-input-input"),
    (forms.MultiWidget, "govuk-input"),
    (Input, "govuk-input"),
)
#: How many times the longest answer is shown again; a short one is of so many signs at least. In all, so many are shown.
SHOWN_AGAIN, MOST_OF_SHORT, MOST_SHOWN = 5, 200, 100_000
#: Django's own words say back what was chosen that is no choice.
MOST_OF_ERROR = 1_000
WRITTEN = ("govuk-textarea", "govuk-input")
KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
)


# "This field is required" says nothing in a list of errors: where a form has no better words, these name the question.
UNANSWERED = {
    "input": _("%(label)s – enter an answer"),
    "radios": _("%(label)s – choose an answer"),
    "checkboxes": _("%(label)s – choose at least one"),
    "checkbox": _("%(label)s – tick the box to continue"),
    "date": _("%(label)s – enter a date, for example 27 3 2026"),
}
# Nor does "Ensure this value has at most 20 characters (it has 38)" say of which answer it speaks.
TOO_LONG = _("%(label)s – write at most %(limit_value)d characters, not %(show_value)d")


@dataclass(frozen=True, slots=True)
class DatePart:
    name: str
    id: str
    label: str | Promise
    value: str
    classes: str


class BoundField(forms.BoundField):
    """A field as the templates of this look need it."""

    @property
    def kind(self) -> str:
        """Which of the patterns draws this field."""
        if isinstance(self.field, DatePartsField):
            return "date"
        return next((kind for widget, kind in KINDS if isinstance(self.field.widget, widget)), "input")

    @property
    def optional(self) -> bool:
        """An unticked single box is an answer, and a filter is never compulsory: neither says "(optional)".

        Nor does what the form asks for as a whole (`needed`), of which the field alone does not know.
        """
        asked = self.field.required or self.name in getattr(self.form, "needed", ())
        return not (asked or self.kind == "checkbox" or getattr(self.form, "all_optional", False))

    def value(self) -> Any:
        """What was typed is shown again, however wrong; of what no one can have typed, only the beginning."""
        typed, most = super().value(), getattr(self.field, "max_length", None)
        if isinstance(typed, list):  # choices, or the parts of a date
            return [part[:MOST_OF_SHORT] if isinstance(part, str) else part for part in typed]
        if not isinstance(typed, str) or (isinstance(self.field, forms.CharField) and not most):
            return typed  # a pasted list has no end of its own
        return typed[: min(MOST_SHOWN, SHOWN_AGAIN * max(most or 0, MOST_OF_SHORT))]

    @property
    def style(self) -> str:
        if self.kind != "input" or self.is_hidden:
            return ""
        return next((style for widget, style in STYLES if isinstance(self.field.widget, widget)), "")

    @property
    def anchor(self) -> str:
        """The id of the input that a link in the error summary goes to."""
        if self.kind == "date":
            return next(part.id for part in self.date_parts if "--error" in part.classes or not self.errors)
        if self.kind in ("radios", "checkboxes") and self.subwidgets:
            return str(self.subwidgets[0].id_for_label)
        return self.id_for_label or self.auto_id

    @property
    def messages(self) -> list[str]:
        """What is wrong, in the same words in the summary and beside the field."""
        default = str(forms.Field.default_error_messages["required"])
        unanswered, says_no_more = UNANSWERED.get(self.kind, default), {default, str(NO_DATE)}
        said = []
        for text, error in zip(self.errors, self.errors.as_data(), strict=True):
            if text in says_no_more:
                said.append(str(unanswered) % {"label": self.label})
            elif error.message is MaxLengthValidator.message:
                said.append(str(TOO_LONG) % {"label": self.label, **(error.params or {})})
            else:
                said.append(self._named(str(text)[:MOST_OF_ERROR]))
        return said

    def _named(self, text: str) -> str:
        """With its question, on a form that asks for several things of one kind (`names_fields`)."""
        is_named = not getattr(self.form, "names_fields", False) or str(self.label) in text
        return text if is_named else f"{self.label} – {text}"

    @property
    def wrong_parts(self) -> frozenset[str]:
        """Which inputs of a date an error is about; all of them, when it does not say."""
        if not self.errors:
            return frozenset()
        named = {part for error in self.errors.as_data() for part in (error.params or {}).get("parts", ())}
        return frozenset(named or DATE_LABELS)

    @property
    def date_parts(self) -> list[DatePart]:
        drawn = self.field.widget.get_context(self.html_name, self.value(), {"id": self.auto_id})["widget"][
            "subwidgets"
        ]
        parts = []
        for (name, label), sub in zip(DATE_LABELS.items(), drawn, strict=True):
            width = "govuk-input--width-2" if name == "day" else "govuk-input--width-4"  # a month may be a word
            error = " govuk-input--error" if name in self.wrong_parts else ""
            value = "" if sub["value"] is None else str(sub["value"])
            parts.append(DatePart(sub["name"], sub["attrs"]["id"], label, value, f"{width}{error}"))
        return parts

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        built = super().build_widget_attrs(attrs, widget)
        if style := self.style:
            error = f"{style.split()[0]}--error" if self.errors else ""
            own = (widget or self.field.widget).attrs.get("class", "")
            built["class"] = " ".join(filter(None, [style, own, error]))
            if style in WRITTEN:
                # Words of either direction may be typed; numbers keep their order on a page that runs from right to left.
                built["dir"] = "auto"
        return built


class Renderer(TemplatesSetting):
    form_template_name = "parts/form_fields.html"
    field_template_name = "parts/field.html"
    bound_field_class = BoundField
