"""Reasons of ends without a decision, of which the last day stays as it was published; and seals of who read what."""

from django.db import migrations, models

from registry.migrations import _guards as guards
from registry.migrations._guards import ALWAYS, Guard, changed

SAYS = "a published reason stays as it was published"
SEALED = "a seal of who read what stays as it was made"
OF_REASON = (
    "id", "listing_id", "kind", "standard", "sentence", "is_composed", "decision", "decided_on", "shown_from", "instead_of_id",
)  # fmt: skip


def of_reasons(*columns):
    """Shown once, withdrawn once, and otherwise as it was made."""

    def rules(_vendor):
        table = "registry_publicreason"
        again = "OLD.withdrawn_at IS NOT NULL OR OLD.shown_at IS NOT NULL AND NEW.shown_at IS DISTINCT FROM OLD.shown_at"
        yield Guard("public_reason_stays", table, "UPDATE", f"{again} OR {changed(*columns)}", SAYS)
        yield Guard("public_reason_no_delete", table, "DELETE", ALWAYS, SAYS)

    return rules


def of_seals(vendor):
    yield from guards.stays("registry_readingseal", "reading_seal", SEALED)
    yield from guards.not_replaced(
        vendor, "registry_readingseal", "reading_seal", "id = NEW.id OR reference = NEW.reference", SEALED
    )


class Migration(migrations.Migration):
    dependencies = [("registry", "0046_break_glass")]
    operations = [
        guards.DropGuards("registry", of_reasons(*OF_REASON)),
        *guards.keeping_triggers(
            migrations.AddField(
                model_name="publicreason",
                name="last_day",
                field=models.DateField(
                    blank=True, help_text="of the licence, where the sentence is made of facts", null=True
                ),
            ),
            migrations.AlterField(
                model_name="publicreason",
                name="decision",
                field=models.CharField(
                    blank=True, help_text="reference of the decision, if there is one", max_length=20
                ),
            ),
            migrations.AlterField(
                model_name="publicreason",
                name="kind",
                field=models.CharField(
                    choices=[
                        ("refused", "Refused"),
                        ("condition", "Condition"),
                        ("suspended", "Suspended"),
                        ("revoked", "Revoked"),
                        ("surrendered", "Surrendered"),
                        ("expired", "Expired"),
                        ("ended", "Ended"),
                    ],
                    max_length=20,
                ),
            ),
            migrations.AlterField(
                model_name="publicreason",
                name="standard",
                field=models.CharField(
                    blank=True, help_text="code of the standard; none where it is of facts", max_length=10
                ),
            ),
            migrations.AddConstraint(
                model_name="publicreason",
                constraint=models.UniqueConstraint(
                    condition=models.Q(("last_day__isnull", False), ("withdrawn_at", None)),
                    fields=("listing", "kind", "last_day"),
                    name="public_reason_of_one_end",
                ),
            ),
        ),
        guards.CreateGuards("registry", of_reasons(*OF_REASON, "last_day")),
        migrations.CreateModel(
            name="ReadingSeal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=20, unique=True)),
                ("day", models.DateField(help_text="of UTC")),
                (
                    "first",
                    models.BigIntegerField(
                        help_text="number of the first row; each run begins after the one before"
                    ),
                ),
                ("last", models.BigIntegerField(help_text="number of the last row")),
                ("rows", models.PositiveIntegerField(help_text="how many there were")),
                ("salt", models.CharField(max_length=64)),
                (
                    "digest",
                    models.CharField(
                        help_text="SHA-256 of the salt and the rows, as canonical JSON", max_length=64
                    ),
                ),
                ("sealed_at", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["day"], name="reading_seal_of_day"),
                    models.Index(fields=["-last"], name="reading_seal_end"),
                ],
            },
        ),
        guards.CreateGuards("registry", of_seals),
    ]
