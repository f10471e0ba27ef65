"""The shape of what officers type and upload about money.

The shape of what case officers, managers and decision makers type. Whether it may be done is a question for the rules."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from licensing.applications.models import Application
from licensing.payments.queries import statements as queries
from licensing.payments.rules import csv_reader as files
from licensing.payments.rules.csv_reader import UnreadableStatement
from registry import signing
from registry.form_fields import PoundsField, a_day, long_text, short_text

WRONG: dict[str, str | Promise] = {
    "empty": _("The selected file is empty."),
    "too_big": _("The selected file must be smaller than 2 MB. Cut the statement into parts."),
    "not_text": _(
        "The selected file must be a CSV. Save the statement as CSV in the bank's pages, not as PDF or Excel."
    ),
    "too_many_rows": _("The selected file has more than 5,000 rows. Cut the statement into parts."),
    "too_many_cells": _("The selected file has more than 200,000 cells. Cut the statement into parts."),
    "one_column": _("The first row of the file must be the heading of at least two columns."),
}


# What a column can be said to hold, in the order of the page.
HOLDS: dict[str, str | Promise] = {
    "date": _("Which column holds the day?"),
    "amount": _("Which column holds the money that arrived?"),
    "reference": _("Which column holds the reference?"),
    "description": _("Which column holds the description?"),
    "balance": _("Which column holds the balance?"),
    "account": _("Which column holds the account?"),
}


AMOUNT = _("Amount in pounds")
TOO_MUCH: dict[str, Any] = {
    **dict.fromkeys(("max_digits", "max_whole_digits"), _("This amount is too large.")),
    "max_decimal_places": _("Enter pounds and at most two digits of pence."),
}


class Upload(forms.Form):
    file = forms.FileField(
        label=_("Bank statement"),
        help_text=_("A CSV file with a heading, as the bank gives it, smaller than 2 MB."),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt"}),
        error_messages={"required": _("Select a bank statement.")},
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if file := given.get("file"):
            content = file.read(files.MOST_BYTES + 1)
            try:
                if file.size > files.MOST_BYTES:
                    raise UnreadableStatement("too_big")
                given |= {"name": file.name, "digest": signing.digest_of_bytes(content), "rows": files.rows(content)}
            except UnreadableStatement as wrong:
                self.add_error("file", str(WRONG[wrong.code]))
        return given


class Columns(forms.Form):
    """Which column of the statement holds what, as it was guessed or as it is put right."""

    all_optional = True

    def __init__(self, data: Mapping[str, Any] | None = None, *, heading: Sequence[str], **options: Any) -> None:
        super().__init__(data, **options)
        places = [(str(place), name or str(place + 1)) for place, name in enumerate(heading)]
        for what, label in HOLDS.items():
            self.fields[what] = forms.ChoiceField(
                label=str(label), required=False, choices=[("", _("None")), *places], widget=forms.Select
            )

    def columns(self) -> dict[str, int]:
        return {what: int(place) for what, place in self.cleaned_data.items() if place}


class Match(forms.Form):
    application = forms.CharField(
        label=_("Whose payment is it?"),
        help_text=_("The reference of the application, or that of its payment."),
        max_length=40,
        error_messages={"required": _("Enter the reference of an application or of its payment.")},
    )

    def clean_application(self) -> Application:
        found = queries.by_reference(self.cleaned_data["application"])
        if found is None:
            raise forms.ValidationError(_("No submitted application has this reference."))
        return found


class VerifiedTurnover(forms.Form):
    verified = PoundsField(
        label=_("Turnover in the regulated sector, in pounds"),
        digits=15,
        min_value=Decimal(0),
        missing=_("Enter the turnover that you found."),
        wrong=_("Enter an amount in pounds, for example 640000 or 1,250,000."),
        error_messages={
            "min_value": _("Enter a turnover of £0 or more."),
            **TOO_MUCH,
        },
    )
    evidence = forms.CharField(
        label=_("What shows it?"),
        help_text=_("The applicant reads this word for word. For example: the accounts to 31 March 2026, page 4."),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": _("Say what shows that this was the turnover."),
            "max_length": _("Write at most 2,000 characters."),
        },
    )


def _amount(label: Any = AMOUNT) -> PoundsField:
    return PoundsField(
        label=label,
        min_value=Decimal("0.01"),
        missing=_("Enter the amount."),
        wrong=_("Enter an amount in pounds, for example 400 or 2,000.50."),
        error_messages={"min_value": _("Enter an amount of more than £0."), **TOO_MUCH},
    )


class Payment(forms.Form):
    amount = _amount()
    received_on = a_day(_("Day on which it arrived"), _("The day on which it arrived"))
    bank_reference = short_text(
        _("Reference on the bank statement"), 100, required=_("Enter the reference on the bank statement.")
    )


class CorrectPayment(forms.Form):
    because = long_text(
        label=_("What was wrong?"), required=_("Enter what was wrong."), help_text=_("The payer reads this."), rows=3
    )


class PaidBack(forms.Form):
    paid_on = a_day(_("Day on which it was paid back"), _("The day on which it was paid back"))
    bank_reference = short_text(
        _("Reference of the bank transfer"), 100, required=_("Enter the reference of the bank transfer.")
    )
