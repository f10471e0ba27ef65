"""The form of one page of a pack: each kind of question as a field, the numbers that people type brought to one form."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from licensing.application_form.forms.places import LONGEST, Address, Nations, Places
from registry import identifiers
from registry.form_fields import is_plain_number
from registry.identifiers import InvalidIdentifier
from registry.schemes import FormQuestion, Scheme, said
from registry.web import DatePartsField

# Shorter than the rest, because the file of a person keeps no more.
LONGEST_OF = {"nationality": 60}


BY_KIND: Mapping[str, Callable[[str], str]] = {
    "email": identifiers.email,
    "telephone": identifiers.telephone,
    "postcode": identifiers.postcode,
    "company_number": identifiers.company_number,
    "utr": identifiers.utr,
    "vat": identifiers.vat,
    "paye": identifiers.paye,
    "nino": identifiers.nino,
    "website": identifiers.website,
    "vehicle_registration": identifiers.vehicle_registration,
}


LINES_BY_KIND: Mapping[str, Callable[[str], str]] = {"paye_references": identifiers.paye}


SHORT = frozenset({"postcode", "company_number", "utr", "vat", "paye", "nino", "number", "money"})


INPUTS: Mapping[str, type[forms.widgets.Input]] = {"email": forms.EmailInput}


MOST = Decimal(10) ** 12


def language() -> str:
    return (get_language() or "en")[:2]


# --- fields ---


class Typed(forms.CharField):
    """A text that a function brings to its one normal form, or says what is wrong with it."""

    def __init__(self, normalise: Callable[[str], str] | None = None, **kwargs: Any) -> None:
        self.normalise = normalise
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return normal(self.normalise, text) if text and self.normalise else text


def normal(normalise: Callable[[str], str], text: str) -> str:
    try:
        return normalise(text)
    except InvalidIdentifier as wrong:
        raise ValidationError(str(wrong).replace("%", "%%"), code=wrong.code) from wrong


class Lines(forms.CharField):
    """A list, one thing on each line."""

    def __init__(self, normalise: Callable[[str], str] | None = None, **kwargs: Any) -> None:
        self.normalise = normalise
        super().__init__(widget=forms.Textarea(attrs={"rows": 4}), max_length=10_000, **kwargs)

    def clean(self, value: Any) -> list[str]:
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if any(len(line) > LONGEST for line in lines):
            raise ValidationError(gettext("Each line must be %d characters or fewer.") % LONGEST)
        return [normal(self.normalise, line) for line in lines] if self.normalise else lines


class Amount(forms.CharField):
    """A number as people write it: with a pound sign, commas and spaces."""

    def __init__(self, *, at_least: int | None, pence: bool, **kwargs: Any) -> None:
        self.at_least, self.pence = at_least, pence
        super().__init__(max_length=40, **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value).replace("£", "").replace(",", "").replace(" ", "")
        if not text:
            return None
        amount = self._amount(text)
        if self.at_least is not None and amount < self.at_least:
            raise ValidationError(gettext("Enter %d or more.") % self.at_least)
        return f"{amount.quantize(Decimal('0.01')):f}".removesuffix(".00") if self.pence else int(amount)

    def _amount(self, text: str) -> Decimal:
        try:
            amount = Decimal(text)
        except InvalidOperation:
            amount = Decimal("NaN")
        if not is_plain_number(text) or not amount.is_finite() or abs(amount) > MOST:
            raise ValidationError(gettext("Enter a number, like 12000."))
        if amount != round(amount, 2 if self.pence else 0):
            raise ValidationError(
                gettext("Enter an amount in pounds and pence, like 1250.50.")
                if self.pence
                else gettext("Enter a whole number, like 12.")
            )
        return amount


class YesNo(forms.TypedChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        choices = [("yes", _("Yes")), ("no", _("No"))]
        super().__init__(
            choices=choices, coerce=lambda v: v == "yes", empty_value=None, widget=forms.RadioSelect, **kwargs
        )


class AllOf(forms.MultipleChoiceField):
    """A declaration: every box must be ticked."""

    def validate(self, value: Any) -> None:
        super().validate(value)
        if len(value) < len(self.widget.choices):
            raise ValidationError(gettext("Tick every box: all of it must be agreed."))


class DateAnswer(DatePartsField):
    """A date, kept as text: 2026-03-27."""

    def __init__(self, *, min_age: int | None, today: date, **kwargs: Any) -> None:
        self.min_age, self.today = min_age, today
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        found = super().clean(value)
        if found is None:
            return None
        if self.min_age is not None and found > _years_before(self.today, self.min_age):
            raise ValidationError(gettext("The person must be %d or older.") % self.min_age)
        return found.isoformat()


def _years_before(day: date, years: int) -> date:
    """The last day on which somebody was born who is that old on this day; who was born on 29 February is, on 1 March."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 2, 28)


