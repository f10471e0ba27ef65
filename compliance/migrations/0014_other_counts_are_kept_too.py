"""Figures of the work and the evaluation of choosing are kept as the counts for the public are."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("compliance", "0013_when_and_where_an_offence_was"),
    ]

    operations = [
        migrations.AddField(
            model_name="tabulation",
            name="what",
            field=models.CharField(
                choices=[("public", "Public"), ("work", "Work"), ("targeting", "Targeting")],
                default="public",
                max_length=20,
            ),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="tabulation",
            name="scheme",
            field=models.CharField(max_length=60),
        ),
        migrations.AlterField(
            model_name="tabulation",
            name="tables",
            field=models.JSONField(
                help_text="public: by table and quarter, each row and column with its number; null: left out. Others: as their query keeps it"
            ),
        ),
        migrations.AddConstraint(
            model_name="tabulation",
            constraint=models.UniqueConstraint(fields=("what", "scheme"), name="tabulation_once"),
        ),
    ]
