"""When a person is reminded of a duty."""

from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

#: A text message that could not leave within this time is not sent: it would come in the night, or too late.
TEXT_LASTS = timedelta(hours=8)


class ReminderStage(TextChoices):
    BEFORE = "before", _("Before the day")
    AFTER = "after", _("The day after")