# --- from a question to a field ---


def _choices(question: FormQuestion) -> list[tuple[str, str]]:
    def words(choice: Any) -> str:
        label = said(choice.label, language())
        return f"{label} – {said(choice.hint, language())}" if choice.hint else label

    return [(choice.value, words(choice)) for choice in question.choices]


def text_field(scheme: Scheme, question: FormQuestion, today: date, common: dict[str, Any]) -> forms.Field:
    attrs = {"class": "govuk-input--width-20"} if question.kind in SHORT else {}
    widget = INPUTS.get(question.kind, forms.TextInput)(attrs=attrs)
    normalise = BY_KIND.get(question.kind)
    return Typed(normalise, max_length=LONGEST_OF.get(question.kind, LONGEST), widget=widget, **common)


def _textarea(scheme: Scheme, question: FormQuestion, today: date, common: dict[str, Any]) -> forms.Field:
    return forms.CharField(max_length=5_000, widget=forms.Textarea(attrs={"rows": 5}), **common)


def _lines(scheme: Scheme, question: FormQuestion, today: date, common: dict[str, Any]) -> forms.Field:
    return Lines(LINES_BY_KIND.get(question.kind), **common)


def _date(scheme: Scheme, question: FormQuestion, today: date, common: dict[str, Any]) -> forms.Field:
    return DateAnswer(min_age=question.min_age, today=today, **common)


def _amount(scheme: Scheme, question: FormQuestion, today: date, common: dict[str, Any]) -> forms.Field:
    widget = forms.TextInput(attrs={"class": "govuk-input--width-10", "inputmode": "decimal"})
    return Amount(at_least=question.at_least, pence=question.kind == "money", widget=widget, **common)


def _yes_no(scheme: Scheme, question: FormQuestion, today: date, common: dict[str, Any]) -> forms.Field:
    return YesNo(**common)


def _choice(scheme: Scheme, question: FormQuestion, today: date, common: dict[str, Any]) -> forms.Field:
    return forms.ChoiceField(choices=_choices(question), widget=forms.RadioSelect, **common)


def _several(scheme: Scheme, question: FormQuestion, today: date, common: dict[str, Any]) -> forms.Field:
    kind = AllOf if question.all_of else forms.MultipleChoiceField
    return kind(choices=_choices(question), widget=forms.CheckboxSelectMultiple, **common)


def _address(scheme: Scheme, question: FormQuestion, today: date, common: dict[str, Any]) -> forms.Field:
    return Address(_nations(scheme), **common)


def _places(scheme: Scheme, question: FormQuestion, today: date, common: dict[str, Any]) -> forms.Field:
    return Places(_nations(scheme), **common)


def _nations(scheme: Scheme) -> Nations:
    return [(nation.code, said(nation.title, language())) for nation in scheme.nations]


FIELDS: Mapping[str, Callable[[Scheme, FormQuestion, date, dict[str, Any]], forms.Field]] = {
    "textarea": _textarea,
    "lines": _lines,
    "paye_references": _lines,
    "date": _date,
    "money": _amount,
    "number": _amount,
    "yes_no": _yes_no,
    "choice": _choice,
    "choices": _several,
    "address": _address,
    "premises": _places,
}
