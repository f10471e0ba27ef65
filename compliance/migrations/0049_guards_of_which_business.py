from django.db import migrations

from registry.migrations import _guards as guards

TABLE, SAYS = "compliance_receiptpurpose", "for which business a receipt was taken stays as it was said"


def of_purposes(vendor):
    yield from guards.stays(TABLE, "receipt_purpose", SAYS)
    yield from guards.not_replaced(vendor, TABLE, "receipt_purpose", "id = NEW.id OR number = NEW.number", SAYS)


class Migration(migrations.Migration):
    dependencies = [("compliance", "0048_for_which_business")]
    operations = [guards.CreateGuards("compliance", of_purposes)]
