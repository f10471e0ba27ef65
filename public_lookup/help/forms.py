"""The shape of what a worker types on the help pages. None of it is kept."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from public_lookup.help import rules
from registry.form_fields import short_text
from registry.schemes import Scheme, WageRates, WorkerLetter, said
from registry.templatetags.registry_parts import day

NOT_A_NUMBER = _("%(label)s: enter a number, like 40 or 37.50")
NO_HOURS = _("Enter the hours that you worked")
NO_NIGHTS = _("Enter the nights that the rent was for")
TOO_MANY = _("%(label)s: at most %(most)s in this time. Enter only what belongs to the same time")
#: For which time the amounts are, with its days: everything is entered for the same one.
TIMES = {
    "week": (_("one week"), 7),
    "two_weeks": (_("two weeks"), 14),
    "four_weeks": (_("four weeks"), 28),
    "month": (_("one month"), 31),
}


AMOUNTS = ("hours", "pay", "taken", "rent", "nights")


class NumberTyped(forms.CharField):
    """A number with up to two decimals, which becomes its hundredths; nothing typed is nothing."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(max_length=20, widget=widget, **kwargs)

    def clean(self, value: Any) -> int:
        typed = super().clean(value)
        number = rules.hundredths(typed or "0")
        if number is None:
            raise ValidationError(NOT_A_NUMBER, params={"label": self.label})
        return number


class WorkForm(forms.Form):
    """The work of some time, and what was paid and taken for it."""

    period = forms.ChoiceField(label=_("When did you do the work?"))
    nation = forms.ChoiceField(label=_("Where do you work?"))
    band = forms.ChoiceField(label=_("Your age"))
    hours = NumberTyped(label=_("Hours you worked"))
    pay = NumberTyped(
        label=_("Pay for the same time, in pounds"), help_text=_("Before tax, and before anything was taken")
    )
    taken = NumberTyped(
        label=_("Money taken for tools, work clothes or transport, in pounds"), required=False, initial=""
    )
    rent = NumberTyped(label=_("Rent taken by your employer, in pounds"), required=False)
    nights = NumberTyped(
        label=_("Nights in housing from your employer"), required=False, help_text=_("Leave empty if you had none")
    )

    def __init__(self, data: Mapping[str, Any] | None, *, scheme: Scheme, time: str, nation: str = "") -> None:
        super().__init__(data, initial={"nation": nation})
        title, days = TIMES[time]
        self.most = {"hours": days * 24, "nights": days}
        for name in AMOUNTS:
            field = self.fields[name]
            field.label = f"{field.label} ({title})"
            field.widget.attrs["data-most"] = self.most.get(name, "")
        assert scheme.worker_help is not None
        self.rates = scheme.worker_help.rates
        language = get_language()
        offered = {
            "period": list(reversed(list(_periods(self.rates)))),
            "nation": [(one.code, said(one.title, language)) for one in scheme.nations],
            "band": [(one.code, said(one.title, language)) for one in scheme.worker_help.bands],
        }
        for name, choices in offered.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name, most in self.most.items():
            if cleaned.get(name, 0) > most * 100:
                params = {"label": self.fields[name].label, "most": most}
                self.add_error(name, ValidationError(TOO_MANY, params=params))
        if cleaned.get("hours") == 0:
            self.add_error("hours", NO_HOURS)
        if cleaned.get("rent") and cleaned.get("nights") == 0:
            self.add_error("nights", NO_NIGHTS)
        return cleaned

    @property
    def answer(self) -> rules.WageAnswer | None:
        """The minimum compared with the pay; None while something is missing, or no rate is known for that nation."""
        if not self.is_valid():
            return None
        said_of = self.cleaned_data
        rates = rates_for(self.rates, said_of["period"], said_of["nation"])
        if rates is None:
            return None
        amounts = {name: said_of[name] for name in ("hours", "pay", "taken", "rent")}
        work = rules.WorkDone(**amounts, nights=said_of["nights"] // 100)
        return rules.wage_of(work, rate=rates.amounts[said_of["band"]], offset=rates.offset)


def rates_for(rates: tuple[WageRates, ...], since: str, nation: str) -> WageRates | None:
    """The rates from this day on in this nation."""
    return next((one for one in rates if str(one.since) == since and (not one.nations or nation in one.nations)), None)


def _periods(rates: tuple[WageRates, ...]) -> Iterator[tuple[str, str]]:
    days = sorted({one.since for one in rates})
    for start, following in zip(days, [*days[1:], None], strict=True):
        yield str(start), _period(start, following)


def _period(start: date, following: date | None) -> str:
    if following is None:
        return gettext("From %(day)s on") % {"day": day(start)}
    return gettext("%(start)s until %(end)s") % {"start": day(start), "end": day(following - timedelta(days=1))}


class LetterForm(forms.Form):
    """What a letter is filled in with, as far as it asks; what is left empty is filled in by hand."""

    all_optional = True

    name = forms.CharField(label=_("Your name"), max_length=100, required=False)
    employer = forms.CharField(label=_("Name of the employer"), max_length=150, required=False)
    start = forms.CharField(label=_("First day"), max_length=30, required=False)
    end = forms.CharField(label=_("Last day"), max_length=30, required=False)
    documents = forms.CharField(label=_("Which papers"), max_length=200, required=False)
    holiday_days = forms.CharField(label=_("Days of holiday"), max_length=10, required=False)
    certificate = short_text(_("Number of the early conciliation certificate"), 40)
    story = short_text(_("What happened"), 3000, widget=forms.Textarea(attrs={"rows": 6}))
    amount = forms.CharField(label=_("Amount that is owed, in pounds"), max_length=20, required=False)

    def __init__(self, data: Mapping[str, Any] | None, *, letter: WorkerLetter) -> None:
        super().__init__(data)
        for name in [name for name in self.fields if name not in letter.asks]:
            del self.fields[name]
        for field in self.fields.values():
            field.widget.attrs.update({"autocomplete": "off", "spellcheck": "false"})

    @classmethod
    def labels(cls) -> dict[str, str | Promise]:
        return {name: field.label or "" for name, field in cls.base_fields.items()}


class NearForm(forms.Form):
    """A postcode or a town. It is looked up and forgotten."""

    place = forms.CharField(
        label=_("Postcode or town"),
        help_text=_("The first part of a postcode is enough, like PE21. We do not keep it."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Enter a postcode or a town")},
    )
