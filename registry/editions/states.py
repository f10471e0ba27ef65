"""The states of an edition of the statistics, what may follow what, and who must act in each."""

from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from registry.lifecycle import Lifecycle, move
from registry.waits import NoWait, staff_wait

PUBLISHES = "registry.publish_statistics"
#: Who reads everything that an independent reviewer must see, and gives an opinion on yearly statements.
#: Other authorities that read the statistics before the public: who agrees to it, who reads them, who sees that they did.
SHARES, READS_SHARED = "registry.share_statistics", "registry.read_shared_statistics"
REVIEWS = "registry.review_independently"
SEES_PARTNERS = ("registry.see_readers", REVIEWS)


class AgreementStatus(TextChoices):
    PROPOSED = "agreement_proposed", _("Waiting for a second person")
    IN_FORCE = "agreement_in_force", _("In force")
    REFUSED = "agreement_refused", _("Not agreed")
    ENDED = "agreement_ended", _("Ended")


class EditionStatus(TextChoices):
    ANNOUNCED = "edition_announced", _("Date announced")
    FROZEN = "edition_frozen", _("Waiting for the first signature")
    SIGNED = "edition_signed", _("Waiting for the second signature")
    APPROVED = "edition_approved", _("Signed by two people")


S = EditionStatus
_WAITS: dict[str, Any] = {"organisation": "", "page": "edition"}

EDITION = Lifecycle(
    S.ANNOUNCED,
    move("freeze_tables", {S.ANNOUNCED}, S.FROZEN),
    move("sign_tables", {S.FROZEN}, S.SIGNED),
    move("countersign_tables", {S.SIGNED}, S.APPROVED),
    move("refuse_tables", {S.FROZEN, S.SIGNED}, S.ANNOUNCED),
    move("correct_tables", {S.APPROVED}, S.FROZEN),
    move("refuse_correction", {S.FROZEN, S.SIGNED}, S.APPROVED),
    waits=(
        NoWait(S.ANNOUNCED, "The quarter is not over yet."),
        NoWait(S.APPROVED, "The public reads it from its announced instant on."),
        staff_wait(
            "freeze",
            {S.ANNOUNCED},
            _("Make the tables of the statistics whose date is announced"),
            PUBLISHES,
            due="publish_at",
            after="last_day",
            **_WAITS,
        ),
        staff_wait(
            "sign",
            {S.FROZEN},
            _("Read the tables of the statistics and sign them"),
            PUBLISHES,
            due="sign_by",
            **_WAITS,
        ),
        staff_wait(
            "countersign",
            {S.SIGNED},
            _("Sign the statistics as a second person, or refuse"),
            PUBLISHES,
            due="sign_by",
            not_by=("signed_by",),
            **_WAITS,
        ),
    ),
)

A = AgreementStatus
_DECIDED = ("decided_by", "decided_at")

AGREEMENT = Lifecycle(
    A.PROPOSED,
    move("confirm_agreement", {A.PROPOSED}, A.IN_FORCE, sets=_DECIDED),
    move("refuse_agreement", {A.PROPOSED}, A.REFUSED, sets=_DECIDED),
    move("end_tables", {A.IN_FORCE}, A.ENDED, sets=("ended_by", "ended_at")),
    waits=(
        staff_wait(
            "confirm",
            {A.PROPOSED},
            _("Confirm or refuse that an authority reads the statistics early"),
            SHARES,
            organisation="",
            not_by=("given_by",),
            page="partner_agreement",
        ),
        NoWait(A.IN_FORCE, "The authority reads signed tables until the agreement is ended."),
        NoWait(A.REFUSED, "Another can be proposed."),
        NoWait(A.ENDED, "The authority reads what the public reads."),
    ),
)
