"""Proposed conditions, appeals and transfers change in order, and only while they may. On both engines, as in 0002."""

from importlib import import_module

from django.db import migrations

from registry.migrations import _guards as guards
from registry.migrations._guards import ALWAYS, Guard, in_order, same

decisions = import_module("licensing.migrations.0002_guards_of_decisions")

APPEAL_BEGINS = "an appeal begins as one that is told of, against a decision that has been taken"
APPEAL_CLOSED = "an appeal that is over does not change"
APPEAL_KEEPS = "what was appealed against, and how the appeal ended, does not change"
APPEAL_ORDER = "an appeal is not moved so"
MOVES_OF_APPEAL = {
    "told": ("received", "disregarded"),
    "received": ("acknowledged", "ended"),
    "acknowledged": ("with_tribunal", "ended"),
    # Back: the tribunal gives leave to reply after a bar.
    "with_tribunal": ("listed", "ended", "acknowledged"),
    "listed": ("ended", "acknowledged"),
    "ended": ("closed",),
}

BEGINS = "a transfer begins as one that is asked for"
KEEPS = "what was asked for, and what became of it, does not change"
ORDER = "a transfer is not moved so"
DECIDED = "a transfer is consented to or refused by a decision, or consented to by an appeal that was allowed"
OTHER_SIDE = "a transfer is decided by somebody who neither assessed nor inspected the other business"
MOVES_OF_TRANSFER = {
    "asked": ("agreed", "declined", "withdrawn", "refused"),
    "agreed": ("withdrawn", "consented", "refused"),
    "refused": ("consented",),
}
OF_OTHER = "(SELECT application_id FROM licensing_transfer WHERE id = NEW.transfer_id)"
OTHER = """(SELECT application.organisation_id FROM licensing_application application
            JOIN licensing_transfer transfer ON transfer.application_id = application.id
            WHERE transfer.id = {transfer})"""
OF_NOTICE = "(SELECT transfer_id FROM licensing_decision WHERE id = NEW.decision_id)"
TWO_HATS = f"""EXISTS (SELECT 1 FROM licensing_application WHERE id = {OF_OTHER}
                       AND case_officer_id = NEW.decided_by_id)
    OR EXISTS (SELECT 1 FROM licensing_paper WHERE application_id = {OF_OTHER} AND entered_by_id = NEW.decided_by_id)
    OR EXISTS (SELECT 1 FROM compliance_inspection JOIN licensing_application
               ON licensing_application.reference = compliance_inspection."case"
               WHERE licensing_application.id = {OF_OTHER} AND compliance_inspection.inspector_id = NEW.decided_by_id
               AND compliance_inspection.status <> 'called_off')"""
TAKEN = "EXISTS (SELECT 1 FROM licensing_decision WHERE transfer_id = NEW.id AND kind = '{0}' AND status = 'decided')"
ON_APPEAL = """EXISTS (SELECT 1 FROM licensing_appeal
               JOIN licensing_decision ON licensing_decision.id = licensing_appeal.decision_id
               WHERE licensing_decision.transfer_id = NEW.id AND licensing_decision.kind = 'refuse_transfer'
               AND licensing_appeal.outcome = 'allowed')"""
MOVED = "NEW.status <> OLD.status"


def conditions(_vendor):
    table = "licensing_proposedcondition"
    words = same("decision_id", "standard", "requirement", "due_on")
    for name, event, when in (
        ("insert", "INSERT", f"NOT {decisions.OPEN_PROPOSAL.format('NEW')}"),
        ("update", "UPDATE", f"NOT ({words}) OR OLD.became_id IS NOT NULL AND NOT ({same('became_id')})"),
        ("delete", "DELETE", ALWAYS),
        ("was", "UPDATE", f"OLD.was_due_on IS NOT NULL AND NOT ({same('was_requirement', 'was_due_on')})"),
    ):
        yield Guard(f"proposed_condition_{name}", table, event, when, decisions.TERMS)


