"""By which way advice is given, and who gives it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

GIVES = "compliance.ask_follow_up"


class AdviceWay(TextChoices):
    VISIT = "visit", _("Said at the visit")
    LETTER = "letter", _("By letter")
