"""The shape of what another authority answers, and of what is replied to it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from compliance.intelligence.states import PartnerAnswerKind
from compliance.passed_on.rules import ASKS
from registry.form_fields import a_day, long_text, offer, radios

MORE_TIME = _("Only if you need more time. For example, 27 3 2026")
GIVEN = _("Leave it empty to change no day. For example, 27 3 2026")


class PartnerAnswer(forms.Form):
    kind = radios(_("What do you want to say?"), PartnerAnswerKind.choices, required=_("Choose what you want to say."))
    text = long_text(
        label=_("Answer"),
        help_text=_("For another grade, say which and why."),
        required=_("Write the answer."),
    )
    wanted_by = a_day(_("Until when do you need time?"), _("The day"), required=False, help_text=MORE_TIME)


class PartnerAsks(PartnerAnswer):
    """About what a report led to: it has no grade, and its answer is written on its page."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "kind", [(one.value, one.label) for one in ASKS])
        self.fields["text"].help_text = ""


class ReplyToPartner(forms.Form):
    text = long_text(
        label=_("Reply to the other authority"),
        help_text=_("Write nothing that says who told us."),
        required=_("Write the reply."),
    )
    answer_by = a_day(_("Until when do you give it time?"), _("The day"), required=False, help_text=GIVEN)
