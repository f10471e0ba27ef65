"""What a person does about a question that a take-over has left."""

from django.utils.translation import gettext_lazy as _

from registry.steps import Step, Steps
from registry.take_overs import forms, rules
from registry.take_overs.actions import take_overs
from registry.take_overs.models import TakeOverQuestion
from registry.take_overs.states import SEES

QUESTION = Steps(
    TakeOverQuestion,
    "take_over_question",
    url="staff/take-overs/questions/<str:reference>",
    steps=(
        Step(
            "settle_question",
            _("Say what you found"),
            press=_("Save"),
            permission=SEES,
            form=lambda typed, question, on: forms.SettleQuestion(typed, may_be_all=not question.is_of_its_own),
            about=lambda question: question.get_kind_display(),
            blockers=lambda question, by, on: rules.settle_blockers(question, None),
            action=take_overs.settle_question,
            slug="settle",
            style="",
            done=_("Question settled"),
        ),
    ),
)
