"""The fields that the pages for everyone and the page of staff share."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from compliance.reports.rules import reports as rules
from registry import uploads as files
from registry.errors import Refused
from registry.form_fields import short_text


class PhotosInput(forms.FileInput):
    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Several photographs, each made again on the spot: what comes out is clean, and nothing else is handed on."""

    widget = PhotosInput(attrs={"accept": "image/jpeg,image/png,image/webp"})

    def clean(self, data: Any, initial: Any = None) -> list[files.Photo]:
        if len(data or ()) > rules.PHOTOS_AT_ONCE:
            raise forms.ValidationError(_("Choose at most 5 photos at a time."))
        return [_clean(one) for one in data or ()]


def _clean(uploaded: Any) -> files.Photo:
    if uploaded.size > files.PHOTO_BYTES:
        raise forms.ValidationError(str(files.TOO_BIG))
    try:
        return files.photo(uploaded.read())
    except Refused as refused:
        raise forms.ValidationError([str(reason) for reason in refused.reasons]) from refused


def photos_field() -> PhotosField:
    return PhotosField(
        label=_("Photos"),
        help_text=_(
            "Up to 5 at a time. We keep only the picture: not where, when or with which telephone it was taken."
        ),
        required=False,
    )


def people_field() -> forms.IntegerField:
    said = _("Enter a number of people, for example 12.")
    return forms.IntegerField(
        label=_("How many people does it happen to?"),
        help_text=_("Leave it empty if you do not know."),
        min_value=1,
        max_value=rules.MOST_PEOPLE,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-5", "autocomplete": "off"}),
        error_messages={"invalid": said, "min_value": said, "max_value": said},
    )


def group_field() -> forms.CharField:
    return short_text(
        _("Did someone who reported the same give you words?"),
        200,
        help_text=_("Write them here. No one in the group can read what the others write."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
