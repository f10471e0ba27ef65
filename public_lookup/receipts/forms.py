"""A paper that somebody was shown: as a file, or as text."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from public_lookup.receipts.queries import documents
from registry.form_fields import short_text

NOTHING_IN_IT = _(
    "There is no signed record in this. We can confirm only a file as we gave it: a PDF that was printed and scanned has lost it. Enter the number that is printed on it instead."
)


class Document(forms.Form):
    """A PDF or a JSON file that is said to be ours, or its text. `sealed` is the signed record in it, believed by nobody yet."""

    all_optional = True

    file = forms.FileField(
        required=False,
        label=_("Choose the file"),
        help_text=_("The PDF or the JSON file, as you were given it. We read it to answer you, and do not keep it."),
        error_messages={"empty": _("This file is empty. Choose another.")},
    )
    text = short_text(
        _("Or paste the text of the JSON file"),
        documents.MOST_BYTES,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.sealed: dict[str, Any] = {}
        self.content = b""

    def clean_file(self) -> "UploadedFile[bytes] | None":
        file: UploadedFile[bytes] | None = self.cleaned_data["file"]
        if file is not None and (file.size or 0) > documents.MOST_BYTES:
            raise ValidationError(_("Choose a file that is smaller than 2 MB: ours are."))
        return file

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        file, text = given.get("file"), given.get("text", "").strip()
        if self.errors:
            return given
        self.content = file.read() if file else text.encode("utf-8", "surrogatepass")
        if bool(file) == bool(text):
            self.add_error("file", _("Choose a file, or paste its text: one of the two."))
        elif found := documents.sealed_in(self.content):
            self.sealed = found
        else:
            self.add_error("file" if file else "text", NOTHING_IN_IT)
        return given
