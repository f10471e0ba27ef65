"""The trail covers the rows that decisions, papers and public answers rest on (docs/decisions/0074)."""

from django.db import migrations, models

from registry.migrations import _guards as guards
from registry.migrations._guards import ALWAYS, Guard, changed

DIGESTS = "digests of rows are append-only"


def of_digests(vendor):
    """Only the salt may go, when another digest follows or the row is erased."""
    table = "registry_rowdigest"
    kept = changed("id", "event", "kind", "row", "digest")
    yield Guard("row_digest_no_update", table, "UPDATE", f"NEW.salt <> '' OR {kept}", DIGESTS)
    yield Guard("row_digest_no_delete", table, "DELETE", ALWAYS, DIGESTS)
    clash = "id = NEW.id OR kind = NEW.kind AND row = NEW.row AND event = NEW.event"
    yield from guards.not_replaced(vendor, table, "row_digest_no", clash, DIGESTS)


class Migration(migrations.Migration):
    dependencies = [("registry", "0003_when_cases_were_taken_in_hand")]

    operations = [
        *guards.keeping_triggers(
            migrations.AddField(
                model_name="event",
                name="covers",
                field=models.CharField(
                    blank=True,
                    help_text="digest of the digests of all covered rows that were written with it",
                    max_length=64,
                ),
            ),
        ),
        migrations.CreateModel(
            name="RowDigest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("event", models.BigIntegerField(help_text="number of the event that commits to it")),
                ("kind", models.CharField(help_text="label of the model: registry.licence …", max_length=60)),
                ("row", models.CharField(help_text="key of the row", max_length=60)),
                ("digest", models.CharField(blank=True, help_text="empty: the row was deleted", max_length=64)),
                ("salt", models.CharField(blank=True, max_length=32)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["event", "kind", "row"], name="row_digest_of_event"),
                    models.Index(
                        condition=models.Q(("salt", ""), _negated=True), fields=["kind", "row"], name="row_digest_now"
                    ),
                ],
                "constraints": [models.UniqueConstraint(fields=("kind", "row", "event"), name="row_digest_once_an_event")],
            },
        ),
        guards.CreateGuards("registry", of_digests),
    ]
