"""What was scored, drawn, chosen or proposed is not rewritten; what is proposed against somebody is approved by another.

Nobody with a conflict of interest acts, and what was served stays as it was. On both engines; the rules say the same with
reasons.
"""

from django.db import migrations

from registry.migrations import _guards as guards
from registry.migrations._guards import ALWAYS, CONFLICT, Guard, changed, conflicted

SCORES = "a score is not rewritten: what comes to something else is a new one"
ROUNDS = "a round of choosing is not rewritten"
CHOICES = "a choice is not rewritten"
WEIGHTS = "weights that were proposed are not rewritten"
OPENED = ("reference", "scheme", "version", "capacity", "by_lot", "seed", "commitment", "opened_by_id", "opened_at")
FIXED = ("listed", "list_digest", "fixed_at")
SCORED = ("licence_id", "scheme", "version", "weighting", "points", "signals", "gives", "made_at")
CHOSEN = ("round_id", "licence_id", "how", "because", "score_id", "chosen_by_id", "chosen_at")
PROPOSED = (
    "number", "scheme", "version", "against", "back_to_scheme", "because", "tried", "proposed_by_id", "proposed_at",
)
SETTLED = ("adopted_by_id", "adopted_at", "holds_from", "dropped_by_id", "dropped_at")

ORDER = "what is proposed is approved by another, one step after the other"
STAYS = "what was approved or served stays as it was"

CASE, UNDERTAKING = "compliance_unlicensedcase", "compliance_undertaking"
OF_UNDERTAKING = "(SELECT organisation_id FROM compliance_unlicensedcase WHERE id = NEW.case_id)"

#: Name, table, event, when it is refused, and what is said.
OF_CHOOSING = (
    (
        "score_stays",
        "compliance_licencescore",
        "UPDATE",
        f"{changed(*SCORED)} OR OLD.replaced_at IS NOT NULL",
        SCORES,
    ),
    ("score_is_kept", "compliance_licencescore", "DELETE", ALWAYS, SCORES),
    (
        "round_stays",
        "compliance_visitround",
        "UPDATE",
        f"""{changed(*OPENED)}
            OR OLD.status <> 'opened' AND ({changed(*FIXED)})
            OR OLD.status = 'drawn' AND ({changed('status', 'drawn_at')})
            OR NEW.status <> OLD.status
               AND NOT (OLD.status = 'opened' AND NEW.status = 'fixed' OR OLD.status = 'fixed' AND NEW.status = 'drawn')""",
        ROUNDS,
    ),
    ("round_is_kept", "compliance_visitround", "DELETE", ALWAYS, ROUNDS),
    (
        "choice_in_its_time",
        "compliance_choice",
        "INSERT",
        """NOT EXISTS (SELECT 1 FROM compliance_visitround one WHERE one.id = NEW.round_id
           AND (one.status = 'fixed' AND NEW.how = 'random' OR one.status = 'drawn' AND NEW.how = 'targeted'))""",
        "the lot is drawn from a fixed list, and the rest is chosen when it has been drawn",
    ),
    (
        "choice_stays",
        "compliance_choice",
        "UPDATE",
        f"{changed(*CHOSEN)} OR OLD.inspection_id IS NOT NULL",
        CHOICES,
    ),
    ("choice_is_kept", "compliance_choice", "DELETE", ALWAYS, CHOICES),
    (
        "weighting_stays",
        "compliance_weighting",
        "UPDATE",
        f"""{changed(*PROPOSED)}
            OR (OLD.adopted_at IS NOT NULL OR OLD.dropped_at IS NOT NULL) AND ({changed(*SETTLED)})""",
        WEIGHTS,
    ),
    (
        "weighting_begins_as_proposed",
        "compliance_weighting",
        "INSERT",
        "NEW.adopted_at IS NOT NULL OR NEW.dropped_at IS NOT NULL",
        "weights are proposed first, and adopted by somebody else",
    ),
    ("weighting_is_kept", "compliance_weighting", "DELETE", ALWAYS, WEIGHTS),
    (
        "weight_step_in_its_time",
        "compliance_weightstep",
        "INSERT",
        """EXISTS (SELECT 1 FROM compliance_weighting one WHERE one.id = NEW.weighting_id
           AND (one.adopted_at IS NOT NULL OR one.dropped_at IS NOT NULL))""",
        WEIGHTS,
    ),
    ("weight_step_stays", "compliance_weightstep", "UPDATE", ALWAYS, WEIGHTS),
    ("weight_step_is_kept", "compliance_weightstep", "DELETE", ALWAYS, WEIGHTS),
)

