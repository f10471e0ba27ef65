"""The shape of what is typed to put something on a file."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from licensing.correspondence.states import EntryDirection, EntryKind
from registry.form_fields import a_day, long_text, radios
from registry.web import FilesField, UploadForm


class AddToFile(UploadForm):
    all_optional = True  # the labels say it themselves
    kind = radios(_("What is it?"), EntryKind.choices)
    title = forms.CharField(
        label=_("What is it called?"),
        help_text=_("For example: letter about a tax debt, or call with the director"),
        max_length=200,
        error_messages={"required": _("Enter what it is."), "max_length": _("Write at most 200 characters.")},
    )
    direction = radios(_("Did we receive or send it?"), EntryDirection.choices)
    with_whom = forms.CharField(
        label=_("Who is it from, or to? (optional)"),
        max_length=200,
        required=False,
        error_messages={"max_length": _("Write at most 200 characters.")},
    )
    happened_on = a_day(_("Its date"), _("The date"))
    text = long_text(label=_("What was said or written? (optional)"))
    documents = FilesField(required=False, label=_("Files (optional)"))
    may_be_shown = forms.BooleanField(
        label=_("A decision may name it as evidence. The business then reads what it is called."), required=False
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial.setdefault("direction", EntryDirection.RECEIVED)

    @property
    def given(self) -> dict[str, Any]:
        """What the action takes."""
        plain = {name: value for name, value in self.cleaned_data.items() if name != "documents"}
        return plain | {"uploads": self.uploads}


class FindFile(forms.Form):
    about = forms.CharField(
        label=_("Reference of the application, decision or appeal, or licence number"),
        max_length=40,
        error_messages={"required": _("Enter the reference."), "max_length": _("Write at most 40 characters.")},
    )


class AnswerMail(forms.Form):
    text = long_text(label=_("Answer"), required=_("Write the answer."), help_text=_("It is mailed word for word."))
    has_asked = forms.BooleanField(
        label=_("I asked by a known number, and this address is theirs"),
        help_text=_("Needed if the address is none of the business."),
        required=False,
    )