def appeals(_vendor):
    conflicted = " OR ".join(
        decisions.conflicted(f"NEW.{column}", decisions.OF_DECISION)
        for column in ("received_by_id", "ended_by_id", "closed_by_id")
    )
    decided = "EXISTS (SELECT 1 FROM licensing_decision WHERE id = NEW.decision_id AND status = 'decided')"
    ended = same("outcome", "ended_on", "effect_on", "ended_by_id")
    for name, event, when, says in (
        ("begins_told", "INSERT", f"NEW.status <> 'told' OR NOT {decided}", APPEAL_BEGINS),
        ("over", "UPDATE", "OLD.status IN ('closed', 'disregarded')", APPEAL_CLOSED),
        ("delete", "DELETE", ALWAYS, APPEAL_CLOSED),
        (
            "keeps", "UPDATE",
            f"NOT ({same('decision_id', 'reference')}) OR (OLD.status = 'ended' AND NOT ({ended}))", APPEAL_KEEPS,
        ),
        ("moves_in_order", "UPDATE", f"{MOVED} AND NOT ({in_order(MOVES_OF_APPEAL)})", APPEAL_ORDER),
        ("unconflicted", "UPDATE", f"{MOVED} AND ({conflicted})", decisions.CONFLICT),
    ):
        yield Guard(f"appeal_{name}", "licensing_appeal", event, when, says)


def transfers(_vendor):
    kept = same(
        *("reference", "licence_id", "to_name", "application_id", "from_day", "because", "asked_by_id", "asked_at")
    )
    for name, event, when, says in (
        ("begins_asked", "INSERT", "NEW.status <> 'asked'", BEGINS),
        ("delete", "DELETE", ALWAYS, KEEPS),
        (
            "keeps", "UPDATE",
            f"NOT ({kept}) OR (OLD.answered_at IS NOT NULL AND NOT ({same('answered_by_id', 'answered_at')}))"
            f" OR (OLD.became_id IS NOT NULL AND NOT ({same('became_id')}))", KEEPS,
        ),
        ("moves_in_order", "UPDATE", f"{MOVED} AND NOT ({in_order(MOVES_OF_TRANSFER)})", ORDER),
        (
            "is_decided", "UPDATE",
            f"""{MOVED} AND (NEW.status = 'refused' AND NOT {TAKEN.format('refuse_transfer')}
                OR NEW.status = 'consented' AND NOT {TAKEN.format('allow_transfer')} AND NOT {ON_APPEAL})""", DECIDED,
        ),
    ):
        yield Guard(f"transfer_{name}", "licensing_transfer", event, when, says)


def decisions_on_transfers(_vendor):
    table, becomes_decided = "licensing_decision", decisions.BECOMES_DECIDED

    def conflicted(officer, transfer="NEW.transfer_id"):
        return decisions.conflicted(officer, OTHER.format(transfer=transfer))

    for name, of, event, when, says in (
        ("decision_proposed_other_unconflicted", table, "INSERT", conflicted("NEW.proposed_by_id"), decisions.CONFLICT),
        (
            "decision_decided_other_unconflicted", table, "UPDATE",
            f"{becomes_decided} AND ({conflicted('NEW.decided_by_id')} OR {conflicted('NEW.proposed_by_id')})",
            decisions.CONFLICT,
        ),
        (
            "notice_other_unconflicted", "licensing_notice", "INSERT", conflicted("NEW.sent_by_id", OF_NOTICE),
            decisions.CONFLICT,
        ),
        (
            "decision_not_by_other_side", table, "UPDATE",
            f"{becomes_decided} AND NEW.transfer_id IS NOT NULL AND ({TWO_HATS})", OTHER_SIDE,
        ),
    ):
        yield Guard(name, of, event, when, says)


class Migration(migrations.Migration):
    dependencies = [("licensing", "0002_guards_of_decisions")]
    operations = [guards.CreateGuards("licensing", conditions, appeals, transfers, decisions_on_transfers)]
