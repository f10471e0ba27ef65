"""The states of what this room is about, what may follow what, and who must act in each."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from registry.lifecycle import Lifecycle, move
from registry.memberships.states import Act
from registry.waits import NoWait, Pending, holder_wait, pending_wait, staff_wait


class LicenceStatus(TextChoices):
    ACTIVE = "active", _("Active")
    REVOKED = "revoked", _("Revoked")
    SURRENDERED = "surrendered", _("Surrendered")
    ENDED = "ended", _("Ended")


L = LicenceStatus


# Expired is a date and suspended is a pair of dates: neither is a status, so no nightly job can get them wrong.
LICENCE = Lifecycle(
    L.ACTIVE,
    move("renew", {L.ACTIVE}, L.ACTIVE, sets=("version", "sectors", "countries_supplied", "valid_until")),
    move("modify", {L.ACTIVE}, L.ACTIVE, sets=("sectors", "countries_supplied")),
    move("suspend", {L.ACTIVE}, L.ACTIVE, sets=("suspended_from", "suspended_until")),
    move("lift", {L.ACTIVE}, L.ACTIVE, sets=("suspended_from", "suspended_until")),
    move("revoke", {L.ACTIVE}, L.REVOKED, sets=("revoked_from", "appealed_from")),
    move("surrender", {L.ACTIVE}, L.SURRENDERED, sets=("surrendered_from", "appealed_from")),
    move("end", {L.ACTIVE}, L.ENDED, sets=("ended_from", "appealed_from")),
    # An appeal keeps alive what was revoked until it is decided, and gives back what should not have been.
    move("stay", {L.REVOKED}, L.ACTIVE, sets=("revoked_from", "appealed_from")),
    move("stay_suspension", {L.ACTIVE}, L.ACTIVE, sets=("suspended_from", "suspended_until")),
    move("reinstate", {L.ACTIVE, L.REVOKED}, L.ACTIVE, sets=("revoked_from", "appealed_from")),
    waits=(
        NoWait(L.ACTIVE, "The licence runs."),
        NoWait(L.REVOKED, "Only an appeal can still change it."),
        holder_wait(
            "renew",
            {L.ACTIVE},
            _("Renew the licence"),
            Act.FILL_IN,
            due="valid_until",
            until="valid_until",
            asks="licensing.holding.queries.waiting.is_renewal_open",
            page="renew_licence",
            args=("number",),
            missed=_("The licence ends on its last day. You must not supply workers after it."),
        ),
        holder_wait(
            "tell_supply",
            {L.ACTIVE},
            _("Tell us once you have started supplying"),
            Act.NOTIFY,
            due_from="licensing.holding.queries.holding.supply_due_on",
            lapses=True,
            asks="licensing.holding.queries.waiting.is_supply_untold",
            page="tell_supply",
            args=("number",),
            missed=_(
                "The day is for a business that began on the first day of its licence. We record how late you told us."
            ),
        ),
    ),
)


class ConditionStatus(TextChoices):
    OPEN = "open", _("Open")
    DISCHARGED = "discharged", _("Discharged")
    FAILED = "failed", _("Failed")


C = ConditionStatus


CONDITION = Lifecycle(
    C.OPEN,
    move("extend", {C.OPEN}, C.OPEN, sets=("due_on",)),
    move("vary", {C.OPEN}, C.OPEN, sets=("requirement", "due_on")),
    move("discharge", {C.OPEN}, C.DISCHARGED, sets=("closed_on",)),
    move("fail", {C.OPEN}, C.FAILED, sets=("closed_on",)),
    waits=(
        NoWait(C.OPEN, "The holder may have sent evidence, which we check."),
        holder_wait(
            "meet",
            {C.OPEN},
            _("Meet the condition and send evidence"),
            Act.NOTIFY,
            organisation="licence.organisation",
            due="due_on",
            asks="licensing.conditions.queries.waiting.is_to_be_met",
            page="send_evidence",
            args=("licence.number", "reference"),
            missed=_("We may find that you failed the condition. Your licence can be suspended or revoked for that."),
        ),
        pending_wait(
            "judging",
            {C.OPEN},
            _("We check the evidence that you sent for a condition"),
            Pending.AUTHORITY,
            organisation="licence.organisation",
            asks="licensing.conditions.queries.waiting.is_with_us",
            page="send_evidence",
            args=("licence.number", "reference"),
        ),
        staff_wait(
            "judge",
            {C.OPEN},
            _("Check the evidence, or decide on a condition that is overdue"),
            "licensing.propose_decision",
            organisation="licence.organisation",
            asks="licensing.conditions.queries.waiting.is_to_be_judged",
            page="staff_licence",
            args=("licence.number",),
            seen_with="registry.view_licences",
        ),
    ),
)
