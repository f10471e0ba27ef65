"""The shape of what is typed about a complaint: by anyone, and by those who record and answer it."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from registry.complaints.states import ComplaintChannel, ComplaintKind, ComplaintOutcome, ServicePart
from registry.form_fields import long_text, offer, radios
from registry.forms import SentOnce
from registry.web import an_email


class Complain(SentOnce):
    """What anyone tells us about our own service."""

    kind = radios(_("What went wrong?"), ComplaintKind.choices)
    about = radios(_("Which part of our service is it about?"), ServicePart.choices)
    text = long_text(
        label=_("What happened?"),
        help_text=_("Say when it was, and what would put it right. You can give the reference of a case."),
        required=_("Write what happened."),
    )
    name = forms.CharField(
        required=False,
        max_length=120,
        label=_("Your name"),
        error_messages={"max_length": _("Enter at most 120 characters.")},
    )
    email = an_email(
        _("Your email address"),
        help_text=_(
            "We write when the answer is there. Without it you can read the answer at the address that we show you next."
        ),
    )


class RecordComplaint(Complain):
    """The same as a member of staff records it, with the way by which it came."""

    channel = radios(
        _("How did it come?"), [one for one in ComplaintChannel.choices if one[0] != ComplaintChannel.FORM]
    )
    language = forms.ChoiceField(label=_("Language of the answer"))

    field_order = ("channel", "language", "kind", "about", "text", "name", "email")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "language", [one for one in settings.LANGUAGES if one[0] in settings.SITE_LANGUAGES])
        self.fields["email"].help_text = _("Without it, tell the person the answer yourself.")


class AnswerComplaint(forms.Form):
    outcome = radios(_("Is the complaint upheld?"), ComplaintOutcome.choices)
    answer = long_text(
        label=_("Answer"),
        help_text=_("The person reads this. Say what you found and what you changed."),
        required=_("Write the answer."),
        rows=8,
    )


class AskForReview(forms.Form):
    because = long_text(
        label=_("Why do you ask for a second look?"), required=_("Write why you ask for a second look.")
    )
