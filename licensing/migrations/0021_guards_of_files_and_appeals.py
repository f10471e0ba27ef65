"""What is on a file stays; an appeal can be sent back, and its outcome corrected until it is carried out; more time is held."""

from importlib import import_module

from django.db import migrations

from registry.migrations import _guards as guards
from registry.migrations._guards import ALWAYS, CONFLICT, Guard, changed, conflicted, in_order, same

decisions = import_module("licensing.migrations.0002_guards_of_decisions")
appeals = import_module("licensing.migrations.0003_guards_of_conditions_appeals_and_transfers")
APPEAL, ENTRY, DECISION, TRANSFER = "licensing_appeal", "licensing_fileentry", "licensing_decision", "licensing_transfer"
REPLACED = ("appeal_over", "appeal_keeps", "appeal_moves_in_order", "transfer_moves_in_order", "decision_waits_for_reply")
STAYS = "what was put on a file stays as it was put there"
ENDED = ("outcome", "ended_on", "effect_on", "ended_by_id", "put_standard", "put_requirement", "put_due_on", "put_until")
MOVES = appeals.MOVES_OF_APPEAL | {"ended": ("closed", "sent_back"), "sent_back": ("closed",)}
MOVES_OF_ENTRY = {
    "arrived": ("filed", "to_read", "set_aside"),
    "to_read": ("filed", "set_aside"),
    "filed": ("set_aside",),
}


def former(vendor):
    yield from (one for one in appeals.appeals(vendor) if one.name in REPLACED)
    yield from (one for one in appeals.transfers(vendor) if one.name in REPLACED)
    yield from (one for one in decisions.decisions(vendor) if one.name in REPLACED)


def now(vendor):
    yield Guard("appeal_over", APPEAL, "UPDATE", "OLD.status IN ('closed', 'disregarded')", appeals.APPEAL_CLOSED)
    # Until it is carried out an outcome is corrected by a person, at a time.
    uncorrected = f"(NEW.status <> 'ended' OR {same('ended_at', 'ended_by_id')})"
    ended = f"OLD.status IN ('ended', 'sent_back') AND {uncorrected} AND NOT ({same(*ENDED)})"
    kept = f"NOT ({same('decision_id', 'reference')}) OR ({ended})"
    yield Guard("appeal_keeps", APPEAL, "UPDATE", kept, appeals.APPEAL_KEEPS)
    moved = f"NEW.status <> OLD.status AND NOT ({in_order(MOVES)})"
    yield Guard("appeal_moves_in_order", APPEAL, "UPDATE", moved, appeals.APPEAL_ORDER)
    moves = appeals.MOVES_OF_TRANSFER | {"refused": ("consented", "agreed")}
    moved = f"NEW.status <> OLD.status AND NOT ({in_order(moves)})"
    yield Guard("transfer_moves_in_order", TRANSFER, "UPDATE", moved, appeals.ORDER)
    day = decisions.LONDON_DAY[vendor].format("NEW.decided_at")
    waits = f"""{decisions.BECOMES_DECIDED} AND NOT NEW.kind IN ({decisions.UNHEARD}) AND NOT NEW.immediate
        AND ({day} <= ({decisions.LAST_DAY}) OR {day} <= NEW.reply_by) AND NOT EXISTS ({decisions.WHOLE})"""
    yield Guard("decision_waits_for_reply", DECISION, "UPDATE", waits, decisions.HEARING)


def entries(_vendor):
    kept = (
        *("reference", "kind", "direction", "with_whom", "address", "title", "text", "happened_on", "may_be_shown"),
        *("mail_id", "added_by_id", "added_at"),
    )
    on = ("application_id", "licence_id", "decision_id", "appeal_id", "organisation_id")
    moved = f"NEW.status <> OLD.status AND NOT ({in_order(MOVES_OF_ENTRY)})"
    matched = f"OLD.status <> 'arrived' AND ({changed(*on)})"
    unconflicted = f"NEW.organisation_id IS NOT NULL AND {conflicted('NEW.added_by_id')} AND NEW.kind <> 'mail'"
    yield Guard("file_entry_stays", ENTRY, "UPDATE", f"NOT ({same(*kept)}) OR {matched} OR {moved}", STAYS)
    yield Guard("file_entry_is_kept", ENTRY, "DELETE", ALWAYS, STAYS)
    yield Guard("file_entry_unconflicted", ENTRY, "INSERT", unconflicted, CONFLICT)


class Migration(migrations.Migration):
    dependencies = [("licensing", "0020_files_and_outcomes_of_appeals")]
    operations = [
        guards.DropGuards("licensing", former),
        guards.CreateGuards("licensing", now, entries),
    ]
