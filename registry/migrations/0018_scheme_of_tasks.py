"""By which scheme a task can be found."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registry", "0017_released_tasks")]

    operations = [
        migrations.AddField(
            "task",
            "scheme",
            models.CharField(blank=True, default="", help_text="that the thing is about, if it is about one", max_length=60),
            preserve_default=False,
        )
    ]
