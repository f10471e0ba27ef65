"""Of each offence of a case: when and where it was committed, without which nobody is charged."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("compliance", "0012_counts_are_kept")]

    operations = [
        migrations.AddField(
            model_name="caseoffence",
            name="committed_from",
            field=models.DateField(blank=True, help_text="the day, or the first of several", null=True),
        ),
        migrations.AddField(
            model_name="caseoffence",
            name="committed_until",
            field=models.DateField(blank=True, help_text="the last of several days", null=True),
        ),
        migrations.AddField(
            model_name="caseoffence", name="place", field=models.CharField(blank=True, max_length=200)
        ),
    ]
