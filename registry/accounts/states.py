"""The states of access that takes two administrators, and who must act in each."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from registry.lifecycle import Lifecycle, move
from registry.waits import staff_wait

MANAGE = "registry.manage_people"


class AccessStatus(TextChoices):
    ASKED = "asked", _("Waiting for a second administrator")
    GIVEN = "given", _("Approved")
    REFUSED = "refused", _("Not approved")
    WITHDRAWN = "withdrawn", _("Withdrawn")


S = AccessStatus
_ENDED = ("ended_by", "ended_at")

ACCESS = Lifecycle(
    S.ASKED,
    move("approve_access", {S.ASKED}, S.GIVEN, sets=_ENDED),
    move("refuse_access", {S.ASKED}, S.REFUSED, sets=(*_ENDED, "refused_because")),
    move("withdraw_access", {S.ASKED}, S.WITHDRAWN, sets=_ENDED),
    waits=(
        staff_wait(
            "approve",
            {S.ASKED},
            _("Approve or refuse access that another administrator asked for"),
            MANAGE,
            organisation="",
            not_by=("asked_by", "person"),
            due="due_on",
            page="access_request",
        ),
    ),
)
