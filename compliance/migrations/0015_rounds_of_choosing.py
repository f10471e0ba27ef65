"""Rounds in which it is chosen whom to visit, and each choice."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('compliance', '0014_ties'),
        ('registry', '0027_letters_keep_their_words'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='VisitRound',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=20, unique=True)),
                ('scheme', models.CharField(max_length=60)),
                ('version', models.DateField(help_text='the version of the scheme that says which share is drawn')),
                ('status', models.CharField(choices=[('opened', 'Opened: the seed is committed to'), ('fixed', 'The list is fixed'), ('drawn', 'Drawn, visits are chosen')], default='opened', max_length=20)),
                ('capacity', models.PositiveIntegerField(help_text='how many visits can be made')),
                ('by_lot', models.PositiveIntegerField(help_text='how many of them are drawn')),
                ('seed', models.CharField(max_length=64)),
                ('commitment', models.CharField(help_text='SHA-256 of the seed', max_length=64)),
                ('listed', models.JSONField(default=list, help_text='numbers of the licences of which it is chosen, with their points')),
                ('list_digest', models.CharField(blank=True, max_length=64)),
                ('opened_at', models.DateTimeField()),
                ('fixed_at', models.DateTimeField(blank=True, null=True)),
                ('drawn_at', models.DateTimeField(blank=True, null=True)),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'permissions': [('choose_visits', 'Open rounds, draw the lot and choose whom to visit')],
            },
        ),
        migrations.CreateModel(
            name='Choice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('how', models.CharField(choices=[('targeted', 'Targeted'), ('random', 'Drawn by lot'), ('reactive', 'Reactive')], max_length=10)),
                ('because', models.TextField(blank=True)),
                ('chosen_at', models.DateTimeField()),
                ('chosen_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('inspection', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='choice', to='compliance.inspection')),
                ('licence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='choices', to='registry.licence')),
                ('score', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='choices', to='compliance.licencescore')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='choices', to='compliance.visitround')),
            ],
        ),
        migrations.AddIndex(
            model_name='visitround',
            index=models.Index(fields=['-opened_at', '-id'], name='round_newest'),
        ),
        migrations.AddConstraint(
            model_name='visitround',
            constraint=models.CheckConstraint(condition=models.Q(('by_lot__gte', 1), ('capacity__gte', models.F('by_lot'))), name='round_draws_some'),
        ),
        migrations.AddConstraint(
            model_name='visitround',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('drawn_at', None), ('list_digest', ''), ('status', 'opened')), models.Q(('drawn_at', None), ('fixed_at__isnull', False), ('status', 'fixed'), models.Q(('list_digest', ''), _negated=True)), models.Q(('drawn_at__isnull', False), ('fixed_at__isnull', False), ('status', 'drawn'), models.Q(('list_digest', ''), _negated=True)), _connector='OR'), name='round_is_drawn_from_a_fixed_list'),
        ),
        migrations.AddConstraint(
            model_name='choice',
            constraint=models.UniqueConstraint(fields=('round', 'licence'), name='choice_once_in_a_round'),
        ),
        migrations.AddConstraint(
            model_name='choice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('chosen_by', None), ('how', 'random')), models.Q(('chosen_by__isnull', False), ('how', 'targeted'), models.Q(('because', ''), _negated=True)), _connector='OR'), name='choice_says_why'),
        ),
    ]
