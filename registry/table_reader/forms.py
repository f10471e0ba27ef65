"""A table that is pasted or handed in as a file, of which only the rows are kept."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registry import table_reader as files
from registry.errors import Refused, refuse_for


class TableForm(forms.Form):
    """Text or a file; its rows are `cleaned_data["rows"]`, and `cleaned_data["guessed"]` is the encoding that was guessed, if any. Each page says in its own `text` what the rows are."""

    all_optional = True

    text = forms.CharField(required=False, strip=False, widget=forms.Textarea(attrs={"rows": 8}))
    file = forms.FileField(
        required=False,
        allow_empty_file=True,
        label=_("Or choose a file"),
        help_text=_("CSV or Excel (.xlsx), smaller than 5 MB. The file itself is not kept."),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["text"].error_messages["null_characters_not_allowed"] = str(files.NO_LIST.text)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if "text" in self.errors or "file" in self.errors:
            return given  # what is wrong with the text itself is said once
        try:
            given["guessed"] = ""
            given["rows"] = self._rows(str(given.get("text") or ""), given.get("file"))
            if file := given.get("file"):
                file.seek(0)
                given["guessed"] = files.guessed_encoding(file.read(files.MOST_BYTES))
        except Refused as refused:
            for reason in refused.reasons:
                self.add_error(reason.where, str(reason.text))
        return given

    def _rows(self, text: str, file: Any) -> files.Table:
        if file and text.strip():
            refuse_for([files.BOTH])
        if file:
            # One byte more than may be is read, and no more.
            return files.rows_of_file(file.read(files.MOST_BYTES + 1))
        if not text.strip():
            refuse_for([files.NOTHING])
        return files.rows_of_text(text)
