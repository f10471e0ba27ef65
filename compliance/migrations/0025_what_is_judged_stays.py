"""What was judged, answered and counted stays: on both engines."""

from django.db import migrations

JUDGED = "what was judged to be put right, or not, stays"
ANSWERED = "what the business answered stays"
COUNTED = "what was confirmed or turned down stays"
SAME = ("inspection_id", "number", "kind", "workers", "pence", "shown_by", "exhibit_id", "recorded_by_id")
DIFFERS = " OR ".join(f"NEW.{field} {{distinct}} OLD.{field}" for field in SAME)

# Table, event, when, what is said.
TRIGGERS = {
    "followup_update": ("compliance_followup", "UPDATE", "OLD.status IN ('met', 'not_met')", JUDGED),
    "followup_delete": ("compliance_followup", "DELETE", "", JUDGED),
    "followupanswer_update": ("compliance_followupanswer", "UPDATE", "", ANSWERED),
    "followupanswer_delete": ("compliance_followupanswer", "DELETE", "", ANSWERED),
    "remedy_update": (
        "compliance_remedy",
        "UPDATE",
        f"OLD.confirmed_at IS NOT NULL OR OLD.turned_down_because <> '' OR {DIFFERS}",
        COUNTED,
    ),
    "remedy_delete": ("compliance_remedy", "DELETE", "", COUNTED),
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
    dependencies = [("compliance", "0024_follow_ups_and_remedies")]
    operations = [migrations.RunPython(plant, pull_up)]
