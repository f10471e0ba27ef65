"""What must be looked at by a person after a register was taken over."""

from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from registry.lifecycle import Lifecycle, move
from registry.waits import NoWait, staff_wait

SEES = "registry.view_take_overs"


class QuestionStatus(TextChoices):
    OPEN = "question_open", _("To look at")
    SETTLED = "question_settled", _("Looked at")


class QuestionKind(TextChoices):
    LOOKS_ALIKE = "looks_alike", _("Looks like another business on our files")
    NO_EMAIL = "no_email", _("Holds a licence and has no email address")
    NO_PRINCIPAL = "no_principal", _("Holds a licence and names no principal authority")


S = QuestionStatus
_WAITS: dict[str, Any] = {"page": "take_over_question", "first_owner": "take_over.run_by"}

QUESTION = Lifecycle(
    S.OPEN,
    move("settle_question", {S.OPEN}, S.SETTLED, sets=("settled_by", "settled_at")),
    waits=(
        staff_wait("settle", {S.OPEN}, _("Look at a business that was taken over"), SEES, **_WAITS),
        NoWait(S.SETTLED, "A person has looked at it."),
    ),
)
