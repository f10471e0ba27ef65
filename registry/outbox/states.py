"""Kinds of things that are sent, and when one that failed is tried again."""

from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

#: How long one worker may be at one item before another takes it.
LEASE = timedelta(minutes=5)
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=4)
#: Failures in a row after which an item is given up: more than five days after the first (RFC 5321, section 4.5.4.1).
MOST_FAILURES = 40


#: Codes of what went wrong, where the receiver is not a mail server, and in words.
FAULTS = {
    "no_challenge": _("The challenge was not given back"),
    "no_name": _("The name was not found"),
    "not_public": _("The name leads into a private network"),
    "no_connection": _("No connection"),
    "no_trust": _("The certificate is not valid for this name"),
    "too_slow": _("No answer within 10 seconds"),
    "no_answer": _("The connection broke off"),
    "not_taken": _("Not answered with 200"),
    "not_accepted": _("The provider of text messages did not take it"),
    "too_late": _("It was too late to send it"),
}


class OutboxKind(TextChoices):
    MAIL = "mail", _("Email")
    TEXT = "text", _("Text message")
    WEBHOOK = "webhook", _("Webhook")


def wait_after(failures: int) -> timedelta | None:
    """How long to wait after so many failures in a row (1 or more); None when the item is given up."""
    if failures >= MOST_FAILURES:
        return None
    return min(FIRST_WAIT * (1 << min(failures - 1, 20)), LONGEST_WAIT)
