"""Why a complaint cannot be recorded, answered or looked at again now."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from registry.accounts.models import User
from registry.complaints.models import Complaint
from registry.errors import Reason
from registry.retention.models import Erasure

#: The line of the table of retention (retention.toml).
RETAINED = "complaints"


def receive_blockers(text: str) -> Iterator[Reason]:
    if not text.strip():
        yield Reason("no_text", _("Write what happened."), "text")


def answer_blockers(complaint: Complaint, move: str, answer: str | None, *, by: User) -> Iterator[Reason]:
    """An answer of None is not typed yet."""
    yield from complaint.lifecycle.blockers(complaint.status, move)
    if move == "answer_review" and complaint.answered_by_id == by.pk:
        yield Reason("same_person", _("You answered this complaint. Someone else must look at it again."))
    if answer is not None and not answer.strip():
        yield Reason("no_answer", _("Write the answer."), "answer")


def review_blockers(complaint: Complaint, because: str | None) -> Iterator[Reason]:
    """A reason of None is not typed yet."""
    yield from complaint.lifecycle.blockers(complaint.status, "ask_for_review")
    if Erasure.objects.of(complaint, RETAINED).exists():
        yield Reason("erased", _("What this said was erased: the time for which we keep it was over."))
    if because is not None and not because.strip():
        yield Reason("no_reason", _("Write why you ask for a second look."), "because")
