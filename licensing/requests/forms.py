"""The shape of what is typed of a request: by officers who ask, and by applicants who answer. Whether it may be done is for the rules."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from licensing.applications.forms.rows import Fields, Rows
from licensing.requests.models import InformationRequest
from licensing.requests.queries import ItemWithFiles
from licensing.requests.rules import LONGEST_ANSWER, GivenItem
from registry.form_fields import a_day, long_text
from registry.schemes import Scheme, said
from registry.uploads import Upload
from registry.web import FilesField


class Ask(Rows):
    """One or more things to ask for, each a question or a document, and by when."""

    of = "item"
    row_title = _("Item")
    at_least = 1
    incomplete = {"text": _("Enter the question, or choose a document.")}
    due_on = a_day(_("By when?"), _("The day"))

    def __init__(self, data: Mapping[str, Any] | None = None, *, scheme: Scheme, today: date, **options: Any) -> None:
        self.scheme = scheme
        super().__init__(data, **options)
        terms = scheme.asking
        self.fields["due_on"].initial = today + timedelta(days=terms.usual_days)
        text = _("For example, 27 3 2026. The usual time is {usual} days, the longest {longest}.")
        self.fields["due_on"].help_text = format_lazy(text, usual=terms.usual_days, longest=terms.longest_days)

    def missing(self, row: Mapping[str, Any]) -> list[str]:
        return [] if row["text"] or row["document"] else ["text"]

    def asked(self) -> dict[str, Any]:
        """What is asked, as the action takes it."""
        items = [GivenItem(text=row["text"] or "", document=row["document"] or "") for row in self.given_rows()]
        return {"items": items, "due_on": self.cleaned_data["due_on"]}

    def _row(self) -> Fields:
        return {"document": self._document, "text": self._text}

    def _document(self) -> forms.Field:
        kinds = [(one.code, said(one.title, get_language())) for one in self.scheme.documents]
        return forms.ChoiceField(
            label=_("Document"),
            choices=[("", _("None: this is a question")), *kinds],
            required=False,
            error_messages={"invalid_choice": _("Choose a document from the list.")},
        )

    def _text(self) -> forms.Field:
        return long_text(
            label=_("Question, or what about the document matters"),
            help_text=_("The applicant reads this word for word."),
            rows=3,
        )


class Extend(forms.Form):
    due_on = a_day(_("New day"), _("The new day"))


def extend(data: Any, request: InformationRequest, on: date) -> Extend:
    """The form to give more time; a day that the applicant has asked for is filled in."""
    return Extend(data, initial={"due_on": request.wanted_on})


class AskTime(forms.Form):
    wanted_on = a_day(_("When can you answer?"), _("The day"))
    because = long_text(label=_("Why do you need more time?"), required=_("Say why you need more time."), rows=4)


class AnswerItems(forms.Form):
    """An answer and files for each item. Which of them must be there is for the rules, as a part can be saved."""

    def __init__(self, *args: Any, items: Sequence[ItemWithFiles], **options: Any) -> None:
        super().__init__(*args, **options)
        self.items = items
        for one in items:
            self.fields[f"answer_{one.number}"] = forms.CharField(
                label=_("Your answer"),
                required=False,
                max_length=LONGEST_ANSWER,
                initial=one.item.answer,
                error_messages={"max_length": _("Write at most 20,000 characters.")},
                widget=forms.Textarea(attrs={"rows": 5}),
            )
            self.fields[f"files_{one.number}"] = FilesField(required=False, label=_("Files that belong to it"))

    @property
    def rows(self) -> list[tuple[ItemWithFiles, tuple[forms.BoundField, forms.BoundField]]]:
        """Each item with its fields."""
        return [(one, (self[f"answer_{one.number}"], self[f"files_{one.number}"])) for one in self.items]

    def clean(self) -> dict[str, Any]:
        """A file that cannot be accepted is said beside its field; nothing is kept until all can be."""
        for one in self.items:
            name = f"files_{one.number}"
            _good, wrong = self.cleaned_data.get(name) or ((), ())
            if wrong:
                self.add_error(name, forms.ValidationError([str(text).replace("%", "%%") for text in wrong]))
        return self.cleaned_data

    def given_answers(self) -> dict[str, Any]:
        """The answers and files by the number of their item, as the action takes them."""
        files: dict[int, tuple[Upload, ...]] = {
            one.number: tuple((self.cleaned_data.get(f"files_{one.number}") or ((), ()))[0]) for one in self.items
        }
        return {
            "answers": {one.number: self.cleaned_data[f"answer_{one.number}"] for one in self.items},
            "files": files,
        }
