"""What was scored, listed, drawn, chosen or proposed is not rewritten, whoever comes by SQL, on both engines.

The rules say so with a reason. As in 0003: a later migration that alters one of these tables on SQLite makes it anew,
without its triggers, and plants them again.
"""

from django.db import migrations

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
)  # fmt: skip
SETTLED = ("adopted_by_id", "adopted_at", "holds_from", "dropped_by_id", "dropped_at")


def other(*columns):
    return " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in columns)


#: Name, table, event, when it is refused, and what is said. "TRUE" is always.
TRIGGERS = (
    (
        "score_stays",
        "compliance_licencescore",
        "UPDATE",
        f"{other(*SCORED)} OR OLD.replaced_at IS NOT NULL",
        SCORES,
    ),
    ("score_is_kept", "compliance_licencescore", "DELETE", "TRUE", SCORES),
    (
        "round_stays",
        "compliance_visitround",
        "UPDATE",
        f"""{other(*OPENED)}
            OR OLD.status <> 'opened' AND ({other(*FIXED)})
            OR OLD.status = 'drawn' AND ({other('status', 'drawn_at')})
            OR NEW.status <> OLD.status
               AND NOT (OLD.status = 'opened' AND NEW.status = 'fixed' OR OLD.status = 'fixed' AND NEW.status = 'drawn')""",
        ROUNDS,
    ),
    ("round_is_kept", "compliance_visitround", "DELETE", "TRUE", ROUNDS),
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
        f"{other(*CHOSEN)} OR OLD.inspection_id IS NOT NULL",
        CHOICES,
    ),
    ("choice_is_kept", "compliance_choice", "DELETE", "TRUE", CHOICES),
    (
        "weighting_stays",
        "compliance_weighting",
        "UPDATE",
        f"""{other(*PROPOSED)}
            OR (OLD.adopted_at IS NOT NULL OR OLD.dropped_at IS NOT NULL) AND ({other(*SETTLED)})""",
        WEIGHTS,
    ),
    (
        "weighting_begins_as_proposed",
        "compliance_weighting",
        "INSERT",
        "NEW.adopted_at IS NOT NULL OR NEW.dropped_at IS NOT NULL",
        "weights are proposed first, and adopted by somebody else",
    ),
    ("weighting_is_kept", "compliance_weighting", "DELETE", "TRUE", WEIGHTS),
    (
        "weight_step_in_its_time",
        "compliance_weightstep",
        "INSERT",
        """EXISTS (SELECT 1 FROM compliance_weighting one WHERE one.id = NEW.weighting_id
           AND (one.adopted_at IS NOT NULL OR one.dropped_at IS NOT NULL))""",
        WEIGHTS,
    ),
    ("weight_step_stays", "compliance_weightstep", "UPDATE", "TRUE", WEIGHTS),
    ("weight_step_is_kept", "compliance_weightstep", "DELETE", "TRUE", WEIGHTS),
)


def statements(vendor):
    for name, table, event, when, said in TRIGGERS:
        if vendor == "sqlite":
            # SQLite knows IS DISTINCT FROM only since 3.39.
            when = when.replace("IS DISTINCT FROM", "IS NOT")
            yield (
                f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW WHEN {when} "
                f"BEGIN SELECT RAISE(ABORT, '{said}'); END"
            )
        else:
            back = "OLD" if event == "DELETE" else "NEW"
            yield f"""CREATE FUNCTION compliance_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                IF {when} THEN RAISE EXCEPTION '{said}' USING ERRCODE = 'integrity_constraint_violation'; END IF;
                RETURN {back}; END $$"""
            yield f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION compliance_{name}()"


def plant(apps, schema_editor):
    for statement in statements(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


def pull_up(apps, schema_editor):
    for name, table, *_rest in TRIGGERS:
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(f"DROP TRIGGER {name}")
        else:
            schema_editor.execute(f"DROP TRIGGER {name} ON {table}")
            schema_editor.execute(f"DROP FUNCTION compliance_{name}")


class Migration(migrations.Migration):
    dependencies = [("compliance", "0018_weights_of_ones_own")]
    operations = [migrations.RunPython(plant, pull_up)]
