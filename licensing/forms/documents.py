"""The files that applicants hand in."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.uploads import Kind
from registry.web import Chosen, FilesField


class HandIn(Chosen):
    def __init__(self, *args: Any, kinds: Collection[Kind], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["documents"] = FilesField(kinds=kinds, label=_("Upload a file"))


class AnswerRequest(Chosen):
    answer = forms.CharField(label=_("Your answer"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 8}))
    documents = FilesField(required=False, label=_("Files that belong to it"))
