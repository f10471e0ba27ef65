"""The shape of what is typed about exhibits."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from compliance.exhibits.models import CustodyAct, EvidenceKind, ForBusiness
from compliance.inspections.forms import clock_time, moment_of
from registry.form_fields import a_day, boxes, long_text, offer, radios, short_text
from registry.web import OneFileField


class _Described(forms.Form):
    description = long_text(
        label=_("What it is, and what it shows"),
        help_text=_("Write enough for a person who was not there to recognise it."),
        required=_("Describe the exhibit."),
    )
    place = forms.CharField(label=_("Where it was made or taken"), max_length=200, required=False)
    standards = boxes(_("Which standards it bears out"))
    for_business = radios(
        _("May the business have it?"),
        ForBusiness.choices,
        initial=ForBusiness.NO,
        help_text=_("Answer yes only if it could not tell them who spoke to us."),
    )
    withheld_because = long_text(label=_("Why the business may not have it"))

    def __init__(self, *args: Any, standards: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "standards", standards)


class AddEvidence(_Described):
    kind = radios(
        _("What kind of exhibit it is"), EvidenceKind.choices, required=_("Choose what kind of exhibit it is.")
    )
    file = OneFileField(
        label=_("File"),
        required=False,
        help_text=_("A PDF, or a photo (JPEG or PNG), smaller than 10 MB. Place and device are taken out of photos."),
    )
    digest = short_text(
        _("SHA-256 of the original"),
        64,
        help_text=_("Only for what is kept elsewhere, such as a recording: as the device or the store has made it."),
    )
    taken_on = a_day(_("Day on which it was made or taken"), _("The day"))
    taken_time = clock_time(label=_("Time of day"))

    field_order = ("kind", "file", "digest", "description", "taken_on", "taken_time", "place", "standards")

    @property
    def given(self) -> dict[str, Any]:
        """As the action takes it."""
        typed = dict(self.cleaned_data)
        taken_at = moment_of(typed.pop("taken_on"), typed.pop("taken_time"))
        upload = typed.pop("file")
        return {**typed, "upload": upload, "digest": typed["digest"].strip().lower(), "taken_at": taken_at}


class AmendEvidence(_Described):
    pass


class HandOn(forms.Form):
    act = radios(
        _("What was done with it"),
        [one for one in CustodyAct.choices if one[0] != CustodyAct.TAKEN],
        required=_("Choose what was done with it."),
    )
    holder = forms.CharField(label=_("Who has it from now on"), max_length=200, required=False)
    place = forms.CharField(label=_("Where it is"), max_length=200, required=False)
    seal_number = forms.CharField(label=_("Number of the seal"), max_length=60, required=False)
    happened_on = a_day(_("Day on which it was done"), _("The day"))
    happened_time = clock_time(label=_("Time of day"))
    because = long_text(label=_("Reason"), help_text=_("Needed when it is sent away or destroyed."))

    @property
    def given(self) -> dict[str, Any]:
        """As the action takes it."""
        typed = dict(self.cleaned_data)
        happened_at = moment_of(typed.pop("happened_on"), typed.pop("happened_time"))
        return {**typed, "happened_at": happened_at}
