"""The list of the conditions of all licences begins with those that are open and due first, by an index."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registry", "0030_licences_by_last_day")]
    operations = [
        migrations.AddIndex(
            model_name="condition",
            index=models.Index(name="condition_by_status", fields=["status", "due_on", "id"]),
        ),
        migrations.AddIndex(
            model_name="condition", index=models.Index(name="condition_by_day", fields=["due_on", "id"])
        ),
        migrations.AddIndex(
            model_name="condition",
            index=models.Index(name="condition_by_standard", fields=["standard", "due_on", "id"]),
        ),
    ]
