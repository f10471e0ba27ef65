"""Addresses that are told once of one release of the statistics."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('public_lookup', '0006_help_places'),
        ('registry', '0039_complaints'),
    ]

    operations = [
        migrations.CreateModel(
            name='ReleaseNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.EmailField(max_length=254)),
                ('language', models.CharField(max_length=10)),
                ('asked_at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('told_at', models.DateTimeField(null=True)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.edition')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('edition', 'address'), name='release_notice_once')],
            },
        ),
    ]
