"""The kinds of places that help workers."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class HelpKind(models.TextChoices):
    ADVICE = "advice", _("Free advice")
    COUNCIL = "council", _("Council")
    UNION = "union", _("Trade union")
    MIGRANTS = "migrants", _("Help for migrants")
