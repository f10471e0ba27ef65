"""What can happen to an application, to a decision and to what a holder tells. Read it aloud to a case officer."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from registry.lifecycle import Lifecycle, move


class ApplicationStatus(TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    ASSESSING = "assessing", _("Being assessed")
    AWAITING_APPLICANT = "awaiting_applicant", _("Waiting for the applicant")
    GRANTED = "granted", _("Granted")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


S = ApplicationStatus


# What its applicant reads instead, where the words for everybody are about them.
TOLD_APPLICANT = {S.AWAITING_APPLICANT: _("Waiting for you")}


IN_HAND = (S.SUBMITTED, S.ASSESSING, S.AWAITING_APPLICANT)


NOT_OVER = (S.DRAFT, *IN_HAND)


# A licence may have been granted before it turns out that more was due.
PAYABLE = (*IN_HAND, S.GRANTED)


APPLICATION = Lifecycle(
    S.DRAFT,
    move(
        "submit",
        {S.DRAFT},
        S.SUBMITTED,
        sets=("version", "submitted_at", "signed_name", "fee_band", "fee", "payment_reference"),
    ),
    move("begin_assessment", {S.SUBMITTED}, S.ASSESSING, sets=("case_officer",)),
    move("ask", {S.ASSESSING}, S.AWAITING_APPLICANT),
    move("answer", {S.AWAITING_APPLICANT}, S.ASSESSING),
    # The last open request was withdrawn, or its day has passed.
    move("ask_ended", {S.AWAITING_APPLICANT}, S.ASSESSING),
    move("grant", {S.ASSESSING}, S.GRANTED, sets=("closed_at", "licence")),
    # What an applicant does not answer keeps no one from refusing.
    move("refuse", {S.ASSESSING, S.AWAITING_APPLICANT}, S.REFUSED, sets=("closed_at",)),
    move("withdraw", {S.DRAFT, S.SUBMITTED, S.ASSESSING, S.AWAITING_APPLICANT}, S.WITHDRAWN, sets=("closed_at",)),
    move("grant_on_appeal", {S.REFUSED}, S.GRANTED, sets=("closed_at", "licence")),
)


class WaitingFor(TextChoices):
    """Who must do something before an application goes on, as its applicant reads it."""

    APPLICANT = "applicant", _("You")
    AUTHORITY = "authority", _("Us")
    OTHERS = "others", _("Other authorities")
    INSPECTOR = "inspector", _("The inspector")


# What the authority reads instead, in its own lists.
TURN_IN_LISTS = {
    WaitingFor.APPLICANT: _("The applicant"),
    WaitingFor.AUTHORITY: _("Us"),
    WaitingFor.OTHERS: _("Other authorities"),
    WaitingFor.INSPECTOR: _("The inspector"),
}
