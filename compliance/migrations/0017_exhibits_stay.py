"""The register of exhibits changes only while the inspection is carried out, and the chain of custody only grows."""

from django.db import migrations

REGISTER = "the register of exhibits changes only while the inspection is carried out"
NO_MORE = "an exhibit is struck out, never deleted"
CUSTODY = "the chain of custody only grows"
LOCKED = "EXISTS (SELECT 1 FROM compliance_inspection WHERE id = {row}.inspection_id AND status <> 'commissioned')"

SQLITE = {
    "evidence_locked_insert": ("BEFORE INSERT ON compliance_evidenceitem", f"WHEN {LOCKED.format(row='NEW')}", REGISTER),
    "evidence_locked_update": (
        "BEFORE UPDATE ON compliance_evidenceitem",
        f"WHEN {LOCKED.format(row='OLD')} OR {LOCKED.format(row='NEW')}",
        REGISTER,
    ),
    "evidence_stays": ("BEFORE DELETE ON compliance_evidenceitem", "", NO_MORE),
    "custody_update": ("BEFORE UPDATE ON compliance_custody", "", CUSTODY),
    "custody_delete": ("BEFORE DELETE ON compliance_custody", "", CUSTODY),
}

POSTGRESQL = [
    f"""CREATE FUNCTION compliance_evidence_locked() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_OP = 'DELETE' THEN
            RAISE EXCEPTION '{NO_MORE}' USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          IF TG_OP = 'UPDATE' AND {LOCKED.format(row="OLD")} OR {LOCKED.format(row="NEW")} THEN
            RAISE EXCEPTION '{REGISTER}' USING ERRCODE = 'integrity_constraint_violation';
          END IF;
          RETURN NEW;
        END $$""",
    """CREATE TRIGGER evidence_locked BEFORE INSERT OR UPDATE OR DELETE ON compliance_evidenceitem
       FOR EACH ROW EXECUTE FUNCTION compliance_evidence_locked()""",
    f"""CREATE FUNCTION compliance_custody_grows() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '{CUSTODY}' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    """CREATE TRIGGER custody_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON compliance_custody
       FOR EACH STATEMENT EXECUTE FUNCTION compliance_custody_grows()""",
]
POSTGRESQL_BACK = [
    "DROP TRIGGER evidence_locked ON compliance_evidenceitem",
    "DROP TRIGGER custody_grows ON compliance_custody",
    "DROP FUNCTION compliance_evidence_locked",
    "DROP FUNCTION compliance_custody_grows",
]


def plant(apps, schema_editor):
    statements = POSTGRESQL
    if schema_editor.connection.vendor == "sqlite":
        statements = [
            f"CREATE TRIGGER {name} {event} FOR EACH ROW {when} BEGIN SELECT RAISE(ABORT, '{message}'); END"
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
    dependencies = [("compliance", "0016_exhibits")]
    operations = [migrations.RunPython(plant, pull_up)]
