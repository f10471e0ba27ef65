"""The states of a contradiction in a report, what may follow what, and who must act in each."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from registry.lifecycle import Lifecycle, move
from registry.waits import NoWait, staff_wait


class ContradictionStatus(TextChoices):
    OPEN = "open", _("Not answered")
    ASKED = "asked", _("The inspector was asked")
    EXPLAINED = "explained", _("Explained by the inspector")
    ACCEPTED = "accepted", _("Accepted by the reviewer")
    RESOLVED = "resolved", _("The report was changed")


S = ContradictionStatus
REPORTS, CONFIRMS = "compliance.report_inspection", "compliance.confirm_inspection"
UNSETTLED = (S.OPEN, S.ASKED, S.EXPLAINED)


CONTRADICTION = Lifecycle(
    S.OPEN,
    move("ask_inspector", {S.OPEN, S.EXPLAINED}, S.ASKED, sets=("answer_by",)),
    # What the inspector says is kept off the trail: it may name people.
    move("explain_contradiction", {S.OPEN, S.ASKED}, S.EXPLAINED),
    move("accept_contradiction", {S.OPEN, S.ASKED, S.EXPLAINED}, S.ACCEPTED),
    move("resolve_contradiction", {S.OPEN, S.ASKED, S.EXPLAINED, S.ACCEPTED}, S.RESOLVED),
    waits=(
        NoWait(S.OPEN, "The report as a whole waits for its reviewer."),
        staff_wait(
            "explain",
            {S.ASKED},
            _("Answer the reviewer: explain, or change the report"),
            REPORTS,
            owner="inspection.inspector",
            due="answer_by",
            when="is_with_inspector",
            organisation="inspection.organisation",
            scheme="inspection.scheme",
            page="inspection_contradictions",
            args=("inspection.reference",),
            seen_with="compliance.view_inspections",
        ),
        NoWait(S.EXPLAINED, "The report as a whole waits for its reviewer."),
        NoWait(S.ACCEPTED, "It has been answered; it is asked again if the report says otherwise."),
    ),
)
