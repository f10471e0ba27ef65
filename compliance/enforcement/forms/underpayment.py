"""The shape of what is typed about notices of underpayment."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from compliance.enforcement.forms.cases import DAY, Because
from compliance.enforcement.rules.underpayment import WagesOwed
from registry.form_fields import PoundsField, long_text, short_text
from registry.reasons import TOO_SHORT
from registry.web import DatePartsField

#: More workers than any business has.
MOST = 1_000_000
#: As many sums as one form asks for.
SUMS = 3
PARTS = ("what", "workers", "pounds", "since", "until")
NUMBER = {"required": _("Enter a whole number, like 12."), "invalid": _("Enter a whole number, like 12.")}
MONEY = _("Enter an amount in pounds, like 1200 or 1200.50.")


def _day(label: Any, **options: Any) -> DatePartsField:
    return DatePartsField(label=label, name=_("The day"), help_text=DAY, **options)


class Draft(forms.Form):
    number = forms.CharField(
        label=_("Licence number or reference of the organisation"),
        help_text=_("As the file of the organisation says it."),
        max_length=20,
        error_messages={"required": _("Enter the number or reference of the organisation.")},
    )
    reasons = long_text(
        label=_("Why we believe it"), help_text=_("The notice says them. Name no worker."), required=TOO_SHORT
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for n in range(1, SUMS + 1):
            number = {"n": n}
            self.fields[f"what_{n}"] = forms.CharField(
                label=_("Sum %(n)s: for what it is owed") % number,
                max_length=200,
                required=n == 1,
                help_text=_("For example: hours that were not paid. Name no worker."),
                error_messages={"required": _("Say for what it is owed.")},
            )
            self.fields[f"workers_{n}"] = forms.IntegerField(
                label=_("Sum %(n)s: to how many workers") % number,
                required=n == 1,
                min_value=1,
                max_value=MOST,
                widget=forms.TextInput(attrs={"inputmode": "numeric"}),
                error_messages=NUMBER,
            )
            self.fields[f"pounds_{n}"] = PoundsField(
                label=_("Sum %(n)s: how much, in pounds") % number, required=n == 1, digits=12, wrong=MONEY
            )
            self.fields[f"since_{n}"] = _day(_("Sum %(n)s: from which day") % number, required=n == 1)
            self.fields[f"until_{n}"] = _day(_("Sum %(n)s: until which day") % number, required=n == 1)

    @property
    def owed(self) -> list[WagesOwed]:
        """A sum of which nothing is typed is none."""
        return list(self._owed())

    def clean(self) -> dict[str, Any]:
        """Whoever begins a sum says all of it."""
        typed = super().clean() or {}
        for n in range(2, SUMS + 1):
            given = [name for name in PARTS if typed.get(f"{name}_{n}") not in (None, "")]
            for name in [name for name in PARTS if given and name not in given and f"{name}_{n}" not in self.errors]:
                self.add_error(f"{name}_{n}", _("Fill in every part of this sum, or leave it empty."))
        return typed

    def _owed(self) -> Iterator[WagesOwed]:
        for n in range(1, SUMS + 1):
            what, workers, pounds, since, until = (self.cleaned_data.get(f"{name}_{n}") for name in PARTS)
            if what and workers and pounds and since and until:
                yield WagesOwed(what, workers, int(Decimal(pounds) * 100), since, until)


class Settle(forms.Form):
    paid_on = _day(_("On which day was all of it paid?"))
    shown_by = long_text(
        label=_("What shows that the workers and the penalty were paid"),
        required=_("Say what shows that the workers and the penalty were paid, in 10 characters or more."),
    )


class Enforce(Because):
    court = short_text(_("Which court?"), 200, required=_("Enter the name of the court."))
    field_order = ("court", "because")
