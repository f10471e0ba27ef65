"""Indexes for the work lists. `is_over` is a generated column, so SQLite makes the two tables anew: triggers up before, planted after."""

from importlib import import_module

from django.db import migrations, models

TRIGGERS = import_module("licensing.migrations.0002_decisions_stay_as_they_were_taken")


class Migration(migrations.Migration):

    dependencies = [
        ('licensing', '0002_decisions_stay_as_they_were_taken'),
    ]

    operations = [
        migrations.RunPython(TRIGGERS.pull_up, TRIGGERS.plant),
        migrations.RemoveIndex(
            model_name='application',
            name='application_work_list',
        ),
        migrations.RemoveIndex(
            model_name='application',
            name='application_in_hand',
        ),
        migrations.RemoveIndex(
            model_name='check',
            name='check_due',
        ),
        migrations.RemoveIndex(
            model_name='decision',
            name='decision_work_list',
        ),
        migrations.AddField(
            model_name='application',
            name='is_over',
            field=models.GeneratedField(db_persist=True, expression=models.Q(('status__in', ['draft', 'submitted', 'assessing', 'awaiting_applicant']), _negated=True), output_field=models.BooleanField()),
        ),
        migrations.AddField(
            model_name='decision',
            name='is_over',
            field=models.GeneratedField(db_persist=True, expression=models.Q(('status__in', ['proposed', 'notified']), _negated=True), output_field=models.BooleanField()),
        ),
        migrations.AddIndex(
            model_name='application',
            index=models.Index(condition=models.Q(('submitted_at__isnull', False)), fields=['is_over', 'submitted_at', 'id', 'status'], name='application_in_hand_first'),
        ),
        migrations.AddIndex(
            model_name='application',
            index=models.Index(fields=['submitted_at', 'id'], name='application_by_day'),
        ),
        migrations.AddIndex(
            model_name='application',
            index=models.Index(fields=['status', 'is_over', 'submitted_at', 'id'], name='application_by_status'),
        ),
        migrations.AddIndex(
            model_name='application',
            index=models.Index(fields=['case_officer', 'is_over', 'submitted_at', 'id'], name='application_by_officer'),
        ),
        migrations.AddIndex(
            model_name='check',
            index=models.Index(fields=['application', 'result', 'due_on'], name='check_of_case'),
        ),
        migrations.AddIndex(
            model_name='decision',
            index=models.Index(fields=['is_over', 'proposed_at', 'id', 'status'], name='decision_open_first'),
        ),
        migrations.AddIndex(
            model_name='decision',
            index=models.Index(fields=['proposed_at', 'id'], name='decision_by_day'),
        ),
        migrations.AddIndex(
            model_name='decision',
            index=models.Index(fields=['status', 'is_over', 'proposed_at', 'id'], name='decision_by_status'),
        ),
        migrations.AddIndex(
            model_name='decision',
            index=models.Index(fields=['kind', 'is_over', 'proposed_at', 'id'], name='decision_by_kind'),
        ),
        migrations.AddIndex(
            model_name='decision',
            index=models.Index(fields=['reply_by', 'id'], name='decision_by_reply'),
        ),
        migrations.RunPython(TRIGGERS.plant, TRIGGERS.pull_up),
    ]
