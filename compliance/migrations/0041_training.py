"""Which officer had which training: no row changes but for its status."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from registry.migrations._guards import ALWAYS, Guard, CreateGuards, changed

TABLE, SAYS = "compliance_training", "a training stays as it was recorded"
RECORDED = ("id", "reference", "person_id", "kind", "on", "valid_until", "recorded_by_id", "recorded_at")


def of_trainings(_vendor):
    """What was recorded in error is withdrawn, and stays."""
    yield Guard("training_update", TABLE, "UPDATE", f"OLD.status <> 'training_recorded' OR {changed(*RECORDED)}", SAYS)
    yield Guard("training_delete", TABLE, "DELETE", ALWAYS, SAYS)


class Migration(migrations.Migration):

    dependencies = [
        ('compliance', '0040_methods_of_offenders'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Training',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=20, unique=True)),
                ('status', models.CharField(choices=[('training_recorded', 'Recorded'), ('training_repeated', 'Repeated since'), ('training_withdrawn', 'Recorded in error')], default='training_recorded', max_length=20)),
                ('kind', models.CharField(help_text='code of the pack (tasks.toml)', max_length=40)),
                ('on', models.DateField()),
                ('valid_until', models.DateField()),
                ('recorded_at', models.DateTimeField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='trainings', to=settings.AUTH_USER_MODEL)),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'permissions': [('record_training', 'Record which officer had which training')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('status', 'training_withdrawn'), _negated=True), fields=('person', 'kind', 'on'), name='training_once_a_day'), models.CheckConstraint(condition=models.Q(('valid_until__gt', models.F('on'))), name='training_lasts')],
            },
        ),
        CreateGuards("compliance", of_trainings),
    ]
