"""Licence holders are compared with the lists that were read (docs/decisions/0153)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('licensing', '0030_people_refuse_to_answer'),
        ('registry', '0039_complaints'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Screening',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('organisation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='screening', to='registry.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='WatchlistMatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=20, unique=True)),
                ('status', models.CharField(choices=[('match_found', 'To be judged'), ('match_confirmed', 'Confirmed, action to consider'), ('match_considered', 'Action considered'), ('match_dismissed', 'Dismissed')], default='match_found', max_length=20)),
                ('key', models.CharField(help_text='digest of the name and the entry: found once', max_length=64)),
                ('who', models.CharField(help_text='of the licence holder', max_length=300)),
                ('listed_name', models.CharField(max_length=200)),
                ('list_title', models.CharField(max_length=200)),
                ('listed_reference', models.CharField(blank=True, help_text='by which the list knows the entry', max_length=100)),
                ('listed_from', models.DateField(blank=True, null=True)),
                ('list_says', models.CharField(blank=True, help_text='what the entry says of why and from where', max_length=200)),
                ('edition_on', models.DateField(blank=True, help_text='the day of the edition that had it', null=True)),
                ('found_by', models.CharField(choices=[('company_number', 'Company Number'), ('date_of_birth', 'Date Of Birth')], max_length=20)),
                ('score', models.PositiveIntegerField(help_text='how alike the names are, of 100')),
                ('found_at', models.DateTimeField()),
                ('judged_because', models.TextField(blank=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('follows', models.TextField(blank=True, help_text='what follows from it, or why nothing does')),
                ('considered_at', models.DateTimeField(blank=True, null=True)),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('considered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='watchlist_matches', to='registry.organisation')),
            ],
            options={
                'verbose_name_plural': 'watchlist matches',
                'indexes': [models.Index(fields=['status', 'found_at'], name='watchlist_match_by_status')],
                'constraints': [models.UniqueConstraint(fields=('organisation', 'key'), name='watchlist_match_found_once'), models.CheckConstraint(condition=models.Q(models.Q(('closed_by', None), ('status', 'match_found')), models.Q(models.Q(('status', 'match_found'), _negated=True), ('closed_by__isnull', False), ('judged_because__gt', '')), _connector='OR'), name='watchlist_match_judged_with_reason'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'match_considered'), _negated=True), models.Q(('considered_by__isnull', False), ('follows__gt', '')), _connector='OR'), name='watchlist_match_considered_with_reason')],
            },
        ),
    ]
