"""Lists of dates read through all decisions and requests of all years, and the list of cases all cases of the other schemes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("licensing", "0005_no_decision_is_shed_by_a_transfer")]

    operations = [
        migrations.AddIndex(
            model_name="application",
            index=models.Index(fields=["scheme", "is_over", "submitted_at", "id"], name="application_by_scheme"),
        ),
        migrations.AddIndex(
            model_name="informationrequest",
            index=models.Index(
                fields=["due_on", "id"], condition=models.Q(("answered_at", None)), name="request_open_by_due"
            ),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(fields=["status", "appeal_by", "id"], name="decision_by_appeal"),
        ),
    ]
