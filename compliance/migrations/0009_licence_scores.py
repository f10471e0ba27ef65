"""What each licence scores, kept when it changes."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('compliance', '0008_intelligence'),
        ('registry', '0025_lists_to_check_against'),
    ]

    operations = [
        migrations.CreateModel(
            name='LicenceScore',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scheme', models.CharField(max_length=60)),
                ('version', models.DateField(help_text='the version of the scheme whose signals were looked at')),
                ('weighting', models.PositiveIntegerField(default=0, help_text='number of the adopted weights; 0: those of the pack')),
                ('points', models.PositiveIntegerField()),
                ('signals', models.JSONField(help_text='each signal with its value, steps, points and evidence')),
                ('gives', models.JSONField(default=list, help_text='codes of the signals that give points')),
                ('made_at', models.DateTimeField()),
                ('looked_at', models.DateTimeField(help_text='when it last came to the same')),
                ('replaced_at', models.DateTimeField(blank=True, null=True)),
                ('licence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scores', to='registry.licence')),
            ],
            options={
                'permissions': [('view_scores', 'See what licences score, and why')],
                'indexes': [models.Index(condition=models.Q(('replaced_at', None)), fields=['-points', '-id'], name='score_highest_first')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('replaced_at', None)), fields=('licence',), name='score_one_holds'), models.CheckConstraint(condition=models.Q(('looked_at__gte', models.F('made_at'))), name='score_runs_forward')],
            },
        ),
    ]
