"""When a task was given back, so that the others are told of it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registry", "0014_kinds_of_agencies")]

    operations = [
        migrations.AddField(
            "task",
            "released_at",
            models.DateTimeField(blank=True, help_text="given back by who left or declared a conflict", null=True),
        )
    ]
