"""What can happen to an application and to a decision. Read it aloud to a case officer."""

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

IN_HAND = (S.SUBMITTED, S.ASSESSING, S.AWAITING_APPLICANT)
NOT_OVER = (S.DRAFT, *IN_HAND)

APPLICATION = Lifecycle(
    S.DRAFT,
    move("submit", {S.DRAFT}, S.SUBMITTED),
    move("begin_assessment", {S.SUBMITTED}, S.ASSESSING),
    move("ask", {S.ASSESSING}, S.AWAITING_APPLICANT),
    move("answer", {S.AWAITING_APPLICANT}, S.ASSESSING),
    move("grant", {S.ASSESSING}, S.GRANTED),
    move("refuse", {S.ASSESSING}, S.REFUSED),
    move("withdraw", {S.DRAFT, S.SUBMITTED, S.ASSESSING, S.AWAITING_APPLICANT}, S.WITHDRAWN),
)


class Turn(TextChoices):
    """Who must do something before an application goes on, as its applicant reads it."""

    APPLICANT = "applicant", _("You")
    AUTHORITY = "authority", _("Us")
    OTHERS = "others", _("Other authorities")
    INSPECTOR = "inspector", _("The inspector")


class DecisionStatus(TextChoices):
    PROPOSED = "proposed", _("Proposed")
    NOTIFIED = "notified", _("Notified, being heard")
    DECIDED = "decided", _("Decided")
    DROPPED = "dropped", _("Dropped")


D = DecisionStatus

OPEN_DECISIONS = (D.PROPOSED, D.NOTIFIED)

DECISION = Lifecycle(
    D.PROPOSED,
    move("notify", {D.PROPOSED}, D.NOTIFIED),
    move("represent", {D.NOTIFIED}, D.NOTIFIED),
    move("decide", {D.PROPOSED, D.NOTIFIED}, D.DECIDED),
    move("drop", {D.PROPOSED, D.NOTIFIED}, D.DROPPED),
)


class CheckResult(TextChoices):
    NIL = "nil", _("Nil return")
    ADVERSE = "adverse", _("Adverse")
    NO_REPLY = "no_reply", _("No reply")
    NOT_APPLICABLE = "not_applicable", _("Not applicable")


class DecisionKind(TextChoices):
    GRANT = "grant", _("Grant")
    REFUSE = "refuse", _("Refuse")
    SUSPEND = "suspend", _("Suspend")
    REVOKE = "revoke", _("Revoke")
