"""Adding to a file, a step that each kind of subject has in its own table; and what is done with an email that arrived."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from licensing.correspondence import actions, forms, queries
from licensing.correspondence.models import FileEntry
from licensing.correspondence.rules import entries as rules
from licensing.correspondence.states import ADDS, EntryDirection, EntryKind
from registry.form_fields import Because
from registry.steps import Step, Steps

URL = "staff/correspondence/<str:reference>"


def _form(data: Any, subject: Any, on: date) -> forms.AddToFile:
    return forms.AddToFile(data, initial={"happened_on": on})


def adding() -> Step:
    """The step that puts something on the file of its subject; one for each table, as each has its own address."""
    return Step(
        "add_to_file",
        _("Add to the file"),
        press=_("Add to the file"),
        permission=ADDS,
        form=_form,
        about=_("A document, a letter, an email or a note of a call. The business does not see it on this site."),
        action=actions.add_to_file,
        kind="fileentry",
        then=lambda subject, entry: reverse("file_entry", args=[entry.reference]),
        adds_to=lambda subject: subject.file_entries.exclude(kind=EntryKind.MAIL),
        done=_("Added to the file"),
    )


ENTRY = Steps(
    FileEntry,
    "file_entry",
    url=URL,
    related=("application", "licence", "decision", "appeal", "organisation", "added_by"),
    facts=lambda entry: {"entry": entry},
    permission=ADDS,
    steps=(
        Step(
            "match",
            _("Put the email on a file"),
            form=forms.FindFile,
            about=_("The officer of the case gets it to read."),
            action=actions.match,
            style="",
            done=_("Email put on a file"),
        ),
        Step(
            "mark_read",
            _("Mark as read"),
            about=_("What the email asks for has been done, or has begun."),
            action=actions.mark_read,
            style="",
            done=_("Email read"),
        ),
        Step(
            "answer_mail",
            _("Answer the email"),
            press=_("Send the answer"),
            form=forms.AnswerMail,
            about=lambda entry: format_lazy(
                _("It goes to {address}, and is put on the same file. The email is then read."), address=entry.address
            ),
            fits=lambda entry, on: entry.kind == EntryKind.MAIL and entry.direction == EntryDirection.RECEIVED,
            blockers=lambda entry, by, on: rules.answer_blockers(entry, is_known=queries.is_known_address(entry, on)),
            action=actions.answer_mail,
            slug="answer",
            previews=True,
            done=_("Email answered"),
        ),
        Step(
            "set_aside",
            _("Set aside"),
            form=Because,
            about=_("It is on the wrong file, or concerns no file. It is kept, and no decision can rest on it."),
            blockers=lambda entry, by, on: rules.set_aside_blockers(entry, is_evidence=queries.is_evidence(entry)),
            action=actions.set_aside,
            done=_("Set aside"),
        ),
    ),
)
