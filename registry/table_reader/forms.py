"""A table that is pasted or handed in as a file, of which only the rows are kept."""

import json
from functools import partial
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from registry import table_reader as files
from registry.checking.children import NotTaken, answer_of
from registry.checking.forms import CheckedFileField, CheckedInput, made_of
from registry.errors import Refused, refuse_for
from registry.table_reader import program


class TableForm(forms.Form):
    """Text or a file; its rows are `cleaned_data["rows"]`, and `cleaned_data["guessed"]` is the encoding that was guessed, if any. Each page says in its own `text` what the rows are."""

    all_optional = True

    text = forms.CharField(required=False, strip=False, widget=forms.Textarea(attrs={"rows": 8}))
    file = CheckedFileField(
        required=False,
        allow_empty_file=True,
        label=_("Or choose a file"),
        help_text=_("CSV or Excel (.xlsx), smaller than 5 MB. The file itself is not kept."),
        widget=CheckedInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["text"].error_messages["null_characters_not_allowed"] = str(files.NO_LIST.text)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if "text" in self.errors or "file" in self.errors:
            return given  # what is wrong with the text itself is said once
        try:
            table = self._read(str(given.get("text") or ""), given.get("file"))
            given |= {"rows": table.rows, "guessed": table.guessed}
        except Refused as refused:
            for reason in refused.reasons:
                self.add_error(reason.where, str(reason.text))
        except forms.ValidationError as going_on:
            self.add_error("file", going_on)
        return given

    def _read(self, text: str, file: Any) -> files.GivenTable:
        if file and text.strip():
            refuse_for([files.BOTH])
        if file:
            return _table(made_of(self.fields["file"], file, partial(_rows_in, file)))
        if not text.strip():
            refuse_for([files.NOTHING])
        return files.GivenTable(files.rows_of_text(text))


def _rows_in(file: Any) -> bytes:
    """As the program writes them; or why it does not take the file."""
    if file.size > files.MOST_BYTES:
        return json.dumps({"refused": files.TOO_BIG.code}).encode()
    try:
        return answer_of(Path(program.__file__), str(settings.BASE_DIR), content=file.read())
    except NotTaken as refused:
        return json.dumps({"refused": refused.code}).encode()


def _table(answer: bytes) -> files.GivenTable:
    read = json.loads(answer)
    if code := read.get("refused"):
        refuse_for([files.WRONG_FILE.get(code, files.NO_TABLE)])
    return files.GivenTable(**read)
