"""Ground, evidence, notice, reply, conclusion, decision: the chain holds for whoever comes by SQL, on both engines.

Who proposed is never changed; what was notified stays as it was; moves are made in order; nothing is decided before the
subject has been heard, without reasons, on a ground that was not notified or not concluded, by who has a conflict of
interest, nor by who assessed, inspected, typed in or checked (docs/rules.md G7, T9). The rules say the same with reasons.
"""

from django.db import migrations

from registry.migrations import _guards as guards
from registry.migrations._guards import ALWAYS, CONFLICT, Guard, same

DECIDED = "a decision that has been taken does not change"
BEGINS = "a decision begins as a proposal"
PROPOSER = "what a decision is about, and who proposed it, does not change"
TERMS = "a proposal does not change once the subject has been notified"
ORDER = "a decision is not moved so"
HEARING = "a decision waits until the subject has been heard"
GROUNDS = "grounds and evidence do not change once the subject has been notified"
RELIES = "a decision relies only on grounds that were notified"
CONCLUDED = "a decision says of each ground whether it holds, and upholds one"
HATS = "a decision is taken by somebody who neither assessed nor inspected"
TYPIST = "a decision is taken by somebody who did not type the application in"
VERIFIED = "a decision is taken by somebody who did not check the condition"
CHECKS = "what was found at a desk does not change"
NOTICES = "notices and replies do not change"
MESSAGES = "messages are append-only"
READ = "a message can only be read, once"
NOTES = "notes are append-only"

#: Kinds of decision that nobody need be heard on first.
UNHEARD = "'grant', 'surrender', 'lift', 'extend', 'discharge', 'allow_transfer'"
ABOUT = ("application_id", "licence_id", "condition_id", "transfer_id")
# What the notice says besides the grounds.
TOLD = ("because", "immediate", "until", "points", "score_proposes", "departs_because", "weighed")
BECOMES_DECIDED = "OLD.status <> 'decided' AND NEW.status = 'decided'"
# The day in London of an instant; on SQLite as if it were summer, which is at most an hour early.
LONDON_DAY = {
    "sqlite": "date({0}, '+1 hour')",
    "postgresql": "({0} AT TIME ZONE 'Europe/London')::date",
}
TWO_HATS = """EXISTS (SELECT 1 FROM licensing_application
                      WHERE id = NEW.application_id AND case_officer_id = NEW.decided_by_id)
           OR EXISTS (SELECT 1 FROM licensing_decision_inspections relied
                      JOIN compliance_inspection ON compliance_inspection.id = relied.inspection_id
                      WHERE relied.decision_id = NEW.id AND compliance_inspection.inspector_id = NEW.decided_by_id)"""
TYPED = """EXISTS (SELECT 1 FROM licensing_paper
                   WHERE application_id = NEW.application_id AND entered_by_id = NEW.decided_by_id)"""
OF_DESK = """EXISTS (SELECT 1 FROM licensing_deskcheck desk WHERE desk.checked_by_id = NEW.decided_by_id
                     AND (desk.condition_id = NEW.condition_id OR desk.id IN
                          (SELECT licensing_exhibit.desk_check_id FROM licensing_exhibit JOIN licensing_ground
                           ON licensing_ground.id = licensing_exhibit.ground_id
                           WHERE licensing_ground.decision_id = NEW.id)))"""
SUBJECT = """COALESCE((SELECT organisation_id FROM licensing_application WHERE id = {row}.application_id),
                      (SELECT organisation_id FROM registry_licence WHERE id = {row}.licence_id))"""
#: The organisation of the decision that a row belongs to.
OF_DECISION = f"""(SELECT {SUBJECT.format(row="decision")}
               FROM licensing_decision decision WHERE decision.id = NEW.decision_id)"""

NOTICE = "SELECT 1 FROM licensing_notice WHERE decision_id = NEW.id"
UNNOTICED = "SELECT 1 FROM licensing_ground WHERE decision_id = NEW.id AND notice_id IS NULL"
OF_GROUNDS = "SELECT 1 FROM licensing_ground WHERE decision_id = NEW.id"
WHOLE = """SELECT 1 FROM licensing_representation said JOIN licensing_notice ON licensing_notice.id = said.notice_id
           WHERE said.decision_id = NEW.id AND said.is_whole AND licensing_notice.number =
                 (SELECT MAX(number) FROM licensing_notice WHERE decision_id = NEW.id)"""
