"""Whoever has a conflict of interest inspects and confirms nothing of the organisation.

The rules say so with a reason; these hold for whoever comes by SQL, on both engines. As in 0003: a later migration that
alters one of these tables on SQLite makes it anew, without its triggers.
"""

from django.db import migrations

CONFLICT = "a conflict of interest with this organisation has been declared"
OF = """EXISTS (SELECT 1 FROM registry_conflict WHERE until IS NULL AND officer_id = {officer}
                AND organisation_id = {organisation})"""


TRIGGERS = {
    "inspection_begins_unconflicted": (
        "compliance_inspection",
        "INSERT",
        OF.format(officer="NEW.inspector_id", organisation="NEW.organisation_id"),
    ),
    "inspection_unconflicted": (
        "compliance_inspection",
        "UPDATE",
        f"""(NEW.inspector_id <> OLD.inspector_id OR (OLD.status = 'commissioned' AND NEW.status = 'reported'))
            AND {OF.format(officer='NEW.inspector_id', organisation='NEW.organisation_id')}
            OR OLD.status <> 'confirmed' AND NEW.status = 'confirmed'
            AND {OF.format(officer='NEW.confirmed_by_id', organisation='NEW.organisation_id')}""",
    ),
}



def statements(vendor):
    for name, (table, event, when) in TRIGGERS.items():
        if vendor == "sqlite":
            yield (
                f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW WHEN {when} "
                f"BEGIN SELECT RAISE(ABORT, '{CONFLICT}'); END"
            )
        else:
            yield f"""CREATE FUNCTION compliance_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                IF {when} THEN RAISE EXCEPTION '{CONFLICT}' USING ERRCODE = 'integrity_constraint_violation'; END IF;
                RETURN NEW; END $$"""
            yield f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION compliance_{name}()"


def plant(apps, schema_editor):
    for statement in statements(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


def pull_up(apps, schema_editor):
    for name, (table, _event, _when) in TRIGGERS.items():
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(f"DROP TRIGGER {name}")
        else:
            schema_editor.execute(f"DROP TRIGGER {name} ON {table}")
            schema_editor.execute(f"DROP FUNCTION compliance_{name}")


class Migration(migrations.Migration):

    dependencies = [
        ("registry", "0023_conflicts_of_interest"),
        ("compliance", "0005_open_inspections_first"),
    ]

    operations = [migrations.RunPython(plant, pull_up)]
