"""Entries may show vehicles, and the index knows how names sound: it is emptied, and `set_up` writes it anew."""

from django.db import migrations, models

NAMES = "registry_indexedname"


def guard_the_new_column_too(apps, schema_editor):
    """PostgreSQL compares whole rows; the trigger of SQLite names the columns."""
    if schema_editor.connection.vendor == "postgresql":
        return
    fields = apps.get_model("registry", "Entry")._meta.concrete_fields
    kept = " OR ".join(f'OLD."{one.column}" IS NOT NEW."{one.column}"' for one in fields if one.name != "shown_until")
    schema_editor.execute("DROP TRIGGER entry_closes_once", params=None)
    schema_editor.execute(
        f"""CREATE TRIGGER entry_closes_once BEFORE UPDATE ON registry_entry
            WHEN OLD.shown_until IS NOT NULL OR NEW.shown_until IS NULL OR {kept}
            BEGIN SELECT RAISE(ABORT, 'an entry can only be closed, once'); END""",
        params=None,
    )


class Migration(migrations.Migration):
    dependencies = [("registry", "0011_people_by_their_day_of_birth")]
    operations = [
        migrations.AddField(
            model_name="entry",
            name="vehicles",
            field=models.JSONField(
                help_text="registration numbers: only where the pack publishes them", null=True
            ),
        ),
        migrations.RunPython(guard_the_new_column_too, migrations.RunPython.noop),
        # Names without their sounds: /health/ready says until then that the index is behind.
        migrations.RunSQL(f"DELETE FROM {NAMES}", migrations.RunSQL.noop),
    ]
