"""What is replied becomes rows of its own, with what may be done with it; checks are put to other authorities.

Checks are made anew by SQLite when their table is altered, without the triggers that keep the marks of cases: they are
pulled up first and planted again at the end. What was replied so far was written down by officers, under what the pack
lets be done with it.
"""

from datetime import UTC, datetime, time
from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from registry.identifiers import new_reference

marks = import_module("licensing.migrations.0007_payments_by_card_and_statement")


def carry_over(apps, schema_editor):
    reply = apps.get_model("licensing", "Reply")
    answered = apps.get_model("licensing", "Check").objects.exclude(result="").order_by("pk")
    for check in answered.select_related("recorded_by").iterator(chunk_size=1000):
        reply.objects.create(
            reference=new_reference("Y"),
            asked=check,
            result=check.result,
            evidence=check.evidence,
            may_be_shown_to_subject=check.handling.get("may_be_shown_to_subject", False),
            may_be_passed_on=check.handling.get("may_be_passed_on", False),
            restriction=check.handling.get("note", ""),
            replied_on=check.replied_on or check.sent_on,
            way="officer",
            recorded_by=check.recorded_by,
            recorded_at=datetime.combine(check.replied_on or check.sent_on, time(12), tzinfo=UTC),
        )


class Migration(migrations.Migration):

    dependencies = [
        ('licensing', '0014_no_part_in_a_conflict'),
        ('registry', '0024_other_authorities'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(marks.pull_up, marks.plant),
        migrations.CreateModel(
            name='Asking',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('request', 'Asked'), ('file', 'Asked by file'), ('chaser', 'Reminded')], max_length=10)),
                ('request', models.UUIDField(blank=True, help_text='under which a file asked it, and its reply answers', null=True, unique=True)),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Release',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('to_subject', models.BooleanField()),
                ('to_others', models.BooleanField()),
                ('given_by', models.CharField(max_length=200)),
                ('given_on', models.DateField()),
                ('words', models.TextField()),
                ('recorded_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Reply',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=20, unique=True)),
                ('result', models.CharField(choices=[('nil', 'Nil return'), ('adverse', 'Adverse'), ('no_trace', 'No trace'), ('no_reply', 'No reply'), ('not_applicable', 'Not applicable'), ('look', 'To be looked at'), ('not_needed', 'Not needed any more')], max_length=20)),
                ('evidence', models.TextField(blank=True)),
                ('items', models.JSONField(default=list, help_text='what it says one by one: code, date, summary, reference')),
                ('may_be_shown_to_subject', models.BooleanField()),
                ('may_be_passed_on', models.BooleanField()),
                ('restriction', models.TextField(blank=True, help_text='in the words of the authority, or of the pack')),
                ('answered_by', models.CharField(blank=True, help_text='who answered, at the authority', max_length=200)),
                ('replied_on', models.DateField()),
                ('way', models.CharField(choices=[('officer', 'Written down by an officer'), ('agency', 'Given here by the authority itself'), ('file', 'In a file of the authority'), ('system', 'Looked up by this service')], max_length=10)),
                ('recorded_at', models.DateTimeField()),
                ('digest', models.CharField(blank=True, help_text="of the file's answer: the same one changes nothing", max_length=64)),
                ('sanitised', models.TextField(blank=True, help_text='what may be said of it to anybody')),
                ('sanitised_at', models.DateTimeField(blank=True, null=True)),
                ('replaced_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name_plural': 'replies',
            },
        ),
        migrations.AlterModelOptions(
            name='check',
            options={'permissions': [('read_replies', 'Read what other authorities reply, restricted or not'), ('answer_checks', "Answer the checks that are put to one's own authority")]},
        ),
        migrations.AddField(
            model_name='asking',
            name='agency',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.agency'),
        ),
        migrations.AddField(
            model_name='asking',
            name='asked',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='askings', to='licensing.check'),
        ),
        migrations.AddField(
            model_name='asking',
            name='by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='asking',
            name='letter',
            field=models.ForeignKey(blank=True, help_text='that told it', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.letter'),
        ),
        migrations.AddField(
            model_name='release',
            name='recorded_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='reply',
            name='asked',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='replies', to='licensing.check'),
        ),
        migrations.AddField(
            model_name='reply',
            name='recorded_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='reply',
            name='sanitised_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='release',
            name='reply',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='releases', to='licensing.reply'),
        ),
        migrations.AddIndex(
            model_name='asking',
            index=models.Index(fields=['asked', 'at'], name='asking_of_check'),
        ),
        migrations.AddConstraint(
            model_name='reply',
            constraint=models.UniqueConstraint(condition=models.Q(('replaced_at', None)), fields=('asked',), name='reply_one_standing'),
        ),
        migrations.AddConstraint(
            model_name='reply',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('recorded_by', None), ('way', 'system')), ('recorded_by__isnull', False), _connector='OR'), name='reply_has_recorder'),
        ),
        migrations.AddConstraint(
            model_name='reply',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('result', 'adverse'), _negated=True), ('evidence__gt', ''), _connector='OR'), name='reply_adverse_has_evidence'),
        ),
        migrations.AddConstraint(
            model_name='reply',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('sanitised', ''), ('sanitised_at', None), ('sanitised_by', None)), models.Q(('sanitised__gt', ''), ('sanitised_at__isnull', False), ('sanitised_by__isnull', False)), _connector='OR'), name='reply_sanitised_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='release',
            constraint=models.CheckConstraint(condition=models.Q(('to_subject', True), ('to_others', True), _connector='OR'), name='release_says_of_what'),
        ),
        migrations.AddConstraint(
            model_name='release',
            constraint=models.CheckConstraint(condition=models.Q(('given_by__gt', ''), ('words__gt', '')), name='release_has_words'),
        ),
        migrations.RunPython(carry_over, migrations.RunPython.noop),
        migrations.RemoveConstraint(
            model_name='check',
            name='check_result_has_recorder',
        ),
        migrations.RemoveConstraint(
            model_name='check',
            name='check_adverse_has_evidence',
        ),
        migrations.RemoveField(
            model_name='check',
            name='evidence',
        ),
        migrations.RemoveField(
            model_name='check',
            name='recorded_by',
        ),
        migrations.AddField(
            model_name='check',
            name='agency',
            field=models.ForeignKey(blank=True, help_text='to which it is put; none: an officer asks, or the registry answers itself', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='checks', to='registry.agency'),
        ),
        migrations.AddField(
            model_name='check',
            name='asked_at',
            field=models.DateTimeField(blank=True, help_text='when the authority was first asked', null=True),
        ),
        migrations.AddField(
            model_name='check',
            name='looked_at',
            field=models.DateTimeField(blank=True, help_text='when the registry last looked by itself', null=True),
        ),
        migrations.AddField(
            model_name='check',
            name='chase_on',
            field=models.DateField(blank=True, help_text='when the authority is reminded next', null=True),
        ),
        migrations.AlterField(
            model_name='check',
            name='code',
            field=models.CharField(help_text='of the check in the pack, or of one that the registry makes itself', max_length=60),
        ),
        migrations.AlterField(
            model_name='check',
            name='handling',
            field=models.JSONField(default=dict, help_text='what may be done with a reply that says nothing of it: as the pack has it'),
        ),
        migrations.AlterField(
            model_name='check',
            name='result',
            field=models.CharField(blank=True, choices=[('nil', 'Nil return'), ('adverse', 'Adverse'), ('no_trace', 'No trace'), ('no_reply', 'No reply'), ('not_applicable', 'Not applicable'), ('look', 'To be looked at'), ('not_needed', 'Not needed any more')], max_length=20),
        ),
        migrations.AddIndex(
            model_name='check',
            index=models.Index(condition=models.Q(('result', '')), fields=['due_on', 'id'], name='check_open_by_due'),
        ),
        migrations.AddIndex(
            model_name='check',
            index=models.Index(condition=models.Q(('result', ''), _negated=True), fields=['replied_on', 'id'], name='check_answered_by_day'),
        ),
        migrations.AddIndex(
            model_name='check',
            index=models.Index(fields=['agency', 'result', 'due_on', 'id'], name='check_of_agency'),
        ),
        migrations.AddIndex(
            model_name='check',
            index=models.Index(condition=models.Q(('chase_on__isnull', False), ('result', '')), fields=['chase_on'], name='check_to_be_chased'),
        ),
        migrations.AddConstraint(
            model_name='check',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('replied_on', None), ('result__in', ['', 'not_needed'])), models.Q(models.Q(('result__in', ['', 'not_needed']), _negated=True), ('replied_on__isnull', False)), _connector='OR'), name='check_result_has_a_day'),
        ),
        migrations.RunPython(marks.plant, marks.pull_up),
    ]
