from django.db import migrations

from registry.migrations import _guards as guards

TABLE, SAYS = "compliance_statedsharing", "what reached a guarded authority stays as it was counted"


def of_stated_sharing(vendor):
    yield from guards.stays(TABLE, "stated_sharing", SAYS)
    clash = "id = NEW.id OR reference = NEW.reference"
    yield from guards.not_replaced(vendor, TABLE, "stated_sharing", clash, SAYS)


class Migration(migrations.Migration):
    dependencies = [("compliance", "0046_stated_sharing")]
    operations = [guards.CreateGuards("compliance", of_stated_sharing)]
