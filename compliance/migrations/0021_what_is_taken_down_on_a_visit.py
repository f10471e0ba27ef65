"""What is taken down on a visit changes only while the visit is carried out; drawings, signatures and what a device sent stay.

A later migration that alters one of these tables on SQLite makes it anew, without its triggers: pull these up before it
and plant them after it.
"""

from django.db import migrations

LATE = "what was taken down on a visit changes only while the inspection is being carried out"
STAYS = "what was drawn, signed or sent from a device stays as it was"

LOCKED = "EXISTS (SELECT 1 FROM compliance_inspection WHERE id = {row}.inspection_id AND status <> 'commissioned')"
#: Tables whose rows may change, but only in time.
IN_TIME = ("compliance_interview", "compliance_seenindicator")
#: Tables to which rows are only added, in time.
ADDED = ("compliance_sample", "compliance_signature")
#: What a device sent is settled once, where there were two versions.
ITEM_KEPT = ("key", "device_id", "inspection_id", "sequence", "part", "of", "base", "written_at", "received_at", "outcome")
ITEM_CHANGED = " OR ".join(f'OLD."{name}" <> NEW."{name}"' for name in ITEM_KEPT) + " OR OLD.settled <> ''"
SAME_CONTENT = {"sqlite": "OLD.content <> NEW.content", "postgresql": "OLD.content::text <> NEW.content::text"}


def statements(vendor):
    """Name, table, when it happens, on which condition, what is said."""
    for table in IN_TIME:
        yield "insert", table, "INSERT", LOCKED.format(row="NEW"), LATE
        yield "update", table, "UPDATE", f"{LOCKED.format(row='OLD')} OR {LOCKED.format(row='NEW')}", LATE
        yield "delete", table, "DELETE", LOCKED.format(row="OLD"), LATE
    for table in ADDED:
        yield "insert", table, "INSERT", LOCKED.format(row="NEW"), LATE
        yield "update", table, "UPDATE", "TRUE", STAYS
        yield "delete", table, "DELETE", "TRUE", STAYS
    yield "update", "compliance_fielditem", "UPDATE", f"{ITEM_CHANGED} OR {SAME_CONTENT[vendor]}", STAYS
    yield "delete", "compliance_fielditem", "DELETE", "TRUE", STAYS
    yield "update", "compliance_interviewseed", "UPDATE", "TRUE", STAYS
    yield "delete", "compliance_interviewseed", "DELETE", "TRUE", STAYS


def plant(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for event, table, verb, when, message in statements(vendor):
        name = f"{table}_{event}_in_the_field"
        if vendor == "sqlite":
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW WHEN {when} "
                f"BEGIN SELECT RAISE(ABORT, '{message}'); END",
                params=None,
            )
            continue
        schema_editor.execute(
            f"""CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                IF {when} THEN RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; END IF;
                RETURN {'OLD' if verb == 'DELETE' else 'NEW'}; END $$""",
            params=None,
        )
        schema_editor.execute(
            f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()", params=None
        )


def pull_up(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for event, table, _verb, _when, _message in statements(vendor):
        name = f"{table}_{event}_in_the_field"
        if vendor == "sqlite":
            schema_editor.execute(f"DROP TRIGGER {name}")
        else:
            schema_editor.execute(f"DROP TRIGGER {name} ON {table}")
            schema_editor.execute(f"DROP FUNCTION {name}")


class Migration(migrations.Migration):
    dependencies = [("compliance", "0020_field")]
    operations = [migrations.RunPython(plant, pull_up)]
