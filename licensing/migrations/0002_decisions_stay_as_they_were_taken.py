"""What was notified stays as it was notified, what was decided as it was decided, and no hidden ground or second hat gets by.

The rules say the same with reasons; these triggers hold for whoever comes by SQL (trust.md G7, T9). On both engines. A
later migration that alters one of these tables on SQLite makes it anew, without its triggers: pull these up before it
and plant them after it.
"""

from django.db import migrations

DECIDED = "a decision that has been taken does not change"
GROUNDS = "grounds do not change once the subject has been notified"
UNHEARD = "a decision relies only on grounds that were notified"
HATS = "a decision is taken by somebody who neither assessed nor inspected"

OPEN = "EXISTS (SELECT 1 FROM licensing_decision WHERE id = {row}.decision_id AND status = 'proposed')"
# The one change of a ground that is no change of its words: that it has been notified.
SAME_WORDS = (
    "OLD.decision_id = NEW.decision_id AND OLD.standard = NEW.standard AND OLD.text = NEW.text"
    " AND OLD.evidence = NEW.evidence AND OLD.notified_at IS NULL"
)
TAKEN = "OLD.status <> 'decided' AND NEW.status = 'decided'"
HIDDEN = """NEW.kind <> 'grant' AND (
    EXISTS (SELECT 1 FROM licensing_ground WHERE decision_id = NEW.id AND notified_at IS NULL)
    OR NOT EXISTS (SELECT 1 FROM licensing_ground WHERE decision_id = NEW.id))"""
TWO_HATS = """EXISTS (SELECT 1 FROM licensing_application
                      WHERE id = NEW.application_id AND case_officer_id = NEW.decided_by_id)
           OR EXISTS (SELECT 1 FROM licensing_decision_inspections relied
                      JOIN compliance_inspection ON compliance_inspection.id = relied.inspection_id
                      WHERE relied.decision_id = NEW.id AND compliance_inspection.inspector_id = NEW.decided_by_id)"""

SQLITE = {
    "decision_taken_update": ("BEFORE UPDATE ON licensing_decision", "OLD.status = 'decided'", DECIDED),
    "decision_taken_delete": ("BEFORE DELETE ON licensing_decision", "OLD.status = 'decided'", DECIDED),
    "decision_hears_every_ground": ("BEFORE UPDATE ON licensing_decision", f"{TAKEN} AND ({HIDDEN})", UNHEARD),
    "decision_by_another_hat": ("BEFORE UPDATE ON licensing_decision", f"{TAKEN} AND ({TWO_HATS})", HATS),
    "ground_notified_insert": ("BEFORE INSERT ON licensing_ground", f"NOT {OPEN.format(row='NEW')}", GROUNDS),
    "ground_notified_update": (
        "BEFORE UPDATE ON licensing_ground",
        f"NOT {OPEN.format(row='OLD')} AND NOT ({SAME_WORDS})",
        GROUNDS,
    ),
    "ground_notified_delete": ("BEFORE DELETE ON licensing_ground", f"NOT {OPEN.format(row='OLD')}", GROUNDS),
}


def _raising(name, message, when="", returns="NEW"):
    raised = f"RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation';"
    body = f"IF {when} THEN {raised} END IF; RETURN {returns};" if when else raised
    return f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$"


POSTGRESQL = [
    _raising("licensing_decision_taken", DECIDED),
    """CREATE TRIGGER decision_taken BEFORE UPDATE OR DELETE ON licensing_decision
       FOR EACH ROW WHEN (OLD.status = 'decided') EXECUTE FUNCTION licensing_decision_taken()""",
    _raising("licensing_hears_every_ground", UNHEARD, HIDDEN),
    f"""CREATE TRIGGER decision_hears_every_ground BEFORE UPDATE ON licensing_decision
        FOR EACH ROW WHEN ({TAKEN}) EXECUTE FUNCTION licensing_hears_every_ground()""",
    _raising("licensing_another_hat", HATS, TWO_HATS),
    f"""CREATE TRIGGER decision_by_another_hat BEFORE UPDATE ON licensing_decision
        FOR EACH ROW WHEN ({TAKEN}) EXECUTE FUNCTION licensing_another_hat()""",
    _raising("licensing_ground_insert", GROUNDS, f"NOT {OPEN.format(row='NEW')}"),
    """CREATE TRIGGER ground_notified_insert BEFORE INSERT ON licensing_ground
       FOR EACH ROW EXECUTE FUNCTION licensing_ground_insert()""",
    _raising("licensing_ground_update", GROUNDS, f"NOT {OPEN.format(row='OLD')} AND NOT ({SAME_WORDS})"),
    """CREATE TRIGGER ground_notified_update BEFORE UPDATE ON licensing_ground
       FOR EACH ROW EXECUTE FUNCTION licensing_ground_update()""",
    _raising("licensing_ground_delete", GROUNDS, f"NOT {OPEN.format(row='OLD')}", returns="OLD"),
    """CREATE TRIGGER ground_notified_delete BEFORE DELETE ON licensing_ground
       FOR EACH ROW EXECUTE FUNCTION licensing_ground_delete()""",
]
POSTGRESQL_BACK = [
    "DROP TRIGGER decision_taken ON licensing_decision",
    "DROP TRIGGER decision_hears_every_ground ON licensing_decision",
    "DROP TRIGGER decision_by_another_hat ON licensing_decision",
    "DROP TRIGGER ground_notified_insert ON licensing_ground",
    "DROP TRIGGER ground_notified_update ON licensing_ground",
    "DROP TRIGGER ground_notified_delete ON licensing_ground",
    "DROP FUNCTION licensing_decision_taken",
    "DROP FUNCTION licensing_hears_every_ground",
    "DROP FUNCTION licensing_another_hat",
    "DROP FUNCTION licensing_ground_insert",
    "DROP FUNCTION licensing_ground_update",
    "DROP FUNCTION licensing_ground_delete",
]


def plant(apps, schema_editor):
    statements = POSTGRESQL
    if schema_editor.connection.vendor == "sqlite":
        statements = [
            f"CREATE TRIGGER {name} {event} FOR EACH ROW WHEN {when} BEGIN SELECT RAISE(ABORT, '{message}'); END"
            for name, (event, when, message) in SQLITE.items()
        ]
    for statement in statements:
        schema_editor.execute(statement, params=None)


def pull_up(apps, schema_editor):
    statements = POSTGRESQL_BACK
    if schema_editor.connection.vendor == "sqlite":
        statements = [f"DROP TRIGGER {name}" for name in SQLITE]
    for statement in statements:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("licensing", "0001_initial"), ("compliance", "0003_reports_stay_as_they_are")]
    operations = [migrations.RunPython(plant, pull_up)]
