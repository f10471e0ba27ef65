"""Files come in pieces; of two versions each field can be chosen; and a business says something to each standard."""

import django.db.models.deletion
from django.db import migrations, models

from registry.migrations import _guards as guards


class Migration(migrations.Migration):
    dependencies = [("compliance", "0009_whose_turn_a_report_is")]

    operations = [
        *guards.keeping_triggers(
            migrations.AddField(
                model_name="result",
                name="business_comment",
                field=models.TextField(blank=True, help_text="what the business says to this standard"),
            ),
            migrations.AlterField(
                model_name="fielditem",
                name="settled",
                field=models.CharField(
                    blank=True,
                    choices=[
                        ("sent", "What the device sent"),
                        ("stood", "Earlier text"),
                        ("chosen", "Of each field the version that was chosen"),
                    ],
                    max_length=10,
                ),
            ),
        ),
        migrations.CreateModel(
            name="FieldPiece",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(help_text="of the item that the file belongs to")),
                ("start", models.PositiveIntegerField(help_text="how many bytes of the file come before")),
                ("ends", models.PositiveIntegerField()),
                ("content", models.BinaryField()),
                ("received_at", models.DateTimeField()),
                (
                    "device",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pieces",
                        to="compliance.fielddevice",
                    ),
                ),
            ],
            options={
                "ordering": ["start"],
                "constraints": [
                    models.UniqueConstraint(fields=("device", "key", "start"), name="field_piece_once"),
                    models.CheckConstraint(
                        condition=models.Q(("ends__gt", models.F("start"))), name="field_piece_has_bytes"
                    ),
                ],
            },
        ),
    ]
