"""Nobody can alter a proof of check afterwards. On both engines."""

from django.db import migrations

from registry.migrations import _guards as guards

RECEIPTS = "receipts are append-only"


def rules(vendor):
    yield from guards.stays("public_lookup_receipt", "receipt_no", RECEIPTS)
    yield from guards.not_replaced(
        vendor, "public_lookup_receipt", "receipt_no", "id = NEW.id OR number = NEW.number", RECEIPTS
    )


class Migration(migrations.Migration):
    dependencies = [("public_lookup", "0001_tables"), ("registry", "0002_guards")]
    operations = [guards.DropAllGuards("public_lookup"), guards.CreateGuards("public_lookup", rules)]
