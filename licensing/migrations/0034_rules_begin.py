"""What came with an upgrade is not applied to what was before: where there is a past, it is written down from when it holds.

Papers bear a seal, and requests that nobody answers end by themselves. A fresh database has no past, and nothing is written.
"""

from django.db import migrations
from django.utils import timezone

from registry.trail.actions import events as trail
from registry.trail.queries import beginnings


def begin(apps, _editor):
    if apps.get_model("registry", "Event").objects.exists():
        for rule in (beginnings.SEALED_PAPERS, beginnings.REQUESTS_LAPSE):
            if beginnings.since(rule) is None:
                trail.begin_rule(rule, at=timezone.now())


class Migration(migrations.Migration):
    dependencies = [("licensing", "0033_tribunals_put_several_conditions"), ("registry", "0047_ends_are_explained")]

    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
