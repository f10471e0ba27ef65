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
    LOST_LETTERS = "lost_letters", _("Its name may have lost letters in the old register")
    LEFT_OUT = "left_out", _("Not all that the files say of it was taken over")
    NO_EMAIL = "no_email", _("Holds a licence and has no email address")
    NO_PRINCIPAL = "no_principal", _("Holds a licence and names no principal authority")


#: What many holders of an old register lack: one task for all of them.
LACKS = (QuestionKind.NO_EMAIL, QuestionKind.NO_PRINCIPAL)
S = QuestionStatus
_WAITS: dict[str, Any] = {"page": "take_over_question", "first_owner": "take_over.run_by"}

QUESTION = Lifecycle(
    S.OPEN,
    move("settle_question", {S.OPEN}, S.SETTLED, sets=("settled_by", "settled_at")),
    waits=(
        staff_wait(
            "settle", {S.OPEN}, _("Look at a business that was taken over"), SEES, when="is_of_its_own", **_WAITS
        ),
        NoWait(S.SETTLED, "A person has looked at it."),
    ),
)
COMPLETES = staff_wait(
    "complete",
    (),
    _("Ask businesses that were taken over for what their files lack"),
    SEES,
    first_owner="run_by",
    organisation="",
    when="has_some_that_lack",
    address="lacking_address",
)
