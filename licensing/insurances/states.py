"""The states of a proof of insurance, what may follow what, and who must act in each."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from registry.lifecycle import Lifecycle, move
from registry.waits import Pending, pending_wait, staff_wait

HANDLES = "licensing.handle_changes"


class ProofStatus(TextChoices):
    SENT = "sent", _("Sent")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Not accepted")


P = ProofStatus
ANSWERED = ("answered_by", "answered_at")

PROOF = Lifecycle(
    P.SENT,
    move("accept_proof", {P.SENT}, P.ACCEPTED, sets=ANSWERED),
    move("refuse_proof", {P.SENT}, P.REFUSED, sets=ANSWERED),
    # Without a certificate: an officer says why none is needed.
    move("excuse", {P.SENT}, P.ACCEPTED, sets=ANSWERED),
    waits=(
        staff_wait(
            "check",
            {P.SENT},
            _("Check the proof of insurance"),
            HANDLES,
            organisation="licence.organisation",
            page="insurance_proof",
        ),
        pending_wait(
            "checking",
            {P.SENT},
            _("We check the proof of insurance that you sent"),
            Pending.AUTHORITY,
            organisation="licence.organisation",
            page="insurances",
            args=("licence.number",),
        ),
    ),
)
