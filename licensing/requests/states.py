"""What can happen to a request to an applicant. Read it aloud to a case officer."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from registry.lifecycle import Lifecycle, move


class RequestStatus(TextChoices):
    OPEN = "open", _("Waiting for an answer")
    ANSWERED = "answered", _("Answered")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    LAPSED = "lapsed", _("Not answered in time")


S = RequestStatus

#: What an applicant asks for who cannot answer in time; it ends when the officer has said yes or no.
WISH = ("wanted_on", "wanted_at", "wanted_by")


# A late answer is taken as long as the application is not decided: `close` ends what is open when it is.
REQUEST = Lifecycle(
    S.OPEN,
    move("remind", {S.OPEN}, S.OPEN, sets=("reminded_at",)),
    move("ask_time", {S.OPEN}, S.OPEN, sets=WISH),
    move("refuse_time", {S.OPEN}, S.OPEN, sets=WISH),
    move("extend", {S.OPEN}, S.OPEN, sets=("due_on", "reminded_at", *WISH)),
    move("answer", {S.OPEN, S.LAPSED}, S.ANSWERED, sets=("answered_by", "answered_at")),
    move("withdraw_request", {S.OPEN, S.LAPSED}, S.WITHDRAWN, sets=("closed_at", "closed_because")),
    move("lapse", {S.OPEN}, S.LAPSED, sets=("closed_at",)),
    move("close", {S.OPEN}, S.WITHDRAWN, sets=("closed_at",)),
)
