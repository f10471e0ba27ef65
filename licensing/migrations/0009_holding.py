"""What holders tell: changes, the start of supply, evidence; checks about a change; giving a licence up as a decision.

Tables that have triggers are altered, which SQLite does by making them anew without any: they are pulled up first and
planted again at the end. A surrender is by consent, so it relies on no ground.
"""

from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

taken = import_module("licensing.migrations.0002_decisions_stay_as_they_were_taken")
marks = import_module("licensing.migrations.0007_payments_by_card_and_statement")

GRANT_ALONE, UNHEARD = "NEW.kind <> 'grant'", "NEW.kind NOT IN ('grant', 'surrender')"


def pull_up(apps, schema_editor):
    marks.pull_up(apps, schema_editor)
    taken.pull_up(apps, schema_editor)


def plant_former(apps, schema_editor):
    taken.plant(apps, schema_editor)
    marks.plant(apps, schema_editor)


def plant(apps, schema_editor):
    marks.plant(apps, schema_editor)
    statements = taken.POSTGRESQL
    if schema_editor.connection.vendor == "sqlite":
        statements = [
            f"CREATE TRIGGER {name} {event} FOR EACH ROW WHEN {when} BEGIN SELECT RAISE(ABORT, '{message}'); END"
            for name, (event, when, message) in taken.SQLITE.items()
        ]
    for statement in statements:
        schema_editor.execute(statement.replace(GRANT_ALONE, UNHEARD), params=None)


class Migration(migrations.Migration):

    dependencies = [
        ('compliance', '0005_open_inspections_first'),
        ('licensing', '0008_answers_know_their_version'),
        ('registry', '0012_vehicles_and_near_names'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(pull_up, plant_former),
        migrations.CreateModel(
            name='Change',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=20, unique=True)),
                ('kind', models.CharField(help_text='code of the kind in the pack', max_length=60)),
                ('version', models.DateField(help_text='of the scheme, on the day on which it was told')),
                ('data', models.JSONField(default=dict, help_text='the answers, by key')),
                ('item', models.CharField(blank=True, help_text='the thing of a list that is added or leaves', max_length=12)),
                ('called', models.CharField(blank=True, help_text='who or what is added or leaves', max_length=200)),
                ('happened_on', models.DateField()),
                ('due_on', models.DateField(blank=True, help_text='the last day to tell it; none: as soon as practicable', null=True)),
                ('days_late', models.PositiveIntegerField(default=0, help_text='in working days')),
                ('told_at', models.DateTimeField()),
                ('status', models.CharField(choices=[('told', 'Told, to be looked at'), ('accepted', 'Accepted'), ('noted', 'Noted'), ('refused', 'Not accepted')], default='told', max_length=20)),
                ('is_over', models.GeneratedField(db_persist=True, expression=models.Q(('status', 'told'), _negated=True), output_field=models.BooleanField())),
                ('because', models.TextField(blank=True, help_text='why it was refused')),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'permissions': [('view_changes', 'See what holders say has changed'), ('handle_changes', 'Accept, refuse or note what a holder says has changed')],
            },
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('sent_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='StartOfSupply',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('began_on', models.DateField()),
                ('due_on', models.DateField(help_text='the last day to tell it')),
                ('days_late', models.PositiveIntegerField(default=0, help_text='in working days')),
                ('told_at', models.DateTimeField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='decision',
            name='decision_has_one_subject',
        ),
        migrations.RemoveConstraint(
            model_name='decision',
            name='decision_adverse_was_notified',
        ),
        migrations.AddField(
            model_name='application',
            name='altering',
            field=models.CharField(blank=True, help_text='code of the kind of change in the pack', max_length=60),
        ),
        migrations.AddField(
            model_name='application',
            name='alters',
            field=models.ForeignKey(blank=True, help_text='the licence that goes on and is to be altered', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='alterations', to='registry.licence'),
        ),
        migrations.AlterField(
            model_name='check',
            name='application',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='checks', to='licensing.application'),
        ),
        migrations.AlterField(
            model_name='decision',
            name='kind',
            field=models.CharField(choices=[('grant', 'Grant'), ('refuse', 'Refuse'), ('suspend', 'Suspend'), ('revoke', 'Revoke'), ('surrender', 'Surrender')], max_length=20),
        ),
        migrations.AlterField(
            model_name='decision',
            name='takes_effect',
            field=models.DateField(blank=True, help_text='suspend, revoke, surrender: first day without the licence', null=True),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.UniqueConstraint(condition=models.Q(('status__in', ['draft', 'submitted', 'assessing', 'awaiting_applicant'])), fields=('alters', 'altering'), name='altering_one_open_each'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('application__isnull', False), ('kind__in', ['grant', 'refuse']), ('licence', None)), models.Q(('application', None), ('kind__in', ['suspend', 'revoke', 'surrender']), ('licence__isnull', False)), _connector='OR'), name='decision_has_one_subject'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'decided'), _negated=True), ('kind__in', ['grant', 'surrender']), models.Q(('notified_at__isnull', False), ('reply_by__isnull', False)), _connector='OR'), name='decision_adverse_was_notified'),
        ),
        migrations.AddField(
            model_name='change',
            name='closed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='change',
            name='licence',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='registry.licence'),
        ),
        migrations.AddField(
            model_name='change',
            name='role',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.role'),
        ),
        migrations.AddField(
            model_name='change',
            name='told_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='check',
            name='change',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='checks', to='licensing.change'),
        ),
        migrations.AddConstraint(
            model_name='check',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('application__isnull', False), ('change', None)), models.Q(('application', None), ('change__isnull', False)), _connector='OR'), name='check_is_about_one_case'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='condition',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='registry.condition'),
        ),
        migrations.AddField(
            model_name='evidence',
            name='sent_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='startofsupply',
            name='licence',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='start_of_supply', to='registry.licence'),
        ),
        migrations.AddField(
            model_name='startofsupply',
            name='told_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='change',
            index=models.Index(fields=['is_over', 'told_at', 'id', 'status'], name='change_open_first'),
        ),
        migrations.AddIndex(
            model_name='change',
            index=models.Index(fields=['told_at', 'id'], name='change_by_day'),
        ),
        migrations.AddIndex(
            model_name='change',
            index=models.Index(fields=['status', 'is_over', 'told_at', 'id'], name='change_by_status'),
        ),
        migrations.AddIndex(
            model_name='change',
            index=models.Index(fields=['kind', 'is_over', 'told_at', 'id'], name='change_by_kind'),
        ),
        migrations.AddConstraint(
            model_name='change',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('closed_by', None), ('status', 'told')), models.Q(models.Q(('status', 'told'), _negated=True), ('closed_at__isnull', False), ('closed_by__isnull', False)), _connector='OR'), name='change_closed_has_somebody'),
        ),
        migrations.AddConstraint(
            model_name='change',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'refused'), _negated=True), ('because__gt', ''), _connector='OR'), name='change_refused_says_why'),
        ),
        migrations.AddConstraint(
            model_name='change',
            constraint=models.CheckConstraint(condition=models.Q(('closed_by', None), models.Q(('closed_by', models.F('told_by')), _negated=True), _connector='OR'), name='change_closed_by_another'),
        ),
        migrations.AddIndex(
            model_name='evidence',
            index=models.Index(fields=['condition', 'sent_at'], name='evidence_of_condition'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(('text__gt', '')), name='evidence_says_something'),
        ),
        migrations.RunPython(plant, pull_up),
    ]
