"""Counts by every variable, frozen for each quarter: what tables are made of that anyone may ask for."""

from django.db import migrations, models

from registry.migrations import _guards as guards
from registry.migrations._guards import ALWAYS, Guard

STAYS = "published counts stay as they were frozen"


def of_counts(_vendor):
    table = "registry_keyedcounts"
    yield Guard("keyed_counts_stay", table, "UPDATE", ALWAYS, STAYS)
    yield Guard("keyed_counts_no_delete", table, "DELETE", ALWAYS, STAYS)


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0030_campaigns'),
    ]

    operations = [
        migrations.CreateModel(
            name='KeyedCounts',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(choices=[('firms', 'firms'), ('visits', 'visits'), ('cases', 'cases'), ('people', 'people'), ('reports', 'reports')], max_length=20)),
                ('scheme', models.CharField(blank=True, help_text='empty: of all schemes', max_length=60)),
                ('title', models.JSONField(help_text='of the scheme, by language; empty: of all schemes')),
                ('quarter', models.PositiveIntegerField(help_text='counted since the year 0')),
                ('variables', models.JSONField(help_text='code, title by language, and values: each code with its title by language')),
                ('cells', models.JSONField(help_text='a value of each variable in their order, the number, and the key (0 to 255)')),
                ('digest', models.CharField(help_text='SHA-256 of the cells with their keys', max_length=64, unique=True)),
                ('smallest', models.PositiveSmallIntegerField(help_text='the least number that is shown; 0: all, without noise')),
                ('prints_zero', models.BooleanField()),
                ('frozen_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('subject', 'scheme', 'quarter'), name='keyed_counts_frozen_once')],
            },
        ),
        guards.CreateGuards("registry", of_counts),
    ]
