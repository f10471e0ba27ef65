"""The form of one page of a pack: each kind of question as a field, the numbers that people type brought to one form."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from licensing.forms.places import ADDRESS_PARTS, LONGEST, Address, Nations, Places, plain
from licensing.rules.companies import CONFIRMED
from licensing.sections import Filled, is_answered
from registry import identifiers
from registry.identifiers import Invalid, telephone_display
from registry.schemes import Page, Question, Scheme, said
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
    except Invalid as wrong:
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
        if not amount.is_finite() or abs(amount) > MOST:
            raise ValidationError(gettext("Enter a number, like 12000."))
        if amount != round(amount, 2 if self.pence else 0):
            raise ValidationError(
                gettext("Enter pounds and pence.") if self.pence else gettext("Enter a whole number.")
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


def _choices(question: Question) -> list[tuple[str, str]]:
    def words(choice: Any) -> str:
        label = said(choice.label, language())
        return f"{label} – {said(choice.hint, language())}" if choice.hint else label

    return [(choice.value, words(choice)) for choice in question.choices]


def _text(scheme: Scheme, question: Question, today: date, common: dict[str, Any]) -> forms.Field:
    attrs = {"class": "govuk-input--width-20"} if question.kind in SHORT else {}
    widget = INPUTS.get(question.kind, forms.TextInput)(attrs=attrs)
    normalise = BY_KIND.get(question.kind)
    return Typed(normalise, max_length=LONGEST_OF.get(question.kind, LONGEST), widget=widget, **common)


def _textarea(scheme: Scheme, question: Question, today: date, common: dict[str, Any]) -> forms.Field:
    return forms.CharField(max_length=5_000, widget=forms.Textarea(attrs={"rows": 5}), **common)


def _lines(scheme: Scheme, question: Question, today: date, common: dict[str, Any]) -> forms.Field:
    return Lines(LINES_BY_KIND.get(question.kind), **common)


def _date(scheme: Scheme, question: Question, today: date, common: dict[str, Any]) -> forms.Field:
    return DateAnswer(min_age=question.min_age, today=today, **common)


def _amount(scheme: Scheme, question: Question, today: date, common: dict[str, Any]) -> forms.Field:
    widget = forms.TextInput(attrs={"class": "govuk-input--width-10", "inputmode": "decimal"})
    return Amount(at_least=question.at_least, pence=question.kind == "money", widget=widget, **common)


def _yes_no(scheme: Scheme, question: Question, today: date, common: dict[str, Any]) -> forms.Field:
    return YesNo(**common)


def _choice(scheme: Scheme, question: Question, today: date, common: dict[str, Any]) -> forms.Field:
    return forms.ChoiceField(choices=_choices(question), widget=forms.RadioSelect, **common)


def _several(scheme: Scheme, question: Question, today: date, common: dict[str, Any]) -> forms.Field:
    kind = AllOf if question.all_of else forms.MultipleChoiceField
    return kind(choices=_choices(question), widget=forms.CheckboxSelectMultiple, **common)


def _address(scheme: Scheme, question: Question, today: date, common: dict[str, Any]) -> forms.Field:
    return Address(_nations(scheme), **common)


def _places(scheme: Scheme, question: Question, today: date, common: dict[str, Any]) -> forms.Field:
    return Places(_nations(scheme), **common)


def _nations(scheme: Scheme) -> Nations:
    return [(nation.code, said(nation.title, language())) for nation in scheme.nations]


FIELDS: Mapping[str, Callable[[Scheme, Question, date, dict[str, Any]], forms.Field]] = {
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


# --- the form ---


class Answers(forms.Form):
    """One page of the pack. A question that another answer on the same page calls for is always there to be seen, says

    when it is to be answered, and counts only then: so the page needs no script.
    """

    def __init__(
        self,
        filled: Filled,
        page: Page,
        *,
        kept: Mapping[str, Any],
        today: date,
        searched: str = "",
        data: MultiValueDict[str, str] | None = None,
    ) -> None:
        super().__init__(data, initial={q.key: _initial(q, kept.get(q.key)) for q in page.questions})
        self.page, self.kept = page, kept
        own = {question.key for question in page.questions}
        for question in page.questions:
            depends = depends_on(question) & own
            if depends or question.is_shown(filled.known(page, kept)):
                when = _when(page, question) if depends else ""
                self.fields[question.key] = _field(filled.scheme, question, today=today, when=when)
                if filled.is_optional(question):
                    self.fields[question.key].required = False
        for key, field in self._of_places():
            field.offer(kept.get(key), searched)
        self.uncalled = set(self._uncalled(filled)) if self.is_bound else set()

    def clean(self) -> dict[str, Any]:
        """What was typed for a question that these answers do not call for is no answer, and no error."""
        cleaned = super().clean() or {}
        for key in self.uncalled:
            self.errors.pop(key, None)
            cleaned.pop(key, None)
        return cleaned

    def answered(self) -> dict[str, Any]:
        """The answers as they are kept: what is right in its normal form, what is not yet right as it was typed."""
        cleaned = self.cleaned_data
        asked = [question for question in self.page.questions if question.key in self.fields.keys() - self.uncalled]
        kept = {q.key: cleaned[q.key] if q.key in cleaned else self._typed(q) for q in asked}
        return {key: value for key, value in kept.items() if is_answered(value)} | self._confirmed()

    def _confirmed(self) -> dict[str, Any]:
        """The company number that is said to be right, though the companies register does not have it: that one only."""
        number = str(self.kept.get("company_number", ""))
        said = {str(self.data.get(CONFIRMED, "")), str(self.kept.get(CONFIRMED, ""))}
        return {CONFIRMED: number} if number and number in said else {}

    def to_find(self) -> str:
        """What has been typed to be found and must be looked for before the page is left."""
        asked = (field.to_find(self[key].data) for key, field in self._of_places()) if self.is_bound else ()
        return next(filter(None, asked), "")

    def _of_places(self) -> list[tuple[str, Places]]:
        return [(key, field) for key, field in self.fields.items() if isinstance(field, Places)]

    def _uncalled(self, filled: Filled) -> Iterator[str]:
        called_for: dict[str, Any] = {}
        for question in self.page.questions:
            if question.key in self.fields:
                if question.is_shown(filled.known(self.page, {}) | self._own(called_for)):
                    called_for[question.key] = self._typed(question)
                else:
                    yield question.key

    def _own(self, called_for: Mapping[str, Any]) -> dict[str, Any]:
        """What is typed on this page now stands instead of what was kept of it before."""
        return {question.key: called_for.get(question.key) for question in self.page.questions}

    def _typed(self, question: Question) -> Any:
        field, typed = self.fields[question.key], self[question.key].data
        if isinstance(field, Places):
            return field.as_typed(typed)
        if question.kind == "address":
            return {part: plain(text) for part, text in zip(ADDRESS_PARTS, typed, strict=True) if text}
        if isinstance(typed, list):
            return [plain(one) for one in typed] if any(typed) else []
        return plain(typed)


def depends_on(question: Question) -> frozenset[str]:
    """The facts that its condition asks about."""
    return frozenset(clause.fact for clause in question.show_when.clauses) if question.show_when else frozenset()


class Preview(forms.Form):
    """One page of a pack with every question on it, drawn as applicants see it; `when` says what calls for a question."""

    def __init__(self, scheme: Scheme, page: Page, *, when: Mapping[str, str], today: date) -> None:
        super().__init__()
        own = {question.key for question in page.questions}
        for question in page.questions:
            here = _when(page, question) if depends_on(question) & own else when.get(question.key, "")
            self.fields[question.key] = _field(scheme, question, today=today, when=here)


def _field(scheme: Scheme, question: Question, *, today: date, when: str) -> forms.Field:
    hint = said(question.hint, language()) if question.hint else ""
    common = {
        "label": said(question.label, language()),
        "help_text": " ".join(filter(None, [when, hint])),
        "required": not question.optional,
    }
    return FIELDS.get(question.kind, _text)(scheme, question, today, common)


def _when(page: Page, question: Question) -> str:
    """In words, which answer on this page calls for the question."""
    assert question.show_when is not None
    for clause in question.show_when.clauses:
        asked = next((other for other in page.questions if other.key == clause.fact), None)
        if asked is not None:
            answer = _answer_in_words(asked, getattr(clause, clause.operator))
            if answer:
                facts = {"answer": answer, "question": said(asked.label, language())}
                return gettext("Only if you answer “%(answer)s” to “%(question)s”") % facts + "."
    return gettext("Only if it applies.")


def _answer_in_words(question: Question, wanted: Any) -> str:
    if isinstance(wanted, bool):
        return gettext("Yes") if wanted else gettext("No")
    values = wanted if isinstance(wanted, tuple) else (wanted,)
    labels = [said(choice.label, language()) for choice in question.choices if choice.value in values]
    return gettext("” or “").join(labels)


def _initial(question: Question, kept: Any) -> Any:
    """What was kept, as the field shows it: in its normal form, or as it was typed."""
    return SHOWN.get(question.kind, lambda value: value)(kept) if is_answered(kept) else None


def _shown_date(kept: Any) -> Any:
    return date.fromisoformat(kept) if isinstance(kept, str) else kept


def _shown_lines(kept: Any) -> Any:
    return "\n".join(kept) if isinstance(kept, list) else kept


def _shown_yes_no(kept: Any) -> Any:
    return {True: "yes", False: "no"}.get(kept, kept)


def _shown_telephone(kept: Any) -> Any:
    try:
        return telephone_display(identifiers.telephone(kept))
    except Invalid:
        return kept


def _shown_places(kept: Any) -> Any:
    return {"places": kept if isinstance(kept, list) else []}


SHOWN: Mapping[str, Callable[[Any], Any]] = {
    "date": _shown_date,
    "lines": _shown_lines,
    "paye_references": _shown_lines,
    "yes_no": _shown_yes_no,
    "telephone": _shown_telephone,
    "premises": _shown_places,
}


# --- the other forms of applicants and holders ---


class Start(forms.Form):
    """Under which scheme, and for which organisation."""

    NEW = "new"

    def __init__(
        self, *args: Any, schemes: Mapping[str, Scheme], organisations: Mapping[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scheme"] = forms.ChoiceField(
            label=_("What are you applying for?"),
            choices=[(name, said(scheme.title, language())) for name, scheme in schemes.items()],
            widget=forms.RadioSelect if len(schemes) > 1 else forms.HiddenInput,
            initial=None if len(schemes) > 1 else next(iter(schemes), None),
        )
        self.fields["organisation"] = forms.ChoiceField(
            label=_("Which organisation is applying?"),
            choices=[*organisations.items(), (self.NEW, _("Another organisation"))],
            widget=forms.RadioSelect if organisations else forms.HiddenInput,
            initial=None if organisations else self.NEW,
        )
        self.fields["legal_name"] = forms.CharField(
            label=_("Legal name of the organisation"),
            help_text=_("Only for another organisation. For a sole trader, your own full name.")
            if organisations
            else _("For a company, exactly as it is registered. For a sole trader, your own full name."),
            max_length=200,
            required=not organisations,
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if (
            cleaned.get("organisation") == self.NEW
            and not cleaned.get("legal_name")
            and "legal_name" not in self.errors
        ):
            self.add_error("legal_name", _("Enter the legal name of the organisation."))
        return cleaned


class Withdraw(forms.Form):
    because = forms.CharField(
        label=_("Why are you withdrawing the application?"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class Press(forms.Form):
    """A button and nothing else."""


class Message(forms.Form):
    """Something to write to the case officer."""

    text = forms.CharField(
        label=_("Your message"),
        help_text=_("The case officer reads it here. It does not change where the application stands."),
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write your message."), "max_length": _("Write at most 5,000 characters.")},
    )
