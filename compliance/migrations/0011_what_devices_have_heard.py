"""Of each copy of a visit on a device: what the device was told last of what is asked."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("compliance", "0010_what_devices_send")]

    operations = [
        migrations.AddField(
            model_name="fieldcopy",
            name="knows",
            field=models.CharField(
                blank=True, help_text="digest of what the device was told last of what is asked", max_length=64
            ),
        ),
    ]
