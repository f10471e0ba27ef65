"""A correction of a letter is proposed by one person and countersigned by another, and stays as it was proposed."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from registry.migrations import _guards as guards
from registry.migrations._guards import Guard

STAYS = "a correction stays as it was proposed"


def corrections(_vendor):
    table = "licensing_lettercorrection"
    what = ("letter_id", "wrong", '"right"', "facts", "because", "proposed_by_id", "proposed_at")
    fixed = " OR ".join(f"NEW.{one} IS DISTINCT FROM OLD.{one}" for one in what if one != "facts")
    yield Guard("correction_stays", table, "UPDATE", f"OLD.status <> 'proposed' OR {fixed}", STAYS)
    yield Guard("correction_is_kept", table, "DELETE", guards.ALWAYS, STAYS)


class Migration(migrations.Migration):

    dependencies = [
        ('licensing', '0013_guards_of_reviews'),
        ('registry', '0017_released_tasks'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='LetterCorrection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=30, unique=True)),
                ('status', models.CharField(choices=[('proposed', 'Waiting for a second person'), ('sent', 'Countersigned and sent'), ('refused', 'Not countersigned')], default='proposed', max_length=20)),
                ('wrong', models.TextField(blank=True)),
                ('right', models.TextField(blank=True)),
                ('facts', models.JSONField(blank=True, default=list, help_text='keys of what the file has otherwise')),
                ('because', models.TextField(help_text='what was wrong: the receiver reads it')),
                ('proposed_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('refused_because', models.TextField(blank=True)),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('letter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='registry.letter')),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('ended_by', None), models.Q(('ended_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='correction_countersigned_by_another'), models.UniqueConstraint(condition=models.Q(('status', 'proposed')), fields=('letter',), name='correction_one_open_of_a_letter')],
            },
        ),
        guards.CreateGuards("licensing", corrections),
    ]
