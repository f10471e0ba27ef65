"""The fields that the pages for everyone and the page of staff share."""

import json
from base64 import b64decode, b64encode
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from compliance.reports.rules import reports as rules
from registry import uploads as files
from registry.checking.forms import CheckedInput, InCheck, made_of
from registry.errors import Refused
from registry.form_fields import short_text


class PhotosInput(CheckedInput):
    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Several photographs, each made again on the spot: what comes out is clean, and nothing else is handed on."""

    widget = PhotosInput(attrs={"accept": "image/jpeg,image/png,image/webp"})

    def clean(self, data: Any, initial: Any = None) -> list[files.Photo]:
        if not data:
            return []
        if not isinstance(data, InCheck):
            _judge(data)
        return _photos(made_of(self, data, lambda: _made_anew([one.read() for one in data])))


def _judge(chosen: Sequence[Any]) -> None:
    """What is wrong with them by their number and size; nothing in them is read."""
    if len(chosen) > rules.PHOTOS_AT_ONCE:
        raise forms.ValidationError(_("Choose at most 5 photos at a time."))
    if any(one.size > files.PHOTO_BYTES for one in chosen):
        raise forms.ValidationError(str(files.TOO_BIG))


def _made_anew(chosen: list[bytes]) -> bytes:
    """One after the other; the first that is refused is enough."""
    made = []
    while chosen:
        try:
            made.append(b64encode(files.photo(chosen.pop(0)).content).decode())
        except Refused as refused:
            return json.dumps({"refused": [reason.code for reason in refused.reasons]}).encode()
    return json.dumps({"photos": made}).encode()


def _photos(answer: bytes) -> list[files.Photo]:
    read = json.loads(answer)
    if codes := read.get("refused"):
        raise forms.ValidationError([str(files.WRONG_PHOTO[code]) for code in codes])
    return [files.Photo.of(b64decode(one)) for one in read["photos"]]


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
