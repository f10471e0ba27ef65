"""The shape of what is typed about what is to be put right, and about what workers got back."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from compliance.exhibits.models import EvidenceItem
from compliance.follow_ups.models import RemedyKind
from registry.form_fields import ForInspector, PoundsField, a_number, a_row, long_text, offer, offer_from, radios
from registry.web import DatePartsField, FilesField, UploadForm

EXAMPLE = _("For example, 27 3 2026")
NO_AMOUNT = _("Enter how much they got together, for example 1250.00.")
NO_WORKERS = _("Enter how many workers got it: 1 or more.")


class AskFollowUp(forms.Form):
    standard = radios(_("Standard"), required=_("Choose a standard."))
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
    kind = radios(_("What the workers got"), RemedyKind.choices, required=_("Choose what the workers recovered."))
    workers = a_number(_("How many workers got it"), NO_WORKERS, width="5", max_value=1_000_000)
    amount = PoundsField(label=_("How much they got together, in pounds"), digits=12, wrong=NO_AMOUNT)
    shown_by = long_text(
        label=_("How it is known that it was paid"),
        help_text=_("Bank statements, payslips, what workers confirmed. Name no worker."),
        required=_("Write how it is known that it was paid."),
    )
    exhibit = a_row(
        _("Exhibit that shows it"), EvidenceItem.objects.none(), key="number", required=False, empty_label=_("None")
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
