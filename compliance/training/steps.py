"""What a manager does with a training that was recorded."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compliance.training import actions, forms, queries, rules
from compliance.training.models import Training
from compliance.training.states import RECORDS
from registry.accounts.models import User
from registry.form_fields import Because
from registry.steps import Start, Step, Steps

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


def _record(data: Any, by: User, at: datetime) -> forms.RecordTraining:
    return forms.RecordTraining(data, kinds=queries.kind_choices(timezone.localdate(at)))


RECORDED = Start(
    "record_training",
    _("Record a training"),
    url="staff/training/record/",
    permission=RECORDS,
    form=_record,
    action=actions.record_training,
    back="trainings",
    back_text=_("Training of staff"),
    press=_("Record"),
    about=_("The scheme says for how long it is valid. Managers have a task 60 days before it runs out."),
    then=lambda training: reverse("training", args=[training.reference]),
)
WORDS = {"training": {"record_training": _("Training recorded"), "repeat_training": _("Training repeated")}}
