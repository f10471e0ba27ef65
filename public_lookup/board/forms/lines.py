"""What a labour user types about sites and suppliers."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from public_lookup.board.models.boards import SupplierSite
from public_lookup.board.queries.names import OpenName
from public_lookup.board.rules.rows import GivenLine, ReadRows, read_rows
from registry.filtersets import DAYS
from registry.form_fields import a_day, a_number, offer, radios, short_text
from registry.register.states import Outcome
from registry.table_reader.forms import TableForm
from registry.templatetags.outcomes import outcome_tag

#: In the answer to a question about one name: none of those that are offered.
NONE_OF_THEM = "none"


class BoardFilter(forms.Form):
    """Which part of a board, and as it was on which day."""

    all_optional = True

    site = forms.ChoiceField(label=_("Site"), required=False)
    needs = forms.BooleanField(label=_("Only what I need to do something about"), required=False)
    on = forms.DateField(
        label=_("As it was on a day"),
        required=False,
        input_formats=DAYS,
        help_text=_("For example, 27/3/2026"),
        error_messages={"invalid": _("Enter a real date, like 27/3/2026.")},
    )

    def __init__(self, typed: Any, *, sites: Sequence[SupplierSite], today: date) -> None:
        super().__init__(typed)
        self.today = today
        offer(self, "site", [("", _("All sites")), *((str(site.pk), site.name) for site in sites)])

    def clean_on(self) -> date | None:
        on: date | None = self.cleaned_data["on"]
        if on and (on > self.today or on.year < 1900):
            raise forms.ValidationError(_("The date must be today or in the past."))
        return on

    @property
    def wish(self) -> dict[str, Any]:
        """What the query of a board takes; everything of today where something cannot be read."""
        if not self.is_valid():
            return {"site": None, "needs": False, "on": None}
        given = self.cleaned_data
        return {"site": int(given["site"]) if given["site"] else None, "needs": given["needs"], "on": given["on"]}


class BeginBoard(forms.Form):
    of = forms.ChoiceField(label=_("Whose suppliers are they?"), required=False, widget=forms.RadioSelect)

    def __init__(self, *args: Any, choices: dict[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "of", choices.items())
        if len(choices) < 2:
            self.fields["of"].widget = forms.HiddenInput()
            self.fields["of"].initial = next(iter(choices), "")


def _name() -> forms.CharField:
    return forms.CharField(
        label=_("Name of the provider"),
        required=False,
        max_length=200,
        error_messages={"max_length": _("Enter at most 200 characters.")},
    )


class ChangeSupplier(forms.Form):
    name = _name()
    number = forms.CharField(
        label=_("Licence number"),
        required=False,
        max_length=60,
        help_text=_("If you know it. It is surer than a name."),
        error_messages={"max_length": _("Enter at most 60 characters.")},
    )
    workers = a_number(
        _("How many workers it supplies"),
        _("The number of workers must be a whole number, like 12."),
        required=False,
        width="5",
        min_value=0,
        max_value=999_999,
    )
    starts = a_day(_("First day on which it supplies"), _("The first day"))
    until = a_day(
        _("Last day on which it supplies"),
        _("The last day"),
        required=False,
        help_text=_("Leave it empty while it goes on."),
    )


class AddSupplier(ChangeSupplier):
    site = forms.CharField(
        label=_("Site"),
        max_length=100,
        help_text=_("A site that is not on the board yet is added."),
        error_messages={"required": _("Enter the name of the site."), "max_length": _("Enter at most 100 characters.")},
    )
    of = short_text(
        _("Sub-supplier of"),
        200,
        help_text=_(
            "If it supplies through another provider at this site, the name of that provider as it is on the board."
        ),
    )

    field_order = ("site", "name", "number", "of", "workers", "starts", "until")

    @property
    def line(self) -> GivenLine:
        given = self.cleaned_data
        return GivenLine(
            given["site"],
            given["name"],
            given["number"],
            given["starts"],
            given["until"],
            given["workers"],
            given["of"],
        )


class StopSupplier(forms.Form):
    until = a_day(_("Last day on which its workers worked for you"), _("The last day"))


class UnnamedWorkers(forms.Form):
    people = a_number(
        _("How many people worked there with no provider named?"),
        _("The number of people must be a whole number, like 12."),
        missing=_("Enter how many people worked there."),
        width="5",
        min_value=1,
        max_value=999_999,
    )
    starts = a_day(_("Since when?"), _("The first day"))


class AddSite(UnnamedWorkers):
    name = forms.CharField(
        label=_("Name of the site"),
        max_length=100,
        error_messages={
            "required": _("Enter the name of the site."),
            "max_length": _("Enter at most 100 characters."),
        },
    )
    field_order = ("name", "people", "starts")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("people", "starts"):
            self.fields[name].required = False


class ImportSuppliers(TableForm):
    """A spreadsheet of suppliers: read whole, or refused with the number of each row that cannot be read."""

    text = forms.CharField(
        required=False,
        strip=False,
        label=_("Paste rows from a spreadsheet"),
        help_text=_("With the headings in the first row. At most 10,000 rows."),
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if rows := given.get("rows"):
            read: ReadRows = read_rows(rows, today=self.today)
            where = "file" if self.files.get("file") else "text"
            for reason in read.reasons:
                self.add_error(where, str(reason.text))
            given["lines"] = read.lines
        return given


class NearNames(forms.Form):
    """Who is meant by each name; what is not chosen stays open."""

    all_optional = True

    def __init__(self, *args: Any, names: Sequence[OpenName], **options: Any) -> None:
        super().__init__(*args, **options)
        self.names = names
        for one in names:
            choices = [(str(near.entry.listing_id), _said(near)) for near in one.near]
            field = radios(
                " ".join(filter(None, [one.name, one.number])), [*choices, (NONE_OF_THEM, _("None of these"))]
            )
            field.required, field.help_text = False, one.warning
            self.fields[one.field] = field

    @property
    def meant(self) -> dict[int, int | None]:
        chosen = {one.key: self.cleaned_data.get(one.field, "") for one in self.names}
        return {key: None if said == NONE_OF_THEM else int(said) for key, said in chosen.items() if said}


def _said(near: Any) -> Any:
    """Never without its standing: a misspelt supplier whose licence is gone must be seen."""
    town = near.entry.address.get("town", "")
    tag = outcome_tag(Outcome(near.entry.outcome), word=near.word)
    return format_html("{} ({}{}) {}", near.entry.name, near.entry.number, f", {town}" if town else "", tag)
