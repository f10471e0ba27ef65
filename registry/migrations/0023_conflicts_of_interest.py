"""Conflicts of interest, which stay as they were declared: one is over once, and none is taken out. On both engines."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


STAYS = "a conflict of interest stays as it was declared"
KEPT = ("reference", "officer_id", "organisation_id", "because", "since", "declared_by_id", "declared_at")
SAME = " AND ".join(f"OLD.{one} = NEW.{one}" for one in KEPT)
CHANGED = f"OLD.until IS NOT NULL OR NOT ({SAME})"


def plant(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for name, event, when in (("update", "UPDATE", f"WHEN {CHANGED}"), ("delete", "DELETE", "")):
            schema_editor.execute(
                f"CREATE TRIGGER conflict_no_{name} BEFORE {event} ON registry_conflict FOR EACH ROW {when} "
                f"BEGIN SELECT RAISE(ABORT, '{STAYS}'); END",
                params=None,
            )
        return
    schema_editor.execute(
        f"""CREATE FUNCTION registry_conflict_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF TG_OP = 'UPDATE' THEN IF NOT ({CHANGED}) THEN RETURN NEW; END IF; END IF;
            RAISE EXCEPTION '{STAYS}' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
        params=None,
    )
    schema_editor.execute(
        "CREATE TRIGGER conflict_stays BEFORE UPDATE OR DELETE ON registry_conflict "
        "FOR EACH ROW EXECUTE FUNCTION registry_conflict_stays()",
        params=None,
    )


def pull_up(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER conflict_no_update")
        schema_editor.execute("DROP TRIGGER conflict_no_delete")
    else:
        schema_editor.execute("DROP TRIGGER conflict_stays ON registry_conflict")
        schema_editor.execute("DROP FUNCTION registry_conflict_stays")


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0022_saved_views_and_teams'),
    ]

    operations = [
        migrations.CreateModel(
            name='Conflict',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=20, unique=True)),
                ('because', models.TextField()),
                ('since', models.DateField()),
                ('declared_at', models.DateTimeField()),
                ('until', models.DateField(blank=True, help_text='the day on which somebody said that it is over', null=True)),
                ('ended_because', models.TextField(blank=True)),
                ('declared_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='conflicts', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='conflicts', to='registry.organisation')),
            ],
            options={
                'permissions': [('manage_conflicts', 'Declare conflicts of interest of others, and say when one is over')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('until', None)), fields=('officer', 'organisation'), name='conflict_declared_once'), models.CheckConstraint(condition=models.Q(('because__gt', '')), name='conflict_says_why'), models.CheckConstraint(condition=models.Q(('ended_by', None), models.Q(('ended_by', models.F('officer')), _negated=True), _connector='OR'), name='conflict_ended_by_another'), models.CheckConstraint(condition=models.Q(models.Q(('ended_by', None), ('until', None)), models.Q(('ended_because__gt', ''), ('ended_by__isnull', False), ('until__isnull', False)), _connector='OR'), name='conflict_ended_says_why')],
            },
        ),
        migrations.RunPython(plant, pull_up),
    ]
