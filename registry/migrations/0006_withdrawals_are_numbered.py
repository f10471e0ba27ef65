"""What is taken off the register is numbered, so that who follows it misses none: also what was taken off before. Append-only."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Exists, OuterRef

SQLITE = [
    """CREATE TRIGGER withdrawal_no_update BEFORE UPDATE ON registry_withdrawal
       BEGIN SELECT RAISE(ABORT, 'withdrawals are append-only'); END""",
    """CREATE TRIGGER withdrawal_no_delete BEFORE DELETE ON registry_withdrawal
       BEGIN SELECT RAISE(ABORT, 'withdrawals are append-only'); END""",
    # INSERT OR REPLACE deletes without telling the triggers on DELETE.
    """CREATE TRIGGER withdrawal_no_replace BEFORE INSERT ON registry_withdrawal
       WHEN EXISTS (SELECT 1 FROM registry_withdrawal WHERE number = NEW.number OR entry_id = NEW.entry_id)
       BEGIN SELECT RAISE(ABORT, 'withdrawals are append-only'); END""",
]
POSTGRESQL = [
    """CREATE TRIGGER withdrawal_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON registry_withdrawal
       FOR EACH STATEMENT EXECUTE FUNCTION registry_append_only()"""
]


def number_earlier_ones(apps, schema_editor):
    Entry, Counter, Withdrawal = (apps.get_model("registry", name) for name in ("Entry", "Counter", "Withdrawal"))
    later = Entry.objects.filter(listing=OuterRef("listing"), shown_from=OuterRef("shown_until"), pk__gt=OuterRef("pk"))
    closed = Entry.objects.exclude(shown_until=None).exclude(Exists(later)).order_by("shown_until", "pk")
    rows = [Withdrawal(number=number, entry=entry, at=entry.shown_until) for number, entry in enumerate(closed, 1)]
    Withdrawal.objects.bulk_create(rows, batch_size=1000)
    if rows:
        Counter.objects.create(name="withdrawals", value=len(rows))


def plant(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("registry", "0005_premises_have_references")]
    operations = [
        migrations.CreateModel(
            name="Withdrawal",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="withdrawal", to="registry.entry"
                    ),
                ),
            ],
        ),
        # The table falls with the migration, and the triggers with it.
        migrations.RunPython(number_earlier_ones, migrations.RunPython.noop),
        migrations.RunPython(plant, migrations.RunPython.noop),
    ]
