"""What a manager does with a training that was recorded."""

from django.utils.translation import gettext_lazy as _

from compliance.training import actions, rules
from compliance.training.models import Training
from compliance.training.states import RECORDS
from registry.form_fields import Because
from registry.steps import Step, Steps

TRAINING = Steps(
    Training,
    "training",
    url="staff/training/<str:reference>",
    steps=(
        Step(
            "withdraw_training",
            _("Withdraw a training that was recorded in error"),
            label=_("Withdraw"),
            permission=RECORDS,
            form=Because,
            about=_("It stays in the history and does not count."),
            blockers=lambda one, by, on: rules.withdraw_blockers(one, None),
            action=actions.withdraw_training,
            slug="withdraw",
            done=_("Training withdrawn"),
        ),
    ),
)
WORDS = {"training": {"record_training": _("Training recorded"), "repeat_training": _("Training repeated")}}
