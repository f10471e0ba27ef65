"""The page of a licence asks for its visits: it read through all visits of everybody."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("compliance", "0014_other_counts_are_kept_too")]

    operations = [
        migrations.AddIndex(
            model_name="inspection",
            index=models.Index(fields=["licence_number", "commissioned_at"], name="inspection_of_licence"),
        ),
    ]
