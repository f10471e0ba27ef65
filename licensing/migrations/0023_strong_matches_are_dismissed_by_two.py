"""A strong phoenix match is dismissed by two officers (docs/decisions/0116)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from registry.migrations import _guards


class Migration(migrations.Migration):

    dependencies = [
        ('licensing', '0022_payments_are_taken_out_and_paid_back'),
        ('registry', '0022_access_takes_two'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = _guards.keeping_triggers(
        migrations.AddField(
            model_name='lookalike',
            name='dismissal_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='lookalike',
            name='dismissal_because',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='lookalike',
            name='dismissal_by',
            field=models.ForeignKey(blank=True, help_text='who proposed to dismiss strong evidence, for another to agree', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='lookalike',
            constraint=models.CheckConstraint(condition=models.Q(('is_strong', False), models.Q(('status', 'dismissed'), _negated=True), models.Q(('dismissal_by__isnull', False), models.Q(('dismissal_by', models.F('closed_by')), _negated=True)), _connector='OR'), name='look_alike_dismissed_by_two'),
        ),
    )
