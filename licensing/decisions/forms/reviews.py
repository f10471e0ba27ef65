"""The shape of what is typed to return a proposal, to ask for advice, to answer, and to give more time to reply."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from licensing.decisions.models.decisions import Decision
from registry.accounts.models import User
from registry.form_fields import Because, a_day, a_row, long_text, offer_from
from registry.roles import STAFF_ROLES


class ReturnProposal(forms.Form):
    comments = long_text(
        label=_("What must change?"),
        required=_("Say what must change."),
        help_text=_("The subject does not read this."),
    )
    due_on = a_day(_("Answer by"), _("The day to answer by"))


class AskAdvice(forms.Form):
    to = a_row(
        _("Who is asked?"),
        User.objects.none(),
        required=_("Choose the person who is asked."),
        empty_label=_("Choose a person"),
    )
    comments = long_text(
        label=_("What do you need to know?"),
        required=_("Say what you need to know."),
        help_text=_("The subject does not read this. The days that the law sets run on."),
    )
    due_on = a_day(_("Answer by"), _("The day to answer by"))

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        staff = User.objects.filter(groups__name__in=STAFF_ROLES, is_active=True, agency=None)
        offer_from(self, "to", staff.distinct().order_by("name", "pk"))


class AnswerReview(forms.Form):
    answer = long_text(label=_("Your answer"), required=_("Enter your answer."))


class MoreTime(Because):
    field_order = ("reply_by", "because")
    reply_by = a_day(_("New last day to reply"), _("The new last day to reply"))


def initial_of(decision: Decision) -> dict[str, Any]:
    """The grounds of a proposal, to go on with in another."""
    return {
        "given": [
            {
                "standard": ground.condition.reference if ground.condition else ground.standard,
                "text": ground.text,
                "evidence": "\n".join(one.text for one in ground.exhibits.order_by("pk")),
            }
            for ground in decision.grounds.select_related("condition").order_by("number")
        ]
    }
