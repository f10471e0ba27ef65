"""Who read what: rows that are put in, and neither changed nor taken out."""

from collections.abc import Iterator

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from registry.migrations import _guards
from registry.migrations._guards import Guard

TABLE, SAYS = "registry_consultation", "who read what stays as it was written down"


def of_consultations(vendor: str) -> Iterator[Guard]:
    yield from _guards.stays(TABLE, "consultation", SAYS)
    yield from _guards.not_replaced(vendor, TABLE, "consultation", "id = NEW.id", SAYS)


class Migration(migrations.Migration):
    dependencies = [("registry", "0020_officers_keep_documents")]

    operations = [
        migrations.CreateModel(
            "Consultation",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("roles", models.CharField(help_text="names of the roles held then, with blanks between", max_length=300)),
                ("kind", models.CharField(help_text="name of the model", max_length=40)),
                ("reference", models.CharField(max_length=40)),
                (
                    "within",
                    models.CharField(blank=True, help_text="reference of the case that it belongs to", max_length=40),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("page", "Page"),
                            ("preview", "Preview beside a list"),
                            ("list", "List"),
                            ("search", "Search"),
                            ("document", "File opened"),
                            ("export", "List downloaded"),
                            ("api", "API"),
                            ("act", "Recorded act"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "address",
                    models.CharField(
                        blank=True, help_text="path of the page, without what was asked of it", max_length=200
                    ),
                ),
                ("verb", models.CharField(blank=True, max_length=40)),
                ("event", models.BigIntegerField(blank=True, help_text="number of the event", null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consultations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "permissions": [("see_readers", "See who has read cases, documents, organisations and licences")],
                "default_permissions": (),
                "indexes": [
                    models.Index(fields=["reference", "at"], name="consultation_of"),
                    models.Index(
                        condition=models.Q(("within", ""), _negated=True),
                        fields=["within", "at"],
                        name="consultation_within",
                    ),
                    models.Index(fields=["by", "at"], name="consultation_by"),
                    models.Index(fields=["at", "id"], name="consultation_at"),
                ],
            },
        ),
        _guards.CreateGuards("registry", of_consultations),
    ]