LAST_DAY = "SELECT MAX(reply_by) FROM licensing_notice WHERE decision_id = NEW.id"
OPEN_PROPOSAL = "EXISTS (SELECT 1 FROM licensing_decision WHERE id = {0}.decision_id AND status = 'proposed')"
NOT_OVER = "EXISTS (SELECT 1 FROM licensing_decision WHERE id = {0}.decision_id AND status IN ('proposed', 'notified'))"
OF_OPEN_GROUND = """EXISTS (SELECT 1 FROM licensing_ground JOIN licensing_decision
                            ON licensing_decision.id = licensing_ground.decision_id
                            WHERE licensing_ground.id = {0}.ground_id AND licensing_ground.notice_id IS NULL
                            AND licensing_decision.status = 'proposed')"""
NEVER_TOLD = """EXISTS (SELECT 1 FROM licensing_decision
                        WHERE id = {0}.decision_id AND status = 'proposed' AND notified_at IS NULL)"""


def conflicted(officer, organisation=None):
    return guards.conflicted(officer, organisation or SUBJECT.format(row="NEW"))


def decisions(vendor, unheard=UNHEARD, about=ABOUT):
    table, unheard_kind = "licensing_decision", f"NEW.kind IN ({unheard})"
    not_told = f"NOT EXISTS ({NOTICE}) OR NOT EXISTS ({OF_GROUNDS}) OR EXISTS ({UNNOTICED})"
    order = f"""(OLD.status = 'proposed' AND NEW.status = 'notified')
        OR (OLD.status IN ('proposed', 'notified') AND NEW.status IN ('dropped', 'proposed'))
        OR (OLD.status = 'notified' AND NEW.status = 'decided')
        OR (OLD.status = 'proposed' AND NEW.status = 'decided' AND {unheard_kind})"""
    for name, event, when, says in (
        ("begins_proposed", "INSERT", "NEW.status <> 'proposed'", BEGINS),
        ("taken", "UPDATE", "OLD.status = 'decided'", DECIDED),
        ("taken_out", "DELETE", "OLD.status = 'decided'", DECIDED),
        ("keeps_proposer", "UPDATE", f"NOT ({same('proposed_by_id', 'proposed_at', 'kind', *about)})", PROPOSER),
        ("keeps_terms", "UPDATE", f"OLD.notified_at IS NOT NULL AND (NEW.notified_at IS NULL OR NOT ({same(*TOLD)}))", TERMS),
        ("moves_in_order", "UPDATE", f"NEW.status <> OLD.status AND NOT ({order})", ORDER),
        ("notified_is_told", "UPDATE", f"OLD.status = 'proposed' AND NEW.status = 'notified' AND ({not_told})", RELIES),
        ("hears_every_ground", "UPDATE", f"{BECOMES_DECIDED} AND NOT {unheard_kind} AND ({not_told})", RELIES),
        (
            "waits_for_reply", "UPDATE",
            f"""{BECOMES_DECIDED} AND NOT {unheard_kind} AND NOT NEW.immediate
                AND {LONDON_DAY[vendor].format('NEW.decided_at')} <= ({LAST_DAY}) AND NOT EXISTS ({WHOLE})""", HEARING,
        ),
        (
            "concludes", "UPDATE",
            f"""{BECOMES_DECIDED} AND EXISTS ({OF_GROUNDS})
                AND (EXISTS ({OF_GROUNDS} AND upheld IS NULL) OR NOT EXISTS ({OF_GROUNDS} AND upheld))""", CONCLUDED,
        ),
        ("by_another_hat", "UPDATE", f"{BECOMES_DECIDED} AND ({TWO_HATS})", HATS),
        ("not_by_typist", "UPDATE", f"{BECOMES_DECIDED} AND {TYPED}", TYPIST),
        ("not_by_desk", "UPDATE", f"{BECOMES_DECIDED} AND {OF_DESK}", VERIFIED),
        ("proposed_unconflicted", "INSERT", conflicted("NEW.proposed_by_id"), CONFLICT),
        # Whoever has declared one since has put nothing forward that others could decide.
        (
            "decided_unconflicted", "UPDATE",
            f"{BECOMES_DECIDED} AND ({conflicted('NEW.decided_by_id')} OR {conflicted('NEW.proposed_by_id')})", CONFLICT,
        ),
    ):
        yield Guard(f"decision_{name}", table, event, when, says)


