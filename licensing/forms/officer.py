"""The shape of what case officers, managers and decision makers type. Whether it may be done is a question for the rules."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from licensing.queries.corrections import Differing
from registry import identifiers
from registry.accounts.models import User
from registry.identifiers import Invalid
from registry.organisations.models import Organisation
from registry.web import DatePartsField

LONGEST = 20_000
EXAMPLE = _("For example, 27 3 2026")


def long_text(*, required: str | Promise = "", rows: int = 5, **options: Any) -> forms.CharField:
    """Several lines; `required` is what to say when there are none."""
    messages: dict[str, Any] = {"required": required, "max_length": _("Write at most 20,000 characters.")}
    return forms.CharField(
        max_length=LONGEST,
        required=bool(required),
        error_messages=messages,
        widget=forms.Textarea(attrs={"rows": rows}),
        **options,
    )


def a_day(label: str | Promise, name: str | Promise, *, required: bool = True, **options: Any) -> DatePartsField:
    return DatePartsField(
        label=label, name=name, required=required, help_text=options.pop("help_text", EXAMPLE), **options
    )


class Press(forms.Form):
    """A button and nothing else."""

    use_required_attribute = False


class Correct(forms.Form):
    """A slip in a letter."""

    use_required_attribute = False
    wrong = long_text(
        label=_("The words that are wrong"),
        required=_("Copy the words that are wrong from the letter."),
        help_text=_("As they stand in the letter, with every sign: so much of them that they stand there only once."),
        rows=2,
    )
    right = long_text(label=_("The words that should stand there"), required=_("Write the right words."), rows=2)
    because = long_text(
        label=_("What was wrong"),
        required=_("Say what was wrong."),
        help_text=_("Whoever gets the letter reads this in it, for example: the name of the farm was wrong."),
        rows=2,
    )


class WriteAnew(forms.Form):
    """What of a letter the file says otherwise by now."""

    use_required_attribute = False
    because = long_text(
        label=_("What was wrong"),
        required=_("Say what was wrong."),
        help_text=_("Whoever gets the letter reads this in it, for example: the address was out of date."),
        rows=2,
    )
    field_order = ("facts", "because")

    def __init__(self, *args: Any, differing: Sequence[Differing], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["facts"] = forms.MultipleChoiceField(
            label=_("What is to be as the file has it now?"),
            choices=[
                (one.key, format_lazy(_("{title}: not “{was}” but “{now}”"), title=one.title, was=was, now=now))
                for one in differing
                for was, now in [one.in_words]
            ],
            widget=forms.CheckboxSelectMultiple,
            error_messages={
                "required": _("Tick what was wrong in the letter."),
                "invalid_choice": _("Tick what was wrong in the letter."),
            },
        )
        self.order_fields(self.field_order)


class Note(forms.Form):
    use_required_attribute = False
    text = long_text(label=_("Note"), required=_("Write the note."))


class Because(forms.Form):
    use_required_attribute = False
    because = long_text(label=_("Reason"), required=_("Write the reason."))


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
    received_on = a_day(_("Day on which it arrived"), _("The day on which it arrived"))
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
    text = long_text(
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
    question = long_text(
        label=_("What must the applicant send or explain?"),
        required=_("Write what the applicant must send or explain."),
        help_text=_("The applicant reads this word for word."),
    )
    due_on = a_day(_("By when?"), _("The day"))


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
    brief = long_text(
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
    due_on = a_day(_("By when must it be reported?"), _("The day"))

    def __init__(self, *args: Any, inspectors: "QuerySet[User]", **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["inspector"].queryset = inspectors  # type: ignore[attr-defined]


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
