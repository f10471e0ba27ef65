"""Reminders of what was missed, and reasons of licences that ran out, do not act on what was before the upgrade that brings them.

Where one of them has left anything, it was in force before: nothing is written down.
"""

from django.db import migrations
from django.utils import timezone

from registry.trail.actions import events as trail
from registry.trail.queries import beginnings


def begin(apps, _editor):
    left = {
        beginnings.DUTIES_MISSED: apps.get_model("licensing", "DutyReminder").objects.all(),
        beginnings.RUN_OUTS_EXPLAINED: apps.get_model("registry", "PublicReason").objects.filter(kind="expired"),
    }
    if apps.get_model("registry", "Event").objects.exists():
        for rule, traces in left.items():
            if beginnings.since(rule) is None and not traces.exists():
                trail.begin_rule(rule, at=timezone.now())


class Migration(migrations.Migration):
    dependencies = [("licensing", "0034_rules_begin")]

    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
