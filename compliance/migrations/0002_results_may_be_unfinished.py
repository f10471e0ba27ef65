"""What an inspector has typed is kept before it is complete. That a report has evidence is kept by the triggers of 0003."""

import django.db.models
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("compliance", "0001_initial")]
    operations = [
        migrations.RemoveConstraint(model_name="result", name="result_not_met_has_evidence"),
        migrations.AlterField(
            model_name="result",
            name="finding",
            field=django.db.models.CharField(
                blank=True,
                choices=[
                    ("met", "Met"),
                    ("not_met", "Not met"),
                    ("not_applicable", "Not applicable"),
                    ("not_tested", "Not tested"),
                ],
                help_text="empty while it is still open",
                max_length=20,
            ),
        ),
    ]
