"""When the button for danger was pressed on a device, and under which key it waited there."""

from django.db import migrations, models

from registry.migrations import _guards as guards


class Migration(migrations.Migration):
    dependencies = [("compliance", "0041_training")]
    operations = [
        *guards.keeping_triggers(
            migrations.AddField(
                model_name="dangersign",
                name="pressed_at",
                field=models.DateTimeField(
                    blank=True, help_text="on the device, perhaps without a connection", null=True
                ),
            ),
            migrations.AddField(
                model_name="dangersign",
                name="device_key",
                field=models.UUIDField(blank=True, help_text="of the alarm on the device", null=True, unique=True),
            ),
        ),
    ]
