"""An edition has tables that only authorities under agreement read. All that are frozen so far are public."""

from django.db import migrations, models

from registry.migrations._guards import keeping_triggers


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0039_complaints'),
    ]

    operations = [
        *keeping_triggers(
            migrations.AddField(
                model_name='editiontable',
                name='for_partners',
                field=models.BooleanField(default=False, help_text='for authorities under agreement alone'),
            ),
        ),
    ]
