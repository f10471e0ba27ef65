"""The states of what this room is about, what may follow what, and who must act in each."""

from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from registry.lifecycle import Lifecycle, move
from registry.memberships.states import Act
from registry.waits import holder_wait, staff_wait


class RequestStatus(TextChoices):
    OPEN = "open", _("Waiting for an answer")
    ANSWERED = "answered", _("Answered")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    LAPSED = "lapsed", _("Not answered in time")


S = RequestStatus

#: What an applicant asks for who cannot answer in time; it ends when the officer has said yes or no.
WISH = ("wanted_on", "wanted_at", "wanted_by")


ASKS = "licensing.ask_applicant"
_OF_OFFICER: dict[str, Any] = {
    "organisation": "application.organisation",
    "first_owner": "application.case_officer",
    "page": "application",
    "args": ("application.reference",),
    "seen_with": "licensing.view_applications",
}


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
    waits=(
        holder_wait(
            "answer",
            {S.OPEN},
            _("Answer our question"),
            Act.ANSWER,
            organisation="application.organisation",
            due="due_on",
            page="answer_request",
            args=("application.reference", "reference"),
            missed=_("We may decide without your answer."),
        ),
        staff_wait(
            "decide_time",
            {S.OPEN},
            _("Decide whether the applicant gets more time"),
            ASKS,
            when="wanted_on",
            **_OF_OFFICER,
        ),
        staff_wait(
            "end",
            {S.LAPSED},
            _("Propose to refuse for want of reply, ask again, or withdraw the request"),
            ASKS,
            when="is_to_be_ended",
            **_OF_OFFICER,
        ),
    ),
)
