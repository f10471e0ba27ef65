"""The states of a training that an officer had, and who must act before it runs out."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from registry.lifecycle import Lifecycle, move
from registry.waits import NoWait, staff_wait

RECORDS = "compliance.record_training"


class TrainingStatus(TextChoices):
    RECORDED = "training_recorded", _("Recorded")
    REPEATED = "training_repeated", _("Repeated since")
    WITHDRAWN = "training_withdrawn", _("Recorded in error")


S = TrainingStatus

TRAINING = Lifecycle(
    S.RECORDED,
    move("repeat_training", {S.RECORDED}, S.REPEATED),
    move("withdraw_training", {S.RECORDED}, S.WITHDRAWN),
    waits=(
        NoWait(S.RECORDED, "It is valid for now."),
        staff_wait(
            "repeat",
            {S.RECORDED},
            _("Arrange a training again before it runs out"),
            RECORDS,
            organisation="",
            due="valid_until",
            after="remind_after",
            until="let_go_after",
            page="training",
        ),
        NoWait(S.REPEATED, "A later training counts."),
        NoWait(S.WITHDRAWN, "It does not count."),
    ),
)
