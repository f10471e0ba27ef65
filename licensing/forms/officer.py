"""The shape of what case officers, managers and decision makers type. Whether it may be done is a question for the rules."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms.utils import ErrorDict
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from licensing.queries import Seen
from licensing.rules.decisions import GivenCondition, GivenGround
from registry import identifiers
from registry.identifiers import Invalid
from registry.models import Organisation, User
from registry.web import DatePartsField

LONGEST = 20_000
MOST_ROWS = 40
EXAMPLE = _("For example, 27 3 2026")


def _long_text(*, required: str | Promise = "", rows: int = 5, **options: Any) -> forms.CharField:
    """Several lines; `required` is what to say when there are none."""
    messages: dict[str, Any] = {"required": required, "max_length": _("Write at most 20,000 characters.")}
    return forms.CharField(
        max_length=LONGEST,
        required=bool(required),
        error_messages=messages,
        widget=forms.Textarea(attrs={"rows": rows}),
        **options,
    )


def _day(label: str | Promise, name: str | Promise, *, required: bool = True, **options: Any) -> DatePartsField:
    return DatePartsField(
        label=label, name=name, required=required, help_text=options.pop("help_text", EXAMPLE), **options
    )


class Press(forms.Form):
    """A button and nothing else."""

    use_required_attribute = False


class Because(forms.Form):
    use_required_attribute = False
    because = _long_text(label=_("Reason"), required=_("Write the reason."))


class Payment(forms.Form):
    use_required_attribute = False
    amount = forms.DecimalField(
        label=_("Amount in pounds"),
        max_digits=9,
        decimal_places=2,
        min_value=Decimal("0.01"),
        localize=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input--width-10"}),
        error_messages={
            "required": _("Enter the amount."),
            "invalid": _("Enter an amount in pounds, for example 400 or 2,000.50."),
            "min_value": _("Enter an amount of more than £0."),
            "max_digits": _("This amount is too large."),
            "max_whole_digits": _("This amount is too large."),
            "max_decimal_places": _("Enter pounds and at most two digits of pence."),
        },
    )
    received_on = _day(_("Day on which it arrived"), _("The day on which it arrived"))
    bank_reference = forms.CharField(
        label=_("Reference on the bank statement"),
        max_length=100,
        error_messages={"required": _("Enter the reference on the bank statement.")},
    )

    def __init__(self, data: Mapping[str, Any] | None = None, **options: Any) -> None:
        super().__init__(_without_money_signs(data), **options)


def _without_money_signs(data: Any) -> Any:
    """People write £2,000; the field reads 2000."""
    if data is None or "amount" not in data:
        return data
    typed = data.copy()
    typed["amount"] = typed["amount"].replace("£", "").replace(",", "").strip()
    return typed


class Message(forms.Form):
    """Something to write to the applicant."""

    use_required_attribute = False
    text = _long_text(
        label=_("Your message"),
        help_text=_(
            "The applicant reads it as from the case officer, without your name. It asks for nothing by a day."
        ),
        required=_("Write your message."),
    )


class SendAgain(forms.Form):
    """Where to send a letter that was refused."""

    use_required_attribute = False
    address = forms.EmailField(
        label=_("Email address"),
        help_text=_("Correct it, or leave it as it is if the mailbox works again."),
        max_length=254,
        error_messages={
            "required": _("Enter the email address to send it to."),
            "invalid": _("Enter an email address, for example name@firm.example."),
        },
    )


class Ask(forms.Form):
    use_required_attribute = False
    question = _long_text(
        label=_("What must the applicant send or explain?"),
        required=_("Write what the applicant must send or explain."),
        help_text=_("The applicant reads this word for word."),
    )
    due_on = _day(_("By when?"), _("The day"))


class Assign(forms.Form):
    use_required_attribute = False
    case_officer = forms.ModelChoiceField(
        label=_("Case officer"),
        queryset=User.objects.none(),
        to_field_name="reference",
        empty_label=_("Choose somebody"),
        error_messages={
            "required": _("Choose somebody who assesses applications."),
            "invalid_choice": _("Choose somebody who assesses applications."),
        },
    )

    def __init__(self, *args: Any, officers: "QuerySet[User]", **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["case_officer"].queryset = officers  # type: ignore[attr-defined]


class Commission(forms.Form):
    use_required_attribute = False
    brief = _long_text(
        label=_("What is the inspector to look at?"),
        required=_("Write what the inspector is to look at."),
        help_text=_("The inspector sees this, and the answers on which the standards depend; not the checks."),
    )
    inspector = forms.ModelChoiceField(
        label=_("Inspector"),
        queryset=User.objects.none(),
        to_field_name="reference",
        empty_label=_("Choose an inspector"),
        error_messages={
            "required": _("Choose somebody who works as an inspector."),
            "invalid_choice": _("Choose somebody who works as an inspector."),
        },
    )
    due_on = _day(_("By when must it be reported?"), _("The day"))

    def __init__(self, *args: Any, inspectors: "QuerySet[User]", **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["inspector"].queryset = inspectors  # type: ignore[attr-defined]


# --- proposals


@dataclass(frozen=True, slots=True)
class RowOfFields:
    """One row of a list inside a form: what it is called, and its inputs."""

    title: str | Promise
    fields: tuple[forms.BoundField, ...]


Fields = dict[str, Callable[[], forms.Field]]


class Proposal(forms.Form):
    """What is common to all proposals. A list inside it has rows; empty rows are passed over, and more can be asked for."""

    use_required_attribute = False
    of = ""
    row_title: str | Promise = ""
    incomplete: Mapping[str, Any] = {}
    because = _long_text(
        label=_("Reasons"),
        required=_("Give the reasons for the decision."),
        help_text=_("The subject reads this word for word."),
    )
    departs_because = _long_text(
        label=_("Why do you depart from what the score proposes?"),
        help_text=_("Needed only if this is not what the score proposes."),
        rows=3,
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        standards: Sequence[tuple[str, str]],
        seen: Seen | None = None,
        **options: Any,
    ) -> None:
        super().__init__(data, **options)
        self.standards, self.seen = standards, seen
        if seen is None:
            del self.fields["departs_because"]
        given = self._given()
        self.count = self._count(len(given))
        for number in range(self.count):
            for name, make in self._row().items():
                key = self._key(number, name)
                self.fields[key] = make()
                if number < len(given):
                    self.fields[key].initial = given[number].get(name)

    @property
    def wants_more(self) -> bool:
        """Another row was asked for: nothing is judged yet, and all that was typed is kept."""
        return self.is_bound and "more" in self.data

    def is_valid(self) -> bool:
        return not self.wants_more and super().is_valid()

    def full_clean(self) -> None:
        if self.wants_more:
            self._errors, self.cleaned_data = ErrorDict(), {}
        else:
            super().full_clean()

    @property
    def plain(self) -> Iterator[forms.BoundField]:
        """The fields that are not in a row."""
        rows = {self._key(number, name) for number in range(self.count) for name in self._row()}
        return (field for field in self if field.name not in rows)

    @property
    def rows(self) -> Iterator[RowOfFields]:
        for number in range(self.count):
            title = format_lazy("{title} {number}", title=self.row_title, number=number + 1)
            yield RowOfFields(title, tuple(self[self._key(number, name)] for name in self._row()))

    def clean(self) -> dict[str, Any]:
        """A row is filled in or left empty; a half of one is nothing."""
        for number in range(self.count):
            row = {name: self.cleaned_data.get(self._key(number, name)) for name in self._row()}
            empty = [self._key(number, name) for name, value in row.items() if not value]
            if len(empty) < len(row):
                for key in (key for key in empty if key not in self.errors):
                    self.add_error(key, self.incomplete[key.rpartition("-")[2]])
        return self.cleaned_data

    def given_rows(self) -> Iterator[dict[str, Any]]:
        """The rows in which something was typed, as far as it can be read."""
        for number in range(self.count):
            row = {name: self.cleaned_data.get(self._key(number, name)) for name in self._row()}
            if any(row.values()):
                yield row

    def proposed(self) -> dict[str, Any]:
        """What is proposed, as the action takes it."""
        rows = {self._key(number, name) for number in range(self.count) for name in self._row()}
        plain = {name: value for name, value in self.cleaned_data.items() if name not in rows}
        return plain | {"inspections": self.seen.inspections if self.seen else ()}

    def _row(self) -> Fields:
        return {}

    def _given(self) -> list[dict[str, Any]]:
        return []

    def _key(self, number: int, name: str) -> str:
        return f"{self.of}-{number}-{name}"

    def _count(self, given: int) -> int:
        """How many rows: as many as were on the page, and one more if it was asked for."""
        if not self._row():
            return 0
        shown = str(self.data.get("rows", "")) if self.is_bound else ""
        count = int(shown) if shown.isdecimal() and len(shown) <= 2 else max(given, 1)
        return min(count + (1 if self.wants_more else 0), MOST_ROWS)

    def _standard(self) -> forms.Field:
        return forms.ChoiceField(
            label=_("Standard"),
            choices=[("", _("Choose a standard")), *self.standards],
            required=False,
            error_messages={"invalid_choice": _("Choose a standard.")},
        )


class Grant(Proposal):
    of = "condition"
    row_title = _("Condition")
    incomplete = {
        "standard": _("Choose the standard that the condition is about."),
        "requirement": _("Write what must be put right."),
        "due_on": _("Enter the day by which the condition must be met."),
    }
    field_order = ("starts", "because", "departs_because")
    starts = _day(
        _("First day of the licence"),
        _("The first day of the licence"),
        help_text=_("Whoever decides can choose a later day. For example, 27 3 2026"),
    )

    def proposed(self) -> dict[str, Any]:
        return {
            **super().proposed(),
            "kind": "grant",
            "conditions": [
                GivenCondition(row["standard"], row["requirement"], row["due_on"]) for row in self.given_rows()
            ],
        }

    def _row(self) -> Fields:
        return {
            "standard": self._standard,
            "requirement": lambda: _long_text(label=_("What must be put right"), rows=3),
            "due_on": lambda: _day(_("By when"), _("The day by which it must be met"), required=False),
        }


class Adverse(Proposal):
    """A refusal, or the loss of a licence: each ground with its evidence."""

    of = "ground"
    row_title = _("Ground")
    incomplete = {
        "standard": _("Choose the standard that was not met."),
        "text": _("Write what is wrong."),
        "evidence": _("Write on what evidence."),
    }

    def proposed(self) -> dict[str, Any]:
        grounds = [GivenGround(row["standard"], row["text"], row["evidence"]) for row in self.given_rows()]
        return {**super().proposed(), "grounds": grounds}

    def _row(self) -> Fields:
        return {
            "standard": self._standard,
            "text": lambda: _long_text(label=_("What is wrong"), rows=3),
            "evidence": lambda: _long_text(label=_("On what evidence"), rows=3),
        }

    def _given(self) -> list[dict[str, Any]]:
        """What the inspections found not to be met, ready to be put into words."""
        return [
            {"standard": one.standard, "text": one.title, "evidence": f"{one.inspection}: {one.evidence}"}
            for one in (self.seen.unmet if self.seen else ())
        ]


class Refuse(Adverse):
    def proposed(self) -> dict[str, Any]:
        return {**super().proposed(), "kind": "refuse"}


class Suspend(Adverse):
    field_order = ("immediate", "takes_effect", "until", "because", "departs_because")
    immediate = forms.BooleanField(
        label=_("With immediate effect"),
        help_text=_("Only where workers would come to harm meanwhile: the subject has no time to reply first."),
        required=False,
    )
    takes_effect = _day(_("First day of the suspension"), _("The first day of the suspension"))
    until = _day(_("Last day of the suspension"), _("The last day of the suspension"))

    def proposed(self) -> dict[str, Any]:
        return {**super().proposed(), "kind": "suspend"}


class Revoke(Adverse):
    field_order = ("immediate", "takes_effect", "because", "departs_because")
    immediate = forms.BooleanField(
        label=_("With immediate effect"),
        help_text=_("Only where workers would come to harm meanwhile: the subject has no time to reply first."),
        required=False,
    )
    takes_effect = _day(_("First day without the licence"), _("The first day without the licence"))

    def proposed(self) -> dict[str, Any]:
        return {**super().proposed(), "kind": "revoke"}


PROPOSALS: dict[str, type[Proposal]] = {"grant": Grant, "refuse": Refuse, "suspend": Suspend, "revoke": Revoke}


class Decide(forms.Form):
    """The day is offered and can be changed; a refusal has none."""

    use_required_attribute = False

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, kind: str, from_day: date | None = None, **options: Any
    ) -> None:
        super().__init__(data, **options)
        if kind in FIRST_DAYS:
            label, name = FIRST_DAYS[kind]
            self.fields["from_day"] = _day(label, name, initial=from_day)


FIRST_DAYS: dict[str, tuple[str | Promise, str | Promise]] = {
    "grant": (_("First day of the licence"), _("The first day of the licence")),
    "suspend": (_("First day of the suspension"), _("The first day of the suspension")),
    "revoke": (_("First day without the licence"), _("The first day without the licence")),
    "surrender": (_("First day without the licence"), _("The first day without the licence")),
}


# --- numbers


class Numbers(forms.Form):
    """The numbers whose change ends a licence; as they are written, with or without spaces."""

    use_required_attribute = False
    all_optional = True
    company_number = forms.CharField(label=_("Company number"), required=False, max_length=40)
    utr = forms.CharField(label=_("Unique Taxpayer Reference (UTR)"), required=False, max_length=40)
    vat_number = forms.CharField(label=_("VAT number"), required=False, max_length=40)

    def __init__(self, data: Mapping[str, Any] | None = None, *, organisation: Organisation, **options: Any) -> None:
        now = {field: getattr(organisation, field) for field in NORMALISERS}
        super().__init__(data, initial=now, **options)

    def clean(self) -> dict[str, Any]:
        for field, normalise in NORMALISERS.items():
            try:
                typed = self.cleaned_data.get(field, "")
                self.cleaned_data[field] = normalise(typed) if typed else ""
            except Invalid as wrong:
                self.add_error(field, str(wrong))
        return self.cleaned_data


NORMALISERS: dict[str, Callable[[str], str]] = {
    "company_number": identifiers.company_number,
    "utr": identifiers.utr,
    "vat_number": identifiers.vat,
}
