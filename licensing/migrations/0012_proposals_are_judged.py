"""What a decision maker does other than decide as proposed; why a decision cannot wait."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from registry.migrations._guards import keeping_triggers


class Migration(migrations.Migration):

    dependencies = [
        ('licensing', '0010_findings_are_considered'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = keeping_triggers(
        migrations.AddField(
            model_name='decision',
            name='despite',
            field=models.TextField(blank=True, help_text='why it was decided although something was open'),
        ),
        migrations.AddField(
            model_name='decision',
            name='immediate_because',
            field=models.TextField(blank=True, help_text='why it cannot wait; the subject reads it'),
        ),
        migrations.AddField(
            model_name='decision',
            name='instead_of',
            field=models.ForeignKey(blank=True, help_text='which was not agreed', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='instead', to='licensing.decision'),
        ),
        migrations.AddField(
            model_name='decision',
            name='not_agreed_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='decision',
            name='not_agreed_because',
            field=models.TextField(blank=True, help_text='why the decision maker did not take what was proposed'),
        ),
        migrations.AddField(
            model_name='decision',
            name='not_agreed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='decision',
            name='status',
            field=models.CharField(choices=[('proposed', 'Proposed'), ('notified', 'Notified, being heard'), ('decided', 'Decided'), ('dropped', 'Dropped'), ('not_agreed', 'Not agreed')], default='proposed', max_length=20),
        ),
        migrations.CreateModel(
            name='DecisionReview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=30, unique=True)),
                ('kind', models.CharField(choices=[('return', 'Returned with comments'), ('advice', 'Advice asked for')], max_length=10)),
                ('status', models.CharField(choices=[('open', 'Waiting for an answer'), ('answered', 'Answered'), ('called_off', 'Called off')], default='open', max_length=20)),
                ('comments', models.TextField()),
                ('due_on', models.DateField()),
                ('asked_at', models.DateTimeField()),
                ('answer', models.TextField(blank=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='licensing.decision')),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('to', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('to', models.F('asked_by')), _negated=True), name='review_asks_another'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'answered'), _negated=True), ('answer__gt', ''), _connector='OR'), name='review_answered_has_answer'), models.UniqueConstraint(condition=models.Q(('kind', 'return'), ('status', 'open')), fields=('decision',), name='decision_returned_once_at_a_time')],
            },
        ),
    )
