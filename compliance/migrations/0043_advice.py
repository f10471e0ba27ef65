"""Advice after visits: no row changes."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from registry.migrations._guards import CreateGuards, stays


def of_advice(_vendor):
    yield from stays("compliance_advice", "advice", "advice stays as it was recorded")


class Migration(migrations.Migration):

    dependencies = [
        ('compliance', '0042_alarms_of_devices'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='preventionchange',
            name='measure',
            field=models.CharField(choices=[('random_visit', 'Visit selected at random'), ('announced_visit', 'Visit announced in advance'), ('condition', 'Licence condition'), ('follow_up', 'Follow-up action'), ('advice', 'Advice at a visit'), ('letter', 'Letter of advice'), ('warning', 'Enforcement notice or formal warning'), ('undertaking', 'Undertaking')], max_length=20),
        ),
        migrations.CreateModel(
            name='Advice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=20, unique=True)),
                ('way', models.CharField(choices=[('visit', 'Said at the visit'), ('letter', 'By letter')], max_length=10)),
                ('standard', models.CharField(max_length=20)),
                ('text', models.TextField()),
                ('given_on', models.DateField()),
                ('recorded_at', models.DateTimeField()),
                ('inspection', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='advice', to='compliance.inspection')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='advice_says_something'), models.UniqueConstraint(fields=('inspection', 'standard', 'way'), name='advice_once')],
            },
        ),
        CreateGuards("compliance", of_advice),
    ]
