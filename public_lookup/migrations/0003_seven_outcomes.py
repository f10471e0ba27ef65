"""Lists that were checked before there were seven outcomes say what they would say now."""

from django.db import migrations


def rename_outcomes(apps, schema_editor):
    rows = apps.get_model("public_lookup", "CheckRow").objects
    rows.filter(outcome="was_licensed").update(outcome="not_licensed")
    entries = apps.get_model("registry", "Entry").objects
    for row in rows.filter(outcome="licensed_with_conditions").iterator():
        found = row.matches[0].get("entry") if row.matches else None
        entry = entries.filter(pk=found).first()
        if entry is not None and (entry.revoked_from or entry.appealed_from):
            rows.filter(pk=row.pk).update(outcome="losing_licence")


class Migration(migrations.Migration):
    dependencies = [("public_lookup", "0002_guards"), ("registry", "0002_guards")]

    operations = [migrations.RunPython(rename_outcomes, migrations.RunPython.noop)]
