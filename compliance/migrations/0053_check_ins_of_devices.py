"""Under which keys a check-in and a check-out waited on a device."""

from django.db import migrations, models

from registry.migrations import _guards as guards


class Migration(migrations.Migration):
    dependencies = [("compliance", "0052_safeguarding_concerns")]
    operations = [
        *guards.keeping_triggers(
            migrations.AddField(
                model_name="stay",
                name="key",
                field=models.UUIDField(blank=True, help_text="of the check-in on a device", null=True),
            ),
            migrations.AddField(
                model_name="stay",
                name="left_key",
                field=models.UUIDField(blank=True, help_text="of the check-out on a device", null=True),
            ),
            migrations.AddConstraint(
                model_name="stay",
                constraint=models.UniqueConstraint(fields=("officer", "key"), name="stay_by_key"),
            ),
            migrations.AddConstraint(
                model_name="stay",
                constraint=models.UniqueConstraint(fields=("officer", "left_key"), name="stay_by_left_key"),
            ),
        ),
    ]
