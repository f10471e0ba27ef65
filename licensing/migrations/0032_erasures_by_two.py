"""What two people let erase for good: what was listed stays as it was listed. And what could not be erased."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from registry.migrations import _guards as guards
from registry.migrations._guards import ALWAYS, Guard, changed

TABLE, SAYS = "licensing_erasurebatch", "what two people let erase stays as it was listed"


def of_batches(_vendor):
    fixed = changed("id", "reference", "things", "listed_at", "ready_on", "propose_by")
    again = "OLD.decided_by_id IS NOT NULL AND (" + changed("proposed_by_id", "decided_by_id") + ")"
    yield Guard("erasure_batch_stays", TABLE, "UPDATE", f"{fixed} OR {again}", SAYS)
    yield Guard("erasure_batch_no_delete", TABLE, "DELETE", ALWAYS, SAYS)


class Migration(migrations.Migration):

    dependencies = [
        ('licensing', '0031_matches_with_lists'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ErasureFailure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=20, unique=True)),
                ('status', models.CharField(choices=[('erasure_failing', 'Could not be erased'), ('erasure_settled', 'Settled')], default='erasure_failing', max_length=30)),
                ('rule', models.CharField(max_length=40)),
                ('kind', models.CharField(max_length=40)),
                ('thing', models.CharField(help_text='reference of what could not be erased', max_length=20)),
                ('tries', models.PositiveIntegerField(default=1)),
                ('first_at', models.DateTimeField()),
                ('tried_at', models.DateTimeField()),
                ('why', models.TextField(blank=True, help_text='where a rule refused it: its words')),
                ('fault', models.CharField(blank=True, help_text='where the program failed: the name of the error', max_length=100)),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('status', 'erasure_failing')), fields=('rule', 'kind', 'thing'), name='erasure_failure_once')],
            },
        ),
        migrations.CreateModel(
            name='ErasureBatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=20, unique=True)),
                ('status', models.CharField(choices=[('erasure_listed', 'Listed'), ('erasure_proposed', 'Waiting for a second person'), ('erasure_approved', 'Approved'), ('erasure_not_approved', 'Not approved'), ('erasure_done', 'Erased')], default='erasure_listed', max_length=30)),
                ('things', models.JSONField(help_text='rule, kind and reference of each')),
                ('listed_at', models.DateTimeField()),
                ('ready_on', models.DateField(help_text='the first day on which it may be proposed')),
                ('propose_by', models.DateField(help_text='by when someone looks at it')),
                ('proposed_at', models.DateTimeField(blank=True, null=True)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('erased', models.PositiveIntegerField(blank=True, help_text='of how many something was erased', null=True)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('proposed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'permissions': [('approve_erasure', 'Propose and approve what is erased for good')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('decided_by', None), ('proposed_by', None), ('status', 'erasure_listed')), models.Q(('decided_by', None), ('proposed_by__isnull', False), ('status', 'erasure_proposed')), models.Q(('decided_by__isnull', False), ('proposed_by__isnull', False), models.Q(('decided_by', models.F('proposed_by')), _negated=True)), _connector='OR'), name='erasure_batch_by_two'), models.UniqueConstraint(condition=models.Q(('status', 'erasure_listed')), fields=('status',), name='erasure_batch_one_listed')],
            },
        ),
        guards.CreateGuards("licensing", of_batches),
    ]
