"""People with the same number are found by an index."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0022_access_takes_two'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='person',
            index=models.Index(fields=['nino'], name='person_by_nino'),
        ),
    ]
