"""Other authorities of which checks are asked, their people, and the letters and documents between them and us.

The table of documents is made anew by SQLite when it is altered, without its trigger: it is pulled up first and planted
again at the end.
"""

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

stays = import_module("registry.migrations.0015_documents_stay_what_they_are")


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0023_conflicts_of_interest'),
    ]

    operations = [
        migrations.RunPython(stays.pull_up, stays.plant),
        migrations.AlterModelOptions(
            name='document',
            options={'permissions': [('hand_in_document', 'Hand in documents'), ('keep_agency_document', 'Keep documents that another authority sends with a reply')]},
        ),
        migrations.AlterField(
            model_name='document',
            name='about',
            field=models.CharField(help_text='reference of the application, request, condition or reply that it belongs to', max_length=20),
        ),
        migrations.AlterField(
            model_name='document',
            name='organisation',
            field=models.ForeignKey(blank=True, help_text='whose it is; none: another authority sent it', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='registry.organisation'),
        ),
        migrations.CreateModel(
            name='Agency',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=20, unique=True)),
                ('name', models.CharField(max_length=200, unique=True)),
                ('way', models.CharField(choices=[('account', 'Its own people sign in and answer here'), ('file', 'It takes files of requests, and sends files of replies'), ('post', 'By letter; an officer writes down what it replies')], max_length=10)),
                ('email', models.EmailField(blank=True, help_text='where it is told that something waits; never what', max_length=254)),
                ('address', models.JSONField(blank=True, default=dict)),
                ('language', models.CharField(default='en-gb', max_length=10)),
                ('basis', models.TextField(help_text='under which power or agreement information is shared with it')),
                ('public_key', models.CharField(blank=True, help_text='with which its files are signed: Ed25519, in base64url', max_length=43)),
                ('opened_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name_plural': 'agencies',
                'permissions': [('manage_agencies', 'Say which other authorities are asked, and how')],
                'constraints': [models.CheckConstraint(condition=models.Q(('email__gt', ''), models.Q(('address', {}), _negated=True), _connector='OR'), name='agency_can_be_written_to'), models.CheckConstraint(condition=models.Q(('basis__gt', '')), name='agency_says_on_what_basis')],
            },
        ),
        migrations.AddField(
            model_name='letter',
            name='agency',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='registry.agency'),
        ),
        migrations.AddField(
            model_name='user',
            name='agency',
            field=models.ForeignKey(blank=True, help_text='the other authority for which this person answers, if any', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='people', to='registry.agency'),
        ),
        migrations.CreateModel(
            name='Remit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scheme', models.CharField(max_length=60)),
                ('code', models.CharField(help_text='of the check in the pack', max_length=60)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='remits', to='registry.agency')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('agency', 'scheme', 'code'), name='remit_once_an_agency')],
            },
        ),
        migrations.RunPython(stays.plant, stays.pull_up),
    ]
