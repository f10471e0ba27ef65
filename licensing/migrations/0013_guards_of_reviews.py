"""A proposal may end without agreement; comments, advice and the answers stay as they were written; why it cannot wait was told."""

from importlib import import_module

from django.db import migrations

from registry.migrations import _guards as guards
from registry.migrations._guards import Guard, changed, same

decisions = import_module("licensing.migrations.0002_guards_of_decisions")
TABLE, REVIEW = "licensing_decision", "licensing_decisionreview"
STAYS = "what was asked before a decision, and the answer, stay as they were written"
REPLACED = ("decision_moves_in_order", "decision_keeps_terms")


def _of_decisions(vendor):
    return (one for one in decisions.decisions(vendor) if one.name in REPLACED)


def former(vendor):
    yield from _of_decisions(vendor)


def now(_vendor):
    unheard = f"NEW.kind IN ({decisions.UNHEARD})"
    order = f"""(OLD.status = 'proposed' AND NEW.status = 'notified')
        OR (OLD.status IN ('proposed', 'notified') AND NEW.status IN ('dropped', 'proposed', 'not_agreed'))
        OR (OLD.status = 'notified' AND NEW.status = 'decided')
        OR (OLD.status = 'proposed' AND NEW.status = 'decided' AND {unheard})"""
    told = same(*decisions.TOLD, "immediate_because")
    yield Guard(
        "decision_moves_in_order", TABLE, "UPDATE", f"NEW.status <> OLD.status AND NOT ({order})", decisions.ORDER
    )
    yield Guard(
        "decision_keeps_terms", TABLE, "UPDATE",
        f"OLD.notified_at IS NOT NULL AND (NEW.notified_at IS NULL OR NOT ({told}))", decisions.TERMS,
    )
    yield Guard(
        "decision_not_agreed_by_another", TABLE, "UPDATE",
        "NEW.status = 'not_agreed' AND (NEW.not_agreed_by_id IS NULL OR NEW.not_agreed_by_id = NEW.proposed_by_id)",
        "someone other than the proposer does not agree",
    )
    yield Guard("decision_not_agreed_stays", TABLE, "UPDATE", "OLD.status = 'not_agreed'", decisions.ORDER)


def reviews(_vendor):
    asked = ("decision_id", "kind", "comments", "to_id", "due_on", "asked_by_id", "asked_at", "reference")
    yield Guard("review_stays", REVIEW, "UPDATE", f"OLD.status <> 'open' OR {changed(*asked)}", STAYS)
    yield Guard("review_is_kept", REVIEW, "DELETE", guards.ALWAYS, STAYS)


class Migration(migrations.Migration):
    dependencies = [("licensing", "0012_proposals_are_judged")]
    operations = [
        guards.DropGuards("licensing", former),
        guards.CreateGuards("licensing", now, reviews),
    ]
