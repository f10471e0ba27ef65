"""When a person is reminded of a duty."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ReminderStage(TextChoices):
    BEFORE = "before", _("Before the day")
    AFTER = "after", _("The day after")
