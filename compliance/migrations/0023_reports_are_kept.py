"""Versions of a report, what was sent and what was replied stay; words for the business change only during the inspection."""

from django.db import migrations

WORDING = "what the business reads changes only while the inspection is carried out"
VERSION = "a version of a report stays as it was handed in"
SENT = "what was sent to the business stays"
REPLY = "what the business replied stays"
LOCKED = "EXISTS (SELECT 1 FROM compliance_inspection WHERE id = {row}.inspection_id AND status <> 'commissioned')"
CONFIRMED = "EXISTS (SELECT 1 FROM compliance_inspection WHERE id = {row}.inspection_id AND status = 'confirmed')"
SAME = ("inspection_id", "number", "content", "digest", "reported_by_id", "reported_at")
DIFFERS = " OR ".join(f"NEW.{field} {{distinct}} OLD.{field}" for field in SAME)
CHANGES = "OLD.returned_at IS NOT NULL OR NEW.returned_at IS NULL OR " + CONFIRMED.format(row="OLD")

# Table, event, when, what is said.
TRIGGERS = {
    "wording_insert": ("compliance_wording", "INSERT", LOCKED.format(row="NEW"), WORDING),
    "wording_update": (
        "compliance_wording",
        "UPDATE",
        f"{LOCKED.format(row='OLD')} OR {LOCKED.format(row='NEW')}",
        WORDING,
    ),
    "wording_delete": ("compliance_wording", "DELETE", LOCKED.format(row="OLD"), WORDING),
    "version_insert": ("compliance_reportversion", "INSERT", CONFIRMED.format(row="NEW"), VERSION),
    "version_update": ("compliance_reportversion", "UPDATE", f"{CHANGES} OR {DIFFERS}", VERSION),
    "version_delete": ("compliance_reportversion", "DELETE", "", VERSION),
    "sending_update": ("compliance_reportsending", "UPDATE", "", SENT),
    "sending_delete": ("compliance_reportsending", "DELETE", "", SENT),
    "reportreply_update": ("compliance_reportreply", "UPDATE", "", REPLY),
    "reportreply_delete": ("compliance_reportreply", "DELETE", "", REPLY),
}


def statements(vendor):
    distinct = "IS NOT" if vendor == "sqlite" else "IS DISTINCT FROM"
    for name, (table, event, when, message) in TRIGGERS.items():
        judged = when.format(distinct=distinct) or "TRUE"
        if vendor == "sqlite":
            yield (
                f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW WHEN {judged} "
                f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
            )
        else:
            row = "OLD" if event == "DELETE" else "NEW"
            yield f"""CREATE FUNCTION compliance_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                IF {judged} THEN RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; END IF;
                RETURN {row}; END $$"""
            yield f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION compliance_{name}()"


def plant(apps, schema_editor):
    for statement in statements(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


def pull_up(apps, schema_editor):
    for name, (table, _event, _when, _message) in TRIGGERS.items():
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(f"DROP TRIGGER {name}")
        else:
            schema_editor.execute(f"DROP TRIGGER {name} ON {table}")
            schema_editor.execute(f"DROP FUNCTION compliance_{name}")


class Migration(migrations.Migration):
    dependencies = [("compliance", "0022_versions_of_reports")]
    operations = [migrations.RunPython(plant, pull_up)]
