"""Places that organisations have named so far get a reference, and the columns by which they are found."""

from django.db import migrations, models

import registry.models.premises
from registry.models.premises import Premises, premises_reference


def fill(apps, schema_editor):
    for premises in apps.get_model("registry", "Premises").objects.filter(reference=None).iterator():
        premises.reference = premises_reference()
        for field, value in Premises.found_by(premises.address).items():
            setattr(premises, field, value)
        premises.save()


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0004_premises_of_published_lists"),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="premises",
            name="reference",
            field=models.CharField(
                default=registry.models.premises.premises_reference, editable=False, max_length=20, unique=True
            ),
        ),
    ]