OF_ENFORCEMENT = (
    ("case_begins_unconflicted", CASE, "INSERT", conflicted("NEW.officer_id"), CONFLICT),
    ("case_begins_open", CASE, "INSERT", "NEW.status <> 'open' OR NEW.approved_by_id IS NOT NULL", ORDER),
    (
        "case_moves_unconflicted", CASE, "UPDATE",
        f"""NEW.status <> OLD.status AND (NEW.status = 'proposed' AND {conflicted("NEW.proposed_by_id")}
            OR OLD.status = 'proposed' AND NEW.status IN ('referred', 'closed')
               AND {conflicted("NEW.approved_by_id")})""", CONFLICT,
    ),
    (
        "case_moves_in_order", CASE, "UPDATE",
        """NEW.status <> OLD.status AND NOT (OLD.status = 'open' AND NEW.status = 'proposed'
            OR OLD.status = 'proposed' AND NEW.status IN ('open', 'referred', 'closed')
            OR OLD.status = 'referred' AND NEW.status = 'closed')""", ORDER,
    ),
    (
        "case_approved_stays", CASE, "UPDATE",
        f"""OLD.status IN ('referred', 'closed') AND ({changed("outcome", "proposed_by_id", "proposed_because",
            "approved_by_id", "approved_because", "organisation_id", "described")})
            OR OLD.status = 'closed' AND ({changed("result", "result_on", "sentence")})
            OR {changed("against", "officer_id", "opened_at", "reference")}""", STAYS,
    ),
    ("case_stays", CASE, "DELETE", ALWAYS, STAYS),
    (
        "user_notice_stays", "compliance_usernotice", "UPDATE",
        f"""{changed("case_id", "step", "supplier", "because", "letter_id", "by_id", "at")}
            OR OLD.acknowledged_on IS NOT NULL""", STAYS,
    ),
    ("user_notice_never_goes", "compliance_usernotice", "DELETE", ALWAYS, STAYS),
    ("undertaking_begins_as_a_draft", UNDERTAKING, "INSERT", "NEW.status <> 'draft' OR NEW.served_by_id IS NOT NULL", ORDER),
    ("undertaking_begins_unconflicted", UNDERTAKING, "INSERT", conflicted("NEW.drafted_by_id", OF_UNDERTAKING), CONFLICT),
    (
        "undertaking_moves_unconflicted", UNDERTAKING, "UPDATE",
        f"""OLD.status = 'draft' AND NEW.status = 'notice' AND {conflicted("NEW.served_by_id", OF_UNDERTAKING)}
            OR NEW.status = 'order_applied' AND OLD.status <> 'order_applied'
               AND {conflicted("NEW.applied_by_id", OF_UNDERTAKING)}""", CONFLICT,
    ),
    (
        "undertaking_moves_in_order", UNDERTAKING, "UPDATE",
        """NEW.status <> OLD.status AND NOT (
            OLD.status = 'draft' AND NEW.status IN ('notice', 'discarded')
            OR OLD.status = 'notice' AND NEW.status IN ('negotiating', 'accepted', 'refused', 'lapsed')
            OR OLD.status = 'negotiating' AND NEW.status IN ('accepted', 'refused', 'lapsed')
            OR OLD.status = 'accepted' AND NEW.status IN ('released', 'breached', 'ended')
            OR OLD.status IN ('refused', 'lapsed', 'breached') AND NEW.status = 'order_applied'
            OR OLD.status = 'order_applied' AND NEW.status IN ('order_made', 'order_dismissed')
            OR OLD.status IN ('order_made', 'order_varied')
               AND NEW.status IN ('order_varied', 'order_discharged', 'order_ended'))""", ORDER,
    ),
    (
        "undertaking_served_stays", UNDERTAKING, "UPDATE",
        f"""OLD.status <> 'draft' AND ({changed("case_id", "offence", "reasons", "months", "drafted_by_id", "served_by_id",
            "served_at")})
            OR OLD.status NOT IN ('notice', 'negotiating') AND OLD.status <> 'draft'
               AND ({changed("starts_on", "until", "negotiate_by")})""", STAYS,
    ),
    ("undertaking_stays", UNDERTAKING, "DELETE", ALWAYS, STAYS),
    (
        "measure_joins_a_draft", "compliance_measure", "INSERT",
        "NOT EXISTS (SELECT 1 FROM compliance_undertaking WHERE id = NEW.undertaking_id AND status = 'draft')", STAYS,
    ),
    (
        "measure_stays", "compliance_measure", "UPDATE",
        "NOT EXISTS (SELECT 1 FROM compliance_undertaking WHERE id = OLD.undertaking_id AND status = 'draft')", STAYS,
    ),
    (
        "measure_never_goes", "compliance_measure", "DELETE",
        "NOT EXISTS (SELECT 1 FROM compliance_undertaking WHERE id = OLD.undertaking_id AND status = 'draft')", STAYS,
    ),
)


def choosing(_vendor):
    yield from (Guard(*one) for one in OF_CHOOSING)


def enforcement(_vendor):
    yield from (Guard(*one) for one in OF_ENFORCEMENT)


class Migration(migrations.Migration):
    dependencies = [("compliance", "0003_guards_of_people")]
    operations = [guards.CreateGuards("compliance", choosing, enforcement)]