def grounds(_vendor):
    ground, open_proposal = "licensing_ground", OPEN_PROPOSAL.format("OLD")
    words = same("decision_id", "number", "standard", "condition_id", "text")
    # Of a ground that is there: it goes into a notice once, and is concluded while nothing has been decided.
    for name, event, when, says in (
        ("insert", "INSERT", f"NOT {OPEN_PROPOSAL.format('NEW')}", GROUNDS),
        ("keeps_words", "UPDATE", f"NOT ({words}) AND (OLD.notice_id IS NOT NULL OR NOT {open_proposal})", GROUNDS),
        (
            "noticed_once", "UPDATE",
            f"NOT ({same('notice_id')}) AND (OLD.notice_id IS NOT NULL OR NOT {open_proposal})", GROUNDS,
        ),
        (
            "concluded_in_time", "UPDATE",
            f"NOT ({same('upheld', 'concluded_because')}) AND NOT {NOT_OVER.format('OLD')}", DECIDED,
        ),
        ("delete", "DELETE", f"OLD.notice_id IS NOT NULL OR NOT {open_proposal}", GROUNDS),
    ):
        yield Guard(f"ground_{name}", ground, event, when, says)
    for name, table, while_, says in (
        ("exhibit", "licensing_exhibit", OF_OPEN_GROUND, GROUNDS),
        ("factor", "licensing_chosenfactor", NEVER_TOLD, TERMS),
    ):
        yield Guard(f"{name}_insert", table, "INSERT", f"NOT {while_.format('NEW')}", says)
        yield Guard(f"{name}_update", table, "UPDATE", f"NOT {while_.format('OLD')}", says)
        yield Guard(f"{name}_delete", table, "DELETE", f"NOT {while_.format('OLD')}", says)


def what_was_said(vendor):
    yield Guard("notice_insert", "licensing_notice", "INSERT", f"NOT {OPEN_PROPOSAL.format('NEW')}", NOTICES)
    yield Guard("notice_unconflicted", "licensing_notice", "INSERT", conflicted("NEW.sent_by_id", OF_DECISION), CONFLICT)
    yield Guard("representation_insert", "licensing_representation", "INSERT", f"NOT {NOT_OVER.format('NEW')}", NOTICES)
    for table in ("notice", "representation"):
        yield from guards.stays(f"licensing_{table}", table, NOTICES)
    yield from guards.stays("licensing_groundreply", "ground_reply", NOTICES)
    yield from guards.stays("licensing_deskcheck", "desk_check", CHECKS)
    yield from guards.stays("licensing_note", "note_no", NOTES)
    yield from guards.not_replaced(vendor, "licensing_note", "note_no", "id = NEW.id", NOTES)
    message = "licensing_message"
    yield Guard("message_no_delete", message, "DELETE", ALWAYS, MESSAGES)
    yield from guards.not_replaced(vendor, message, "message_no", "id = NEW.id", MESSAGES)
    kept = guards.changed("id", "application_id", "author_id", "from_authority", "text", "at")
    once = f"OLD.read_at IS NOT NULL OR NEW.read_at IS NULL OR {kept}"
    yield Guard("message_is_read_once", message, "UPDATE", once, READ)


def assessing(_vendor):
    unconflicted = conflicted("NEW.case_officer_id", "NEW.organisation_id")
    yield Guard("application_unconflicted", "licensing_application", "UPDATE OF case_officer_id", unconflicted, CONFLICT)


class Migration(migrations.Migration):
    dependencies = [("licensing", "0001_tables"), ("compliance", "0001_tables"), ("registry", "0002_guards")]
    operations = [guards.DropAllGuards("licensing"), guards.CreateGuards("licensing", decisions, grounds, what_was_said, assessing)]
