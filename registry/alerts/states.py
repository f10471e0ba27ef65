"""How an alert reaches a person, and how long each waits for an answer."""

from datetime import time, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AlertWay(TextChoices):
    MAIL = "mail", _("Email")
    TEXT = "text", _("Text message")


#: The steps of an alert about danger; after the last it goes to all of them again, until someone acknowledges it.
DUTY, DEPUTY, MANAGERS = 1, 2, 3
#: How long it waits between two rounds after the last step.
ROUND = timedelta(hours=1)
#: A text message about danger that could not leave by then is not sent: later ones say the same.
TEXT_LASTS = timedelta(hours=1)
#: An urgent task that is older than this is in the morning mail; no mail is sent at once about it.
URGENT_LASTS = timedelta(days=1)
#: From this time of a working day on, the morning mail is written.
MORNING = time(7)
