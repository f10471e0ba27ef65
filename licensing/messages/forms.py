"""The form of one page of a pack: each kind of question as a field, the numbers that people type brought to one form.

The shape of what case officers, managers and decision makers type. Whether it may be done is a question for the rules."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from licensing.requests.models import InformationRequest
from registry.form_fields import a_day, long_text, radios


class ApplicantMessage(forms.Form):
    """Something to write to the case officer."""

    text = forms.CharField(
        label=_("Your message"),
        help_text=_("The case officer reads it here. It does not change the progress of the application."),
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write your message."), "max_length": _("Write at most 5,000 characters.")},
    )


class Message(forms.Form):
    """Something to write to the applicant."""

    text = long_text(
        label=_("Your message"),
        help_text=_(
            "The applicant reads it as from the case officer, without your name. It asks for nothing by a day."
        ),
        required=_("Write your message."),
    )
    until = a_day(_("Until when?"), _("The new day"), required=False)

    def __init__(self, *args: Any, open_requests: Iterable[InformationRequest] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        named = [(one.reference, format_lazy(MOVES, request=one.reference, day=_day(one))) for one in open_requests]
        if not named:
            del self.fields["until"]
            return
        self.fields["extends"] = radios(
            _("Does the message give more time?"),
            [("", _("No")), *named],
            required=False,
            help_text=_("The day of the request moves with the message, and the applicant gets a letter that says so."),
        )
        self.order_fields(["text", "extends", "until"])


MOVES = _("Yes: the day of request {request} moves, which is now {day}")


def _day(request: InformationRequest) -> str:
    return date_format(request.due_on, "j F Y")
