"""The shape of what is typed about a yearly statement."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.form_fields import a_day, long_text, not_chosen, offer
from registry.yearly_statements.models import YearlyStatement
from registry.yearly_statements.rules import PARTS


class AnnounceStatement(forms.Form):
    code = forms.ChoiceField(label=_("Year"), error_messages=not_chosen(_("Year")))
    publish_by = a_day(_("Day of publication"), _("The day of publication"))

    def __init__(self, *args: Any, years: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "code", years)


class WriteStatement(forms.Form):
    did = long_text(label=_("What we did"), required=_("Write what you did."), rows=8)
    worked = long_text(
        label=_("What worked"),
        help_text=_("Say how you know, from the figures or from the comparison of measures."),
        required=_("Write what worked."),
        rows=8,
    )
    did_not_work = long_text(label=_("What did not work"), required=_("Write what did not work."), rows=8)
    # Not "changes": a form says by that name what has changed since it was opened.
    will_change = long_text(
        label=_("What we will change"),
        help_text=_("Say who does what, and by when."),
        required=_("Write what you will change."),
        rows=8,
    )

    @property
    def given(self) -> dict[str, str]:
        return {part: self.cleaned_data[field] for part, field in PARTS.items()}


def writing(typed: Any, statement: YearlyStatement) -> WriteStatement:
    """With the text that was returned, if there is one."""
    return WriteStatement(typed, initial={field: getattr(statement, part) for part, field in PARTS.items()})


class GiveOpinion(forms.Form):
    text = long_text(
        label=_("Your opinion"),
        help_text=_("The public reads it beside the statement. No one can change it, not even you."),
        required=_("Write your opinion."),
        rows=12,
    )
