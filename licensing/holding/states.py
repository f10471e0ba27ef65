"""The states of what this room is about, what may follow what, and who must act in each."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from registry.lifecycle import Lifecycle, move
from registry.memberships.states import Act
from registry.waits import NoWait, Pending, holder_wait, pending_wait, staff_wait


class ChangeStatus(TextChoices):
    TOLD = "told", _("Told, to be looked at")
    ACCEPTED = "accepted", _("Accepted")
    NOTED = "noted", _("Noted")
    REFUSED = "refused", _("Not accepted")


CHANGE = Lifecycle(
    ChangeStatus.TOLD,
    move("accept", {ChangeStatus.TOLD}, ChangeStatus.ACCEPTED, sets=("closed_by", "closed_at")),
    move("note", {ChangeStatus.TOLD}, ChangeStatus.NOTED, sets=("closed_by", "closed_at")),
    move("refuse", {ChangeStatus.TOLD}, ChangeStatus.REFUSED, sets=("closed_by", "closed_at")),
    waits=(
        staff_wait(
            "decide",
            {ChangeStatus.TOLD},
            _("Decide on the reported change"),
            "licensing.handle_changes",
            page="change",
            seen_with="licensing.view_changes",
        ),
        pending_wait(
            "deciding",
            {ChangeStatus.TOLD},
            _("We look at the change that you reported"),
            Pending.AUTHORITY,
            due_from="licensing.holding.queries.waiting.change_expected_on",
            lapses=True,
            page="told_change",
            args=("licence.number", "reference"),
        ),
    ),
)


class TransferStatus(TextChoices):
    ASKED = "asked", _("Waits for the other business")
    AGREED = "agreed", _("Both agree, to be decided")
    DECLINED = "declined", _("The other business does not agree")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    CONSENTED = "consented", _("Consented to")
    REFUSED = "refused", _("Refused")


T = TransferStatus


OPEN_TRANSFERS = (T.ASKED, T.AGREED)


# It is refused whether or not the other business has agreed. Of a refusal, an appeal can still make a consent.
TRANSFER = Lifecycle(
    T.ASKED,
    move("agree", {T.ASKED}, T.AGREED, sets=("answered_by", "answered_at")),
    move("decline", {T.ASKED}, T.DECLINED, sets=("answered_by", "answered_at")),
    move("retract", {T.ASKED, T.AGREED}, T.WITHDRAWN),
    move("withhold", {T.ASKED, T.AGREED}, T.REFUSED),
    # A tribunal has sent the refusal back.
    move("reopen_transfer", {T.REFUSED}, T.AGREED),
    move("consent", {T.AGREED, T.REFUSED}, T.CONSENTED, sets=("became",)),
    waits=(
        NoWait(T.ASKED, "The other business may not have an account yet."),
        holder_wait(
            "answer",
            {T.ASKED},
            _("Say whether you agree to take the licence over"),
            Act.SUBMIT,
            organisation="application.organisation",
            when="application",
            page="answer_transfer",
            args=("application.reference", "reference"),
            missed=_("The licence cannot pass to you before you agree."),
        ),
        pending_wait(
            "agreeing",
            {T.ASKED},
            _("The other business says whether it takes the licence over"),
            Pending.BUSINESS,
            page="transfer_licence",
            args=("licence.number",),
        ),
        pending_wait(
            "deciding",
            {T.AGREED},
            _("We decide on the transfer of the licence"),
            Pending.AUTHORITY,
            page="transfer_licence",
            args=("licence.number",),
        ),
        NoWait(T.AGREED, "It waits for a proposal, and then for the decision on it."),
        staff_wait(
            "propose",
            {T.AGREED},
            _("Propose a decision on the transfer"),
            "licensing.propose_decision",
            asks="licensing.holding.queries.waiting.has_no_open_proposal",
            page="staff_licence",
            args=("licence.number",),
            seen_with="licensing.view_changes",
        ),
        NoWait(T.REFUSED, "Only an appeal can still allow it."),
    ),
)
