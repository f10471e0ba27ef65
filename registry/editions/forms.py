"""The shape of what a statistician types about an edition."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry.editions.models import PreReleaseReader
from registry.form_fields import Because, a_day, a_row, long_text, not_chosen, short_text

A_MINUTE = _("Enter the time, like 9:30am or 09:30.")


def _minute() -> forms.TimeField:
    written = ["%H:%M", "%H.%M", "%I:%M%p", "%I.%M%p", "%I%p"]
    return forms.TimeField(
        label=_("Time"),
        input_formats=written,
        widget=forms.TimeInput(attrs={"class": "govuk-input--width-5"}),
        initial="09:30",
        error_messages={"required": A_MINUTE, "invalid": A_MINUTE},
    )


class _Dated(forms.Form):
    day = a_day(_("Date of publication"), _("The date of publication"))
    minute = _minute()

    @property
    def publish_at(self) -> datetime:
        return timezone.make_aware(datetime.combine(self.cleaned_data["day"], self.cleaned_data["minute"]))


class AnnounceEdition(_Dated):
    code = forms.ChoiceField(label=_("Quarter"), error_messages=not_chosen(_("Quarter")))
    field_order = ("code", "day", "minute")

    def __init__(self, *args: Any, quarters: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        vars(self)["fields"]["code"].choices = quarters

    @property
    def given(self) -> dict[str, Any]:
        return {"code": self.cleaned_data["code"], "publish_at": self.publish_at}


class MoveDate(_Dated):
    because = long_text(
        label=_("Reason for the public"), help_text=_("Everyone can read this."), required=_("Enter the reason.")
    )

    @property
    def given(self) -> dict[str, Any]:
        return {"publish_at": self.publish_at, "because": self.cleaned_data["because"]}


class PublicReason(Because):
    because = long_text(
        label=_("Reason for the public"), help_text=_("Everyone can read this."), required=_("Enter the reason.")
    )


class AddReader(forms.Form):
    name = short_text(_("Name"), 200, required=_("Enter the name."), help_text=_("The public does not read the name."))
    post = forms.CharField(
        label=_("Post"),
        help_text=_("For example, Chief executive. Everyone can read this."),
        max_length=200,
        error_messages={"required": _("Enter the post.")},
    )
    because = long_text(
        label=_("Why this person must see it before"),
        help_text=_("Everyone can read this."),
        required=_("Enter the reason."),
    )


class RemoveReader(forms.Form):
    reader = a_row(_("Who is taken off the list?"), PreReleaseReader.objects.none(), key="number")
