"""Choosing files. Each is looked at from outside (size, first bytes, name); the background worker reads it."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from registry import uploads as files
from registry.errors import Refused
from registry.uploads import Upload, UploadKind

ACCEPTED = {UploadKind.PDF: "application/pdf,.pdf", UploadKind.PICTURE: "image/jpeg,image/png,.jpg,.jpeg,.png"}
SIZES = {
    frozenset({UploadKind.PDF}): _("A PDF, smaller than 10 MB. Up to 5 at a time."),
    frozenset({UploadKind.PICTURE}): _("A JPEG or PNG, smaller than 10 MB. Up to 5 at a time."),
    frozenset(UploadKind): _("A PDF, or a photo (JPEG or PNG), smaller than 10 MB. Up to 5 at a time."),
}

ONE_FILE = _("A PDF, or a photo (JPEG or PNG), smaller than 10 MB.")


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files. Cleaned, they are uploads that may be kept, and the errors of the others as `wrong` of the field."""

    widget = FilesInput

    def __init__(self, *, kinds: Collection[UploadKind] = tuple(UploadKind), **options: Any) -> None:
        self.kinds = frozenset(kinds)
        accept = ",".join(ACCEPTED[kind] for kind in sorted(self.kinds, reverse=True))
        options.setdefault("help_text", SIZES[self.kinds])
        super().__init__(widget=FilesInput(attrs={"accept": accept}), **options)

    def clean(self, data: Any, initial: Any = None) -> tuple[list[Upload], list[str | Promise]]:
        chosen = [one for one in data or () if one]
        if not chosen and self.required:
            raise forms.ValidationError(str(files.NOTHING_CHOSEN))
        if len(chosen) > files.MOST_AT_ONCE:
            text = _("You can only select up to {most} files at the same time.")
            raise forms.ValidationError(format_lazy(text, most=files.MOST_AT_ONCE))
        good: list[Upload] = []
        wrong: list[str | Promise] = []
        for one in chosen:
            try:
                good.append(files.received(one.name, one.read(), size=one.size, kinds=self.kinds))
            except Refused as refused:
                wrong += [_named(one.name, reason.text, among=len(chosen)) for reason in refused.reasons]
        return good, wrong


class OneFileField(forms.FileField):
    """One file. Cleaned, it is an upload that may be kept, or None."""

    def __init__(self, *, kinds: Collection[UploadKind] = tuple(UploadKind), **options: Any) -> None:
        self.kinds = frozenset(kinds)
        accept = ",".join(ACCEPTED[kind] for kind in sorted(self.kinds, reverse=True))
        options.setdefault("help_text", ONE_FILE)
        super().__init__(widget=forms.FileInput(attrs={"accept": accept}), **options)

    def clean(self, data: Any, initial: Any = None) -> Upload | None:
        if not data:
            if self.required:
                raise forms.ValidationError(str(files.NOTHING_CHOSEN))
            return None
        try:
            return files.received(data.name, data.read(), size=data.size, kinds=self.kinds)
        except Refused as refused:
            raise forms.ValidationError(
                [str(reason.text).replace("%", "%%") for reason in refused.reasons]
            ) from refused


def _named(name: str, text: str | Promise, *, among: int) -> str | Promise:
    return format_lazy("{name}: {text}", name=files.shown_name(name), text=text) if among > 1 else text


class UploadForm(forms.Form):
    """A form in which files are chosen: `uploads` are those that may be kept, even where another of them may not."""

    uploads: tuple[Upload, ...] = ()

    def clean_documents(self) -> list[Upload]:
        good, wrong = self.cleaned_data["documents"]
        self.uploads = tuple(good)
        if wrong:
            raise forms.ValidationError([str(text).replace("%", "%%") for text in wrong])
        return list(good)
