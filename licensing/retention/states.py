"""The states of what two people let erase, and of what could not be erased."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from registry.lifecycle import Lifecycle, move
from registry.waits import NoWait, staff_wait

ERASES = "licensing.approve_erasure"


class ErasureBatchStatus(TextChoices):
    LISTED = "erasure_listed", _("Listed")
    PROPOSED = "erasure_proposed", _("Waiting for a second person")
    APPROVED = "erasure_approved", _("Approved")
    NOT_APPROVED = "erasure_not_approved", _("Not approved")
    DONE = "erasure_done", _("Erased")


B = ErasureBatchStatus

#: What is in one of these is not listed again.
OPEN_BATCHES = (B.LISTED, B.PROPOSED, B.APPROVED)

ERASURE_BATCH = Lifecycle(
    B.LISTED,
    move("propose_erasure", {B.LISTED}, B.PROPOSED, sets=("proposed_by", "proposed_at")),
    move("approve_erasure", {B.PROPOSED}, B.APPROVED, sets=("decided_by", "decided_at")),
    move("refuse_erasure", {B.PROPOSED}, B.NOT_APPROVED, sets=("decided_by", "decided_at")),
    move("finish_erasure", {B.APPROVED}, B.DONE, sets=("ended_at", "erased")),
    waits=(
        staff_wait(
            "propose",
            {B.LISTED},
            _("Look at what is due to be erased, and propose it"),
            ERASES,
            organisation="",
            due="propose_by",
            page="erasure_batch",
        ),
        staff_wait(
            "approve",
            {B.PROPOSED},
            _("Approve what is to be erased for good, or refuse"),
            ERASES,
            organisation="",
            not_by=("proposed_by",),
            page="erasure_batch",
        ),
        NoWait(B.APPROVED, "The background worker erases it at night."),
    ),
)


class ErasureFailureStatus(TextChoices):
    FAILING = "erasure_failing", _("Could not be erased")
    SETTLED = "erasure_settled", _("Settled")


F = ErasureFailureStatus

ERASURE_FAILURE = Lifecycle(
    F.FAILING,
    move("fail_again", {F.FAILING}, F.FAILING, sets=("tries", "tried_at", "why", "fault")),
    move("settle_failure", {F.FAILING}, F.SETTLED, sets=("settled_at",)),
    waits=(
        staff_wait(
            "see",
            {F.FAILING},
            _("See what could not be erased, and what to do"),
            ERASES,
            organisation="",
            page="erasures",
            args=(),
        ),
    ),
)
