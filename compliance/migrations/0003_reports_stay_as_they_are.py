"""Results change only while their inspection is being carried out; a confirmed inspection never changes. On both engines.

A later migration that alters one of these two tables on SQLite makes it anew, without its triggers: pull these up before
it and plant them after it.
"""

from django.db import migrations

RESULTS = "results change only while the inspection is being carried out"
CONFIRMED = "a confirmed inspection does not change"
EVIDENCE = "a report has evidence for every standard that is not met"

# Whether the inspection that a result belongs to is past being carried out.
LOCKED = "EXISTS (SELECT 1 FROM compliance_inspection WHERE id = {row}.inspection_id AND status <> 'commissioned')"
UNPROVEN = "EXISTS (SELECT 1 FROM compliance_result WHERE inspection_id = NEW.id AND finding = 'not_met' AND TRIM(evidence) = '')"
LEAVES = "OLD.status = 'commissioned' AND NEW.status IN ('reported', 'confirmed')"

SQLITE = {
    "result_locked_insert": ("BEFORE INSERT ON compliance_result", LOCKED.format(row="NEW"), RESULTS),
    "result_locked_update": (
        "BEFORE UPDATE ON compliance_result",
        f"{LOCKED.format(row='OLD')} OR {LOCKED.format(row='NEW')}",
        RESULTS,
    ),
    "result_locked_delete": ("BEFORE DELETE ON compliance_result", LOCKED.format(row="OLD"), RESULTS),
    "inspection_confirmed_update": ("BEFORE UPDATE ON compliance_inspection", "OLD.status = 'confirmed'", CONFIRMED),
    "inspection_confirmed_delete": ("BEFORE DELETE ON compliance_inspection", "OLD.status = 'confirmed'", CONFIRMED),
    "inspection_report_has_evidence": ("BEFORE UPDATE ON compliance_inspection", f"{LEAVES} AND {UNPROVEN}", EVIDENCE),
}

POSTGRESQL = [
    f"""CREATE FUNCTION compliance_result_locked() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_OP <> 'INSERT' AND {LOCKED.format(row="OLD")} OR TG_OP <> 'DELETE' AND {LOCKED.format(row="NEW")} THEN
            RAISE EXCEPTION '{RESULTS}' USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
        END $$""",
    """CREATE TRIGGER result_locked BEFORE INSERT OR UPDATE OR DELETE ON compliance_result
       FOR EACH ROW EXECUTE FUNCTION compliance_result_locked()""",
    f"""CREATE FUNCTION compliance_inspection_confirmed() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '{CONFIRMED}' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    """CREATE TRIGGER inspection_confirmed BEFORE UPDATE OR DELETE ON compliance_inspection
       FOR EACH ROW WHEN (OLD.status = 'confirmed') EXECUTE FUNCTION compliance_inspection_confirmed()""",
    f"""CREATE FUNCTION compliance_report_has_evidence() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF {UNPROVEN} THEN
            RAISE EXCEPTION '{EVIDENCE}' USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          RETURN NEW;
        END $$""",
    f"""CREATE TRIGGER inspection_report_has_evidence BEFORE UPDATE ON compliance_inspection
        FOR EACH ROW WHEN ({LEAVES}) EXECUTE FUNCTION compliance_report_has_evidence()""",
]
POSTGRESQL_BACK = [
    "DROP TRIGGER result_locked ON compliance_result",
    "DROP TRIGGER inspection_confirmed ON compliance_inspection",
    "DROP TRIGGER inspection_report_has_evidence ON compliance_inspection",
    "DROP FUNCTION compliance_result_locked",
    "DROP FUNCTION compliance_inspection_confirmed",
    "DROP FUNCTION compliance_report_has_evidence",
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
    dependencies = [("compliance", "0002_results_may_be_unfinished")]
    operations = [migrations.RunPython(plant, pull_up)]
