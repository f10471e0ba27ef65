"""Campaigns: what was planned stays as it was planned, and what was decided stays decided. Totals of weeks, and nothing of anyone."""

from collections.abc import Iterator

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from registry.migrations import _guards
from registry.migrations._guards import ALWAYS, Guard

TABLE, SAYS = "registry_campaign", "a campaign stays as it was planned and decided"
PLANNED = ("id", "reference", "scheme", "title", "word", "places", "language", "channel", "pence", "starts_on", "until")


def of_campaigns(vendor: str) -> Iterator[Guard]:
    said = _guards.changed(*PLANNED, "hypothesis", "follows_from_id", "planned_by_id", "planned_at")
    yield Guard("campaign_update", TABLE, "UPDATE", f"OLD.status <> 'planned' OR {said}", SAYS)
    yield Guard("campaign_delete", TABLE, "DELETE", ALWAYS, SAYS)
    clash = "id = NEW.id OR reference = NEW.reference OR word = NEW.word"
    yield from _guards.not_replaced(vendor, TABLE, "campaign", clash, SAYS)


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0029_statistics_editions'),
    ]

    operations = [
        migrations.CreateModel(
            name='CampaignWeek',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.CharField(blank=True, max_length=7)),
                ('week', models.DateField(help_text='its Monday')),
                ('what', models.CharField(choices=[('look_up', 'Searches of the register'), ('report', 'Reports'), ('follow', 'Requests to be told of changes'), ('call', 'Telephone calls')], max_length=10)),
                ('counted', models.PositiveIntegerField(default=0)),
                ('shown', models.IntegerField(blank=True, help_text='with noise; may be below zero', null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('word', 'week', 'what'), name='campaign_week_once'), models.CheckConstraint(condition=models.Q(('shown', None), ('counted', 0), _connector='OR'), name='campaign_week_forgets')],
            },
        ),
        migrations.CreateModel(
            name='Campaign',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=20, unique=True)),
                ('status', models.CharField(choices=[('planned', 'Waiting for approval'), ('approved', 'Approved'), ('refused', 'Not approved')], default='planned', max_length=20)),
                ('scheme', models.CharField(max_length=60)),
                ('title', models.CharField(max_length=120)),
                ('word', models.CharField(help_text='at the end of its short address', max_length=7, unique=True)),
                ('places', models.JSONField(default=list, help_text='towns or counties; none: everywhere')),
                ('language', models.CharField(max_length=10)),
                ('channel', models.CharField(choices=[('poster', 'Posters'), ('card', 'Cards'), ('text', 'Text messages'), ('radio', 'Radio'), ('social', 'Social media'), ('meeting', 'Meetings with workers')], max_length=10)),
                ('pence', models.PositiveBigIntegerField()),
                ('starts_on', models.DateField()),
                ('until', models.DateField(help_text='the last day')),
                ('hypothesis', models.TextField(help_text='what is expected, and why: written before it begins')),
                ('planned_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('refused_because', models.TextField(blank=True)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('follows_from', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='next_ones', to='registry.campaign')),
                ('planned_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'permissions': [('plan_campaigns', 'Plan campaigns, and see how many came by them'), ('approve_campaigns', 'Approve a campaign that someone else planned')],
                'constraints': [models.CheckConstraint(condition=models.Q(('until__gte', models.F('starts_on'))), name='campaign_runs_forward'), models.CheckConstraint(condition=models.Q(('hypothesis', ''), _negated=True), name='campaign_expects_something'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('status', 'planned')), models.Q(models.Q(('status', 'planned'), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False), models.Q(('decided_by', models.F('planned_by')), _negated=True)), _connector='OR'), name='campaign_decided_by_another')],
            },
        ),
        _guards.CreateGuards("registry", of_campaigns),
    ]
