"""The shape of what is typed about what is to be put right, and about what workers got back."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from compliance.exhibits.models import EvidenceItem
from compliance.follow_ups.models import RemedyKind
from registry.form_fields import ForInspector, PoundsField, long_text, offer, offer_from
from registry.web import DatePartsField, FilesField, UploadForm

EXAMPLE = _("For example, 27 3 2026")
NO_AMOUNT = _("Enter how much they got together, for example 1250.00.")
NO_WORKERS = _("Enter how many workers got it: 1 or more.")


class AskFollowUp(forms.Form):
    standard = forms.ChoiceField(
        label=_("Standard"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a standard."), "invalid_choice": _("Choose a standard.")},
    )
    action = long_text(
        label=_("Corrective action needed"),
        help_text=_("Say also how the business can show it: which papers, from when. The business reads this."),
        required=_("Enter the corrective action that is needed."),
    )
    due_on = DatePartsField(label=_("By when"), name=_("The day"), help_text=EXAMPLE)

    def __init__(self, *args: Any, unmet: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "standard", unmet)


class Extend(forms.Form):
    due_on = DatePartsField(label=_("The new day"), name=_("The day"), help_text=EXAMPLE)
    because = long_text(label=_("Reason"), required=_("Enter the reason."))


class SendVisit(ForInspector):
    due_on = DatePartsField(label=_("By when"), name=_("The day"), help_text=EXAMPLE)


class Answer(UploadForm):
    text = long_text(
        label=_("What corrective action have you taken, and how do your files show it?"),
        required=_("Enter the corrective action that you have taken."),
    )
    documents = FilesField(required=False, label=_("Files that show it"))


class RecordRemedy(forms.Form):
    kind = forms.ChoiceField(
        label=_("What the workers got"),
        choices=RemedyKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what the workers recovered.")},
    )
    workers = forms.IntegerField(
        label=_("How many workers got it"),
        max_value=1_000_000,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-5"}),
        error_messages={"required": NO_WORKERS, "invalid": NO_WORKERS, "max_value": NO_WORKERS},
    )
    amount = PoundsField(label=_("How much they got together, in pounds"), digits=12, wrong=NO_AMOUNT)
    shown_by = long_text(
        label=_("How it is known that it was paid"),
        help_text=_("Bank statements, payslips, what workers confirmed. Name no worker."),
        required=_("Write how it is known that it was paid."),
    )
    exhibit = forms.ModelChoiceField(
        label=_("Exhibit that shows it"),
        queryset=EvidenceItem.objects.none(),
        to_field_name="number",
        required=False,
        empty_label=_("None"),
    )

    def __init__(self, *args: Any, exhibits: "QuerySet[EvidenceItem]", **options: Any) -> None:
        super().__init__(*args, **options)
        offer_from(self, "exhibit", exhibits)

    @property
    def given(self) -> dict[str, Any]:
        """As the action takes it: pence."""
        typed = dict(self.cleaned_data)
        pence = int(typed.pop("amount") * 100)
        return {**typed, "pence": pence}
