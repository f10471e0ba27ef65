"""Events cannot be changed or deleted; an entry can only be closed, once. Kept by triggers on both engines."""

from django.db import migrations

SQLITE = [
    """CREATE TRIGGER event_no_update BEFORE UPDATE ON registry_event
       BEGIN SELECT RAISE(ABORT, 'events are append-only'); END""",
    """CREATE TRIGGER event_no_delete BEFORE DELETE ON registry_event
       BEGIN SELECT RAISE(ABORT, 'events are append-only'); END""",
    """CREATE TRIGGER entry_no_delete BEFORE DELETE ON registry_entry
       BEGIN SELECT RAISE(ABORT, 'entries are append-only'); END""",
    # INSERT OR REPLACE deletes without telling the triggers on DELETE.
    """CREATE TRIGGER event_no_replace BEFORE INSERT ON registry_event
       WHEN EXISTS (SELECT 1 FROM registry_event WHERE number = NEW.number)
       BEGIN SELECT RAISE(ABORT, 'events are append-only'); END""",
    """CREATE TRIGGER entry_no_replace BEFORE INSERT ON registry_entry
       WHEN EXISTS (SELECT 1 FROM registry_entry WHERE entry_number = NEW.entry_number)
         OR EXISTS (SELECT 1 FROM registry_entry
                    WHERE listing_id = NEW.listing_id AND shown_until IS NULL AND NEW.shown_until IS NULL)
       BEGIN SELECT RAISE(ABORT, 'entries are append-only'); END""",
]
POSTGRESQL = [
    """CREATE FUNCTION registry_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    """CREATE TRIGGER event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON registry_event
       FOR EACH STATEMENT EXECUTE FUNCTION registry_append_only()""",
    """CREATE TRIGGER entry_append_only BEFORE DELETE OR TRUNCATE ON registry_entry
       FOR EACH STATEMENT EXECUTE FUNCTION registry_append_only()""",
    """CREATE FUNCTION registry_entry_closes_once() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN
         IF OLD.shown_until IS NOT NULL OR NEW.shown_until IS NULL
            OR to_jsonb(OLD) - 'shown_until' IS DISTINCT FROM to_jsonb(NEW) - 'shown_until' THEN
           RAISE EXCEPTION 'an entry can only be closed, once' USING ERRCODE = 'integrity_constraint_violation';
         END IF;
         RETURN NEW;
       END $$""",
    """CREATE TRIGGER entry_closes_once BEFORE UPDATE ON registry_entry
       FOR EACH ROW EXECUTE FUNCTION registry_entry_closes_once()""",
]


def _entry_closes_once_on_sqlite(schema_editor, entry):
    kept = " OR ".join(
        f'OLD."{field.column}" IS NOT NEW."{field.column}"' for field in entry._meta.concrete_fields if field.name != "shown_until"
    )
    return f"""CREATE TRIGGER entry_closes_once BEFORE UPDATE ON registry_entry
               WHEN OLD.shown_until IS NOT NULL OR NEW.shown_until IS NULL OR {kept}
               BEGIN SELECT RAISE(ABORT, 'an entry can only be closed, once'); END"""


def plant(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        statements = POSTGRESQL
    else:
        statements = [*SQLITE, _entry_closes_once_on_sqlite(schema_editor, apps.get_model("registry", "Entry"))]
    for statement in statements:
        schema_editor.execute(statement, params=None)


def pull_up(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        statements = [
            "DROP TRIGGER event_append_only ON registry_event",
            "DROP TRIGGER entry_append_only ON registry_entry",
            "DROP TRIGGER entry_closes_once ON registry_entry",
            "DROP FUNCTION registry_append_only",
            "DROP FUNCTION registry_entry_closes_once",
        ]
    else:
        names = (
            "event_no_update",
            "event_no_delete",
            "event_no_replace",
            "entry_no_delete",
            "entry_no_replace",
            "entry_closes_once",
        )
        statements = [f"DROP TRIGGER {name}" for name in names]
    for statement in statements:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_initial")]
    operations = [migrations.RunPython(plant, pull_up)]
