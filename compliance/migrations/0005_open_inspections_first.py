"""Indexes for the list. `is_over` is a generated column, so SQLite makes the table anew: triggers up before, planted after."""

from importlib import import_module

from django.db import migrations, models

TRIGGERS = import_module("compliance.migrations.0003_reports_stay_as_they_are")


def let_others_name_the_table(apps, schema_editor):
    """A trigger of another app names this table, and SQLite would refuse to rename one while a trigger names what is not there."""
    _legacy_alter_table(schema_editor, "ON")


def as_before(apps, schema_editor):
    _legacy_alter_table(schema_editor, "OFF")


def _legacy_alter_table(schema_editor, value):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(f"PRAGMA legacy_alter_table = {value}")


class Migration(migrations.Migration):

    dependencies = [
        ('compliance', '0004_reports'),
    ]

    operations = [
        migrations.RunPython(TRIGGERS.pull_up, TRIGGERS.plant),
        migrations.RunPython(let_others_name_the_table, as_before),
        migrations.RemoveIndex(
            model_name='inspection',
            name='inspection_work_list',
        ),
        migrations.RemoveIndex(
            model_name='inspection',
            name='inspection_of_inspector',
        ),
        migrations.AddField(
            model_name='inspection',
            name='is_over',
            field=models.GeneratedField(db_persist=True, expression=models.Q(('status__in', ['commissioned', 'reported']), _negated=True), output_field=models.BooleanField()),
        ),
        migrations.RunPython(as_before, let_others_name_the_table),
        migrations.AddIndex(
            model_name='inspection',
            index=models.Index(fields=['is_over', 'due_on', 'id', 'status'], name='inspection_open_first'),
        ),
        migrations.AddIndex(
            model_name='inspection',
            index=models.Index(fields=['due_on', 'id'], name='inspection_by_day'),
        ),
        migrations.AddIndex(
            model_name='inspection',
            index=models.Index(fields=['status', 'is_over', 'due_on', 'id'], name='inspection_by_status'),
        ),
        migrations.AddIndex(
            model_name='inspection',
            index=models.Index(fields=['kind', 'is_over', 'due_on', 'id'], name='inspection_by_kind'),
        ),
        migrations.AddIndex(
            model_name='inspection',
            index=models.Index(fields=['inspector', 'is_over', 'due_on', 'id'], name='inspection_by_inspector'),
        ),
        migrations.RunPython(TRIGGERS.plant, TRIGGERS.pull_up),
    ]
