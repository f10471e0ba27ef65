"""The shape of what is typed about an override."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from licensing.checks.states import ANSWERS
from registry.form_fields import long_text, radios
from registry.reasons import TOO_SHORT
from registry.web import FilesField, UploadForm


class Propose(UploadForm):
    """Another result than the authority gave, with the reason and what shows it."""

    result = radios(_("What is the result?"), [(one.value, one.label) for one in ANSWERS])
    because = long_text(
        label=_("Why is the reply not right?"),
        help_text=_("The authority reads this. It is shown wherever the result is."),
        required=TOO_SHORT,
    )
    evidence = long_text(
        label=_("Which document shows it, and where is it kept?"),
        help_text=_("The authority reads this. Needed if you upload no file."),
        rows=2,
    )
    documents = FilesField(required=False, label=_("Files that show it"))

    @property
    def given(self) -> dict[str, Any]:
        """As the action takes it."""
        typed = dict(self.cleaned_data)
        uploads = typed.pop("documents")
        return {**typed, "uploads": uploads}


class Read(forms.Form):
    """What an authority says about an override, if it wishes."""

    answer = long_text(
        label=_("What do you want to say about it?"),
        help_text=_("The people who decide the case read it. To give another reply, answer the check again instead."),
        rows=4,
    )
