"""A list that is checked in one go: pasted or handed in, and what its columns hold."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from public_lookup.bulk_checks.models import CheckList
from public_lookup.bulk_checks.states import UploadedColumn
from registry import table_reader as files
from registry.table_reader.forms import TableForm
from registry.web import an_email

#: Rows that are shown of a column, so that somebody sees what it holds.
EXAMPLES = 3


class Given(TableForm):
    """What is to be checked: text or a file, of which only the rows are kept."""

    text = forms.CharField(
        required=False,
        strip=False,
        label=_("Paste names or numbers"),
        help_text=_("One on each line, or rows copied from a spreadsheet. At most 10,000."),
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "autocomplete": "off"}),
    )


class Columns(forms.Form):
    """What each column holds, as it was guessed, with the first rows of it."""

    def __init__(self, *args: Any, check_list: CheckList, first: files.Table, **options: Any) -> None:
        super().__init__(*args, **options)
        self.check_list = check_list
        choices = [("", _("Not used")), *UploadedColumn.choices]
        for place, kind in enumerate(check_list.columns):
            self.fields[f"column_{place}"] = forms.ChoiceField(
                required=False,
                choices=choices,
                initial=kind,
                label=_("Column %(number)s") % {"number": place + 1},
                help_text=" · ".join(row[place] for row in first if row[place]),
            )
        if check_list.count > 1:
            self.fields["has_heading"] = forms.BooleanField(
                required=False,
                initial=check_list.has_heading,
                label=_("The first row holds headings, and is not looked up"),
            )

    all_optional = True

    def chosen(self) -> dict[str, Any]:
        places = range(len(self.check_list.columns))
        return {
            "columns": [self.cleaned_data[f"column_{place}"] for place in places],
            "has_heading": self.cleaned_data.get("has_heading", False),
        }


class FollowList(forms.Form):
    """Where to mail when something changes of the labour providers of a list."""

    email = an_email(
        _("Your email address"),
        required=_("Enter your email address."),
        help_text=_("We use it for this only. We never tell the labour provider."),
    )


class Nothing(forms.Form):
    """A page with only a button: it may still be told why not."""
