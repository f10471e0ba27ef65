"""Who acts for an organisation in this service, as what, on whose consent; and who has been asked to."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Act(models.TextChoices):
    """What is done for an organisation. Which kind of person may do which stands in `registry.permissions`."""

    FILL_IN = "fill_in", _("Start and fill in applications and renewals")
    ANSWER = "answer", _("Answer what we ask about an application")
    REPLY = "reply", _("Reply to a notice of what we propose")
    SUBMIT = "submit", _("Sign and send an application")
    WITHDRAW = "withdraw", _("Withdraw an application")
    NOTIFY = "notify", _("Tell us of changes")
    SURRENDER = "surrender", _("Give up a licence")
    MANAGE = "manage", _("Decide who acts for the organisation")
